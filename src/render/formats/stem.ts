import type { Run } from '../../run/run.js';

/** What the files of one run are named after: its target, and its id where two runs are of one target. */
export function stemOf(run: Run, runs: readonly Run[]): string {
  return runs.filter(({ target }) => target === run.target).length > 1 ? run.id : run.target;
}
