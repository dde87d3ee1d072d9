import { isSettled } from './proof.js';
import type { Capability, Run } from './run.js';

/**
 * 0 when everything that was judged is as expected, 1 when something is not, 3 when nothing was proven: a run
 * that proved nothing is never a success.
 */
export function exitCodeOf(runs: readonly Run[]): 0 | 1 | 3 {
  if (runs.length === 0 || runs.some((run) => !provedAnything(run))) {
    return runs.some((run) => hasSurprise(run) && provedAnything(run)) ? 1 : 3;
  }
  return runs.some(hasSurprise) ? 1 : 0;
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

function hasSurprise(run: Run): boolean {
  return run.operations.some(({ expected }) => expected !== null && !expected.met);
}
