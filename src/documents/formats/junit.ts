import type { Capability, Run } from '../../record/run.js';
import { verdictOf, type RunVerdict } from '../../record/success.js';
import { labelOf } from '../labels.js';
import { asTest, findingLine, whyNothingProven } from './as-test.js';
import type { ReportFormat } from './format.js';
import { escapeXml } from './xml.js';

/**
 * JUnit XML as CI servers read it: a suite for each run, a case for each operation. What is not as expected fails, what
 * was not asked or proves nothing is skipped. A run that proved nothing has one more case, which is an error: it must not
 * pass for a success.
 */
export const junit: ReportFormat = {
  name: 'junit',
  render: ({ runs }) => {
    const suites = runs.map(suiteOf);
    const sum = (pick: (suite: (typeof suites)[number]) => number) =>
      suites.reduce((total, suite) => total + pick(suite), 0);
    const head = `tests="${sum(({ tests }) => tests)}" failures="${sum(({ failures }) => failures)}" errors="${sum(({ errors }) => errors)}" time="${sum(({ seconds }) => seconds).toFixed(3)}"`;
    return [
      {
        name: 'junit.xml',
        text: `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="conform" ${head}>\n${suites.map(({ xml }) => xml).join('')}</testsuites>\n`,
      },
    ];
  },
};

function suiteOf(run: Run) {
  const verdict = verdictOf(run);
  const cases = [
    ...run.operations.map((operation) => caseOf(operation, run, verdict)),
    ...(verdict === 'nothing proven' ? [nothingProven(run)] : []),
  ];
  const count = (kind: string) => cases.filter((one) => one.kind === kind).length;
  const seconds = (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000;
  const failures = count('failure');
  const errors = count('error');
  const attributes = [
    `name="${escapeXml(run.target)}"`,
    `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${count('skipped')}"`,
    // The schema of JUnit knows no time zone; the time is UTC.
    `time="${seconds.toFixed(3)}" timestamp="${escapeXml(run.startedAt.slice(0, 19))}"`,
  ];
  const xml = `  <testsuite ${attributes.join(' ')}>\n${cases.map((one) => one.xml).join('')}  </testsuite>\n`;
  return { xml, tests: cases.length, failures, errors, seconds };
}

/** The case that says that there is no verdict. */
function nothingProven(run: Run): { kind: string; xml: string } {
  const message = whyNothingProven(run);
  const xml = `    <testcase classname="${escapeXml(run.target)}" name="the run" time="0.000">
      <error type="nothing-proven" message="${escapeXml(message)}">${escapeXml(message)}</error>
    </testcase>
`;
  return { kind: 'error', xml };
}

function caseOf(operation: Capability, run: Run, runVerdict: RunVerdict): { kind: string; xml: string } {
  const { status, durationMs, message } = asTest(operation, runVerdict);
  const open = `    <testcase classname="${escapeXml(`${run.target}.${operation.tag}`)}" name="${escapeXml(operation.id)}" time="${(durationMs / 1000).toFixed(3)}"`;
  if (status === 'passed') return { kind: status, xml: `${open}${warningsOf(operation)}\n` };
  const body =
    status === 'skipped'
      ? // As text and not as an attribute: the schema that Jenkins has published knows no other form.
        `<skipped>${escapeXml(message)}</skipped>`
      : `<failure type="${escapeXml(operation.cause ?? operation.outcome)}" message="${escapeXml(message)}">${escapeXml(textOf(operation))}</failure>`;
  return {
    kind: status === 'failed' ? 'failure' : status,
    xml: `${open}>\n      ${body}\n    </testcase>\n`,
  };
}

/** The rest of a case that has passed, with what it does where that is no success, and what was found. */
function warningsOf(operation: Capability): string {
  const label = labelOf(operation);
  const lines = [
    ...(label === 'works' ? [] : [`${label}: ${operation.explanation}`]),
    ...operation.findings.map(findingLine),
  ];
  if (lines.length === 0) return '/>';
  const text = lines.join('\n');
  return `>\n      <system-out>${escapeXml(text)}</system-out>\n    </testcase>`;
}

/** All that is known of why an operation has not passed. */
function textOf(operation: Capability): string {
  return [
    operation.explanation,
    operation.fix ?? '',
    ...operation.evidence,
    ...operation.ruledOut.map(({ cause, because }) => `Ruled out: ${cause}, because ${because}.`),
    ...operation.findings.map(findingLine),
  ]
    .filter((line) => line !== '')
    .join('\n');
}
