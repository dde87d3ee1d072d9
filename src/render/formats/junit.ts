import { promiseOf, sourceText } from '../../checks/promise-of.js';
import { isSettled } from '../../run/proof.js';
import type { Capability, Run } from '../../run/run.js';
import type { ReportFormat } from './format.js';
import { escapeXml } from './xml.js';

/**
 * JUnit XML as CI servers read it: a suite for each run, a case for each operation. What is not as expected
 * fails, what was not asked or proves nothing is skipped, and a host that was not reached is an error.
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
  const cases = run.operations.map((operation) => caseOf(operation, run));
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

function caseOf(operation: Capability, run: Run): { kind: string; xml: string } {
  const seconds = operation.exchanges
    .filter(({ role }) => role === 'operation')
    .reduce((total, { durationMs }) => total + durationMs, 0);
  const open = `    <testcase classname="${escapeXml(`${run.target}.${operation.tag}`)}" name="${escapeXml(operation.id)}" time="${(seconds / 1000).toFixed(3)}"`;
  const verdict = verdictOf(operation);
  if (verdict === undefined) return { kind: 'passed', xml: `${open}/>\n` };
  const { kind, message, text } = verdict;
  const body =
    kind === 'skipped'
      ? // As text and not as an attribute: the schema that Jenkins has published knows no other form.
        `<skipped>${escapeXml(message)}</skipped>`
      : `<${kind} type="${escapeXml(operation.cause ?? operation.outcome)}" message="${escapeXml(message)}">${escapeXml(text)}</${kind}>`;
  return { kind, xml: `${open}>\n      ${body}\n    </testcase>\n` };
}

function verdictOf(operation: Capability): { kind: string; message: string; text: string } | undefined {
  const { outcome, expected, explanation } = operation;
  const text = [
    explanation,
    operation.fix ?? '',
    ...operation.evidence,
    ...operation.ruledOut.map(({ cause, because }) => `Ruled out: ${cause}, because ${because}.`),
    ...operation.findings.map(({ severity, check, pointer, message }) => {
      const promised = promiseOf(check);
      const promise = promised ? ` Promised: ${promised.promise} (${sourceText(promised)})` : '';
      return `${severity}, ${check} ${pointer ?? ''}: ${message}.${promise}`;
    }),
  ]
    .filter((line) => line !== '')
    .join('\n');
  if (outcome === 'skipped') return { kind: 'skipped', message: explanation, text };
  if (expected?.met === false) {
    const because = expected.because === undefined ? '' : `; ${expected.because}`;
    return {
      kind: 'failure',
      message: `${outcome}, expected ${expected.outcome}${because}: ${explanation}`,
      text,
    };
  }
  if (outcome === 'unreachable') return { kind: 'error', message: explanation, text };
  // What leaves everything open has not passed.
  if (!isSettled(operation)) return { kind: 'skipped', message: `Nothing is proven: ${explanation}`, text };
  return undefined;
}
