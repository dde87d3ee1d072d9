import type { RunFile } from '../run/folder.js';
import { findingKey } from '../checks/finding-key.js';
import type { Run } from '../run/run.js';

/**
 * Tells which runs of a target say nothing that the run before and the run after do not say: all but the first
 * and the last of each state. The state of a run is what every operation does, why, in which words, with which
 * findings, and on which contract. Runs are given in the order of time; the first and the newest always stay.
 */
export function createPruning() {
  const removable: RunFile[] = [];
  let waiting: { file: RunFile; state: string; same: boolean } | undefined;
  return {
    add: (file: RunFile, run: Run): void => {
      const state = stateOf(run);
      if (waiting?.same === true && waiting.state === state) removable.push(waiting.file);
      waiting = { file, state, same: waiting?.state === state };
    },
    removable: (): readonly RunFile[] => removable,
  };
}

function stateOf(run: Run): string {
  const operations = run.operations.map((capability) => {
    const own = capability.exchanges.filter(({ role }) => role === 'operation').at(-1);
    // The shape of a success varies with its data, so its fingerprint tells no state.
    const refusal = ['works', 'deviates'].includes(capability.outcome) ? '' : (own?.fingerprint ?? '');
    return [
      capability.id,
      capability.manner,
      capability.outcome,
      capability.cause ?? '',
      refusal,
      ...new Set(capability.findings.map(findingKey)),
    ].join(' ');
  });
  return [run.contract.sha256, run.policy.writes, run.world ?? '', ...operations.sort()].join('\n');
}
