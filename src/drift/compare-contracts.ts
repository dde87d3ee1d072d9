import { CAME, WENT, WHOLE_CONTRACT, type Difference } from './change.js';
import type { Snapshot } from './state.js';

/**
 * What changed in the contract itself, as far as runs tell: its edition, the operations that it has, and what had
 * to be repaired in it. Which operations changed in themselves is reported with each of them.
 */
export function compareContracts(base: Snapshot, head: Snapshot): Difference[] {
  const [before, now] = [base.contract, head.contract];
  if (before.sha256 === now.sha256) return [];
  const found: Difference[] = [];
  const name = ({ title, version }: typeof now) => `${title} ${version}`;
  if (name(before) !== name(now)) found.push(whole(name(before), name(now)));
  // A run that asked only a part of the contract does not tell what the rest of it is.
  if (isWhole(base) && isWhole(head)) {
    for (const id of head.states.keys()) {
      if (!base.states.has(id)) found.push({ operation: id, kind: 'contract', from: '', to: CAME });
    }
    for (const id of base.states.keys()) {
      if (!head.states.has(id)) found.push({ operation: id, kind: 'contract', from: '', to: WENT });
    }
  }
  const repairs = ({ contract }: Snapshot) =>
    new Set(contract.repairs.map(({ kind, what }) => `${kind}: ${what}`));
  const [repairedBefore, repairedNow] = [repairs(base), repairs(head)];
  for (const text of repairedNow) if (!repairedBefore.has(text)) found.push(whole('no such fault', text));
  for (const text of repairedBefore)
    if (!repairedNow.has(text)) found.push(whole(text, 'no longer at fault'));
  const silent = found.length === 0 && !someDefinitionDiffers(base, head);
  return silent && !knowsDefinitions(base, head)
    ? [whole('the file', 'another file of the same name')]
    : found;
}

function whole(from: string, to: string): Difference {
  return { operation: WHOLE_CONTRACT, kind: 'contract', from, to };
}

function isWhole({ contract, states }: Snapshot): boolean {
  return states.size === contract.operations;
}

function someDefinitionDiffers(base: Snapshot, head: Snapshot): boolean {
  return [...head.states.values()].some(({ operation, definition }) => {
    const before = base.states.get(operation);
    return before !== undefined && before.definition !== definition;
  });
}

/** Runs of older versions do not hold definitions: there only the hash of the file tells. */
function knowsDefinitions(base: Snapshot, head: Snapshot): boolean {
  return [base, head].every(({ states }) =>
    [...states.values()].every(({ definition }) => definition !== undefined),
  );
}
