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
 * Whether at least one operation got a verdict that does not leave everything open. Where tokens were sent, what
 * needs none proves nothing of the rest, and neither does a refusal of the token.
 */
export function provedAnything(run: Run): boolean {
  const sendTokens = run.operations.some(sendsToken);
  return run.operations.some(
    (operation) =>
      !['skipped', 'unreachable'].includes(operation.outcome) &&
      operation.confidence !== 'possible' &&
      (!sendTokens || (sendsToken(operation) && isPastToken(operation))),
  );
}

function sendsToken({ exchanges }: Capability): boolean {
  return exchanges.some(
    ({ role, requestHeaders }) => role === 'operation' && requestHeaders.includes('authorization'),
  );
}

/** With a token that is invalid on purpose, to be refused is what proves the route. */
function isPastToken({ layer, manner, confidence }: Capability): boolean {
  return layer !== 'token' || (manner === 'invalid-token' && confidence === 'certain');
}

function hasSurprise(run: Run): boolean {
  return run.operations.some(({ expected }) => expected !== null && !expected.met);
}
