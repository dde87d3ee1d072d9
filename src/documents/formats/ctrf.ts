import { VERSION } from '../../package.js';
import type { Capability, Run } from '../../record/run.js';
import { verdictOf, type RunVerdict } from '../../record/success.js';
import { labelOf } from '../labels.js';
import { asTest, findingLine, whyNothingProven } from './as-test.js';
import type { ReportFormat } from './format.js';

/** The edition of the Common Test Report Format (https://ctrf.io) that is written. */
const SPECIFICATION = '0.0.0';

/** One test of a CTRF document. Times are in milliseconds. */
interface Test {
  name: string;
  status: 'passed' | 'failed' | 'skipped';
  duration: number;
  suite: string[];
  /** What the operation does, by the label that all reports have for it. */
  rawStatus: string;
  message?: string;
  trace?: string;
  labels?: Record<string, string>;
}

/**
 * CTRF, one JSON document for all runs: a suite for each run, a test for each operation. What is not as expected has failed,
 * what was not asked or proves nothing is skipped. A run that proved nothing has one more test, which has failed.
 */
export const ctrf: ReportFormat = {
  name: 'ctrf',
  render: ({ runs }) => {
    const tests = runs.flatMap(testsOf);
    const count = (status: Test['status']) => tests.filter((test) => test.status === status).length;
    const document = {
      reportFormat: 'CTRF',
      specVersion: SPECIFICATION,
      generatedBy: `conform ${VERSION}`,
      results: {
        tool: { name: 'conform', version: VERSION },
        summary: {
          tests: tests.length,
          passed: count('passed'),
          failed: count('failed'),
          skipped: count('skipped'),
          pending: 0,
          other: 0,
          suites: runs.length,
          start: Math.min(...runs.map(({ startedAt }) => Date.parse(startedAt))),
          stop: Math.max(...runs.map(({ finishedAt }) => Date.parse(finishedAt))),
        },
        tests,
      },
    };
    return [{ name: 'ctrf/ctrf.json', text: `${JSON.stringify(document, null, 2)}\n` }];
  },
};

function testsOf(run: Run): Test[] {
  const verdict = verdictOf(run);
  const tests = run.operations.map((operation) => testOf(operation, run, verdict));
  return verdict === 'nothing proven' ? [...tests, nothingProven(run)] : tests;
}

/** The test that says that there is no verdict. */
function nothingProven(run: Run): Test {
  return {
    ...{ name: 'the run', status: 'failed', duration: 0, suite: [run.target] },
    ...{ rawStatus: 'nothing proven', message: whyNothingProven(run) },
  };
}

function testOf(operation: Capability, run: Run, verdict: RunVerdict): Test {
  const { status, durationMs, message } = asTest(operation, verdict);
  const lines = [
    ...(status === 'passed' ? [] : [operation.fix ?? '', ...operation.evidence]),
    ...operation.findings.map(findingLine),
  ].filter((line) => line !== '');
  const { layer, cause, confidence } = operation;
  const labels = {
    ...(layer === undefined ? {} : { layer }),
    ...(cause === undefined ? {} : { cause }),
    ...(confidence === undefined ? {} : { confidence }),
  };
  return {
    name: operation.id,
    status,
    duration: Math.round(durationMs),
    suite: [run.target, operation.tag],
    rawStatus: labelOf(operation),
    ...(message === '' ? {} : { message }),
    ...(lines.length === 0 ? {} : { trace: lines.join('\n') }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
  };
}
