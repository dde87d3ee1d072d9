import { CAME, WENT, type Change, type ChangeKind, type Drift } from '../../drift/change.js';
import type { Io } from '../io.js';

/** The first line says what changed; then each change, the worst first. */
export function printDrift(drift: Drift, io: Io): void {
  const { changes, unsteady, notCompared } = drift;
  const { bold, dim, yellow } = io.colours;
  io.out(bold(headline(drift)));
  io.out(dim(`  from ${drift.base}`));
  io.out(dim(`  to   ${drift.head}`));
  for (const [operation, group] of byOperation(changes)) {
    if (isListed(group)) continue;
    io.out();
    io.out(`  ${bold(operation)}`);
    for (const change of group) printChange(change, io);
  }
  const listed = changes.filter((change) => isListed([change]));
  for (const what of new Set(listed.map(({ to }) => to))) {
    io.out();
    io.out(`  ${yellow(what)}`);
    for (const { operation, to, effect } of listed) {
      if (to !== what) continue;
      io.out(`    ${operation}`);
      io.out(dim(io.wrapped(effect, 6)));
    }
  }
  if (unsteady.length > 0) {
    io.out();
    io.out(`  ${yellow('unsteady')}: not yet seen often enough to count, or comes and goes`);
    for (const { operation, from, to, seen, of } of unsteady) {
      io.out(io.wrapped(`${operation}: ${transition(from, to)} (seen ${seen} of ${of})`, 4));
    }
  }
  if (notCompared.length > 0) {
    io.out();
    io.out(dim(`  not compared: ${notCompared.length} operations`));
    const reasons = new Map<string, number>();
    for (const { why } of notCompared) reasons.set(why, (reasons.get(why) ?? 0) + 1);
    for (const [why, count] of reasons) io.out(dim(io.wrapped(`${count} × ${why}`, 4)));
  }
}

/** That an operation came into the contract, or left it: of many at once, a line each is enough. */
function isListed(group: readonly Change[]): boolean {
  return group.every(({ kind, to }) => kind === 'contract' && (to === CAME || to === WENT));
}

function headline({ changes, compared, unsteady }: Drift): string {
  const [first] = changes;
  if (!first) {
    if (compared === 0) return 'Nothing could be compared.';
    const [newest] = unsteady;
    if (newest) {
      const others = unsteady.length > 1 ? `, and ${unsteady.length - 1} more` : '';
      return `No drift that counts yet; unsteady: ${newest.operation}: ${transition(newest.from, newest.to)}${others}`;
    }
    return `No drift: ${compared} operations do what they did.`;
  }
  const rest =
    changes.length > 1
      ? ` (and ${changes.length === 2 ? 'one more change' : `${changes.length - 1} more changes`})`
      : '';
  return `Drift: ${first.operation}: ${transition(first.from, first.to)}${rest}`;
}

function printChange({ kind, from, to, effect, since, target }: Change, io: Io): void {
  const when = since === undefined ? '' : ` since ${since.slice(0, 16).replace('T', ' ')} UTC`;
  io.out(io.wrapped(`${io.colours[COLOURS[kind]](kind)} on ${target}${when}: ${transition(from, to)}`, 4));
  io.out(io.wrapped(effect, 6));
}

function transition(from: string, to: string): string {
  if (from === '') return to;
  return to === '' ? `${from} is gone` : `${from} → ${to}`;
}

const COLOURS: Record<ChangeKind, 'red' | 'yellow' | 'green'> = {
  worse: 'red',
  different: 'yellow',
  better: 'green',
  'finding-new': 'red',
  contract: 'yellow',
  'body-shape': 'yellow',
  'finding-gone': 'green',
  slower: 'red',
  faster: 'green',
};

/** In the order in which each operation comes up first: changes are ordered by what they do. */
function byOperation(changes: readonly Change[]): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    groups.set(change.operation, [...(groups.get(change.operation) ?? []), change]);
  }
  return groups;
}
