import type { RunFile } from '../record/folder.js';
import { findingKey } from '../checks/finding-key.js';
import type { Run } from '../record/run.js';

/**
 * Tells which runs of a target say nothing that the run before and the run after do not say: all but the first
 * and the last of each state. The state of a run is what every operation does, why, in which words, with which
 * findings, and on which contract. What has seen something of the contract before all others stays, and what was the last
 * to ask a check. Runs are given in the order of time; the first and the newest always stay.
 */
export function createPruning() {
  const removable: RunFile[] = [];
  const seen = new Set<string>();
  const lastAsked = new Map<string, string>();
  let waiting: { file: RunFile; state: string; same: boolean } | undefined;
  return {
    add: (file: RunFile, run: Run): void => {
      const state = stateOf(run);
      if (waiting?.same === true && waiting.state === state) removable.push(waiting.file);
      const before = seen.size;
      for (const one of seenIn(run)) seen.add(one);
      for (const one of askedIn(run)) lastAsked.set(one, file.name);
      waiting = { file, state, same: waiting?.state === state && seen.size === before };
    },
    removable: (): readonly RunFile[] => {
      const last = new Set(lastAsked.values());
      return removable.filter(({ name }) => !last.has(name));
    },
  };
}

/** What a run has seen of the contract, each as a text of its own. */
function seenIn({ contract, operations }: Run): string[] {
  return operations.flatMap(({ id, definition = contract.sha256, seen }) =>
    Object.entries(seen ?? {}).flatMap(([aspect, names]) =>
      (Array.isArray(names) ? names : Object.entries(names)).map((name) =>
        JSON.stringify([id, definition, aspect, name]),
      ),
    ),
  );
}

/** The checks that were asked in a run, each with its operation. */
function askedIn({ operations }: Run): string[] {
  return operations.flatMap(({ id, checks = [] }) =>
    checks.flatMap((one) => (one.code === 'not-its-turn' ? [] : [`${one.id} ${id} ${isConclusive(one)}`])),
  );
}

function isConclusive({ result }: { result: string }): boolean {
  return result === 'passed' || result === 'failed';
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
