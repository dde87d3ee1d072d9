import { isSettled, stateOf } from './proof.js';
import type { Capability, Run } from './run.js';

/** What a run comes to; the exit code, JUnit, SARIF, TestReport, badge and summaries go by it. */
export type RunVerdict = 'as expected' | 'not as expected' | 'nothing proven';

/** A run that proved nothing is never a success, whatever was expected of it. */
export function verdictOf(run: Run): RunVerdict {
  if (!provedAnything(run)) return 'nothing proven';
  return run.operations.some(isSurprise) ? 'not as expected' : 'as expected';
}

/** What came of one operation, for those who count tests: what is expected or accepted has not failed. */
export type TestResult = 'passed' | 'failed' | 'skipped';

/**
 * What came of one operation of a run.
 * @param verdict that of the whole run: where nothing was proven, nothing has passed or failed
 */
export function resultOf(operation: Capability, verdict: RunVerdict): TestResult {
  if (operation.outcome === 'skipped' || verdict === 'nothing proven') return 'skipped';
  if (isSurprise(operation)) return 'failed';
  // What leaves everything open has not passed.
  return isSettled(operation) || stateOf(operation) === 'expected refusal' ? 'passed' : 'skipped';
}

/** Whether an operation does otherwise than it was expected to, for the worse or for the better. */
export function isSurprise({ expected }: Pick<Capability, 'expected'>): boolean {
  return expected?.met === false;
}

/** 0 when everything that was judged is as expected, 1 when something is not, 3 when nothing was proven. */
export function exitCodeOf(runs: readonly Run[]): 0 | 1 | 3 {
  const verdicts = runs.map(verdictOf);
  if (verdicts.includes('not as expected')) return 1;
  return verdicts.length === 0 || verdicts.includes('nothing proven') ? 3 : 0;
}

/**
 * Whether at least one answer settled anything. Where tokens were sent, what needs none proves nothing of the rest.
 */
export function provedAnything(run: Run): boolean {
  const sendTokens = run.operations.some(sendsToken);
  return run.operations.some((operation) => isSettled(operation) && (!sendTokens || sendsToken(operation)));
}

function sendsToken({ exchanges }: Capability): boolean {
  return exchanges.some(
    ({ role, requestHeaders }) => role === 'operation' && requestHeaders.includes('authorization'),
  );
}
