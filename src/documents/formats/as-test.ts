import { promiseOf, sourceText } from '../../checks/promise-of.js';
import type { Capability, Run } from '../../record/run.js';
import { messageOf } from '../../record/standing.js';
import { resultOf, type RunVerdict } from '../../record/success.js';

/** An operation as formats for test results have it. */
export interface AsTest {
  status: 'passed' | 'failed' | 'skipped';
  /** How long the requests of the operation itself took, in milliseconds. */
  durationMs: number;
  /** Why it has not passed; empty where it has. */
  message: string;
}

/** What is not as expected has failed; what was not asked, or proves nothing, is skipped. */
export function asTest(operation: Capability, verdict: RunVerdict): AsTest {
  const status = resultOf(operation, verdict);
  const durationMs = operation.exchanges
    .filter(({ role }) => role === 'operation')
    .reduce((total, one) => total + one.durationMs, 0);
  return { status, durationMs, message: messageFor(operation, status) };
}

function messageFor({ outcome, expected, explanation }: Capability, status: AsTest['status']): string {
  switch (status) {
    case 'passed':
      return '';
    case 'skipped':
      return outcome === 'skipped' ? explanation : `Nothing is proven: ${explanation}`;
    case 'failed': {
      const because = expected?.because === undefined ? '' : `; ${expected.because}`;
      return `${outcome}, expected ${expected?.outcome ?? 'nothing'}${because}: ${explanation}`;
    }
  }
}

/** A finding in a line, with what is promised and where. */
export function findingLine(finding: Capability['findings'][number]): string {
  const { severity, check, pointer = '' } = finding;
  const promised = promiseOf(check);
  const promise = promised ? `. Promised: ${promised.promise} (${sourceText(promised)})` : '';
  return `${severity}, ${check} ${pointer}: ${messageOf(finding)}${promise}`;
}

/** Why a run gives no verdict. */
export function whyNothingProven({ operations }: Pick<Run, 'operations'>): string {
  return `Nothing could be judged: ${operations[0]?.explanation ?? 'There was nothing to ask.'}`;
}
