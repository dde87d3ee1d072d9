import type { Run } from './run.js';

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

/** Whether at least one operation got a verdict that does not leave everything open. */
export function provedAnything(run: Run): boolean {
  return run.operations.some(
    ({ outcome, confidence }) => !['skipped', 'unreachable'].includes(outcome) && confidence !== 'possible',
  );
}

function hasSurprise(run: Run): boolean {
  return run.operations.some(({ expected }) => expected !== null && !expected.met);
}
