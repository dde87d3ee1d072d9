import type { Turns } from '../history/turns.js';
import type { Capability, Run } from '../record/run.js';

type Lasts = Pick<Turns, 'lastOf'> | undefined;

/** The checks of an operation that a run has left undone, each with when it was last conclusive. */
export function unaskedLines({ id, checks = [] }: Capability, turns: Lasts): string[] {
  return checks.flatMap((one) => {
    if (one.code === undefined) return [];
    const last = turns?.lastOf(one.id, id);
    const before = last
      ? `${last.result === 'passed' ? 'kept' : 'broken'} on ${last.at.slice(0, 10)}`
      : 'never found out';
    return [`${one.id}: ${before}, ${WHY[one.code]}`];
  });
}

const WHY = {
  'not-its-turn': 'not asked tonight',
  'too-much': 'needs more than the checks of one run may use',
} as const;

/** What the budget of a run has left undone, check by check. */
export function unaskedView(run: Run, turns: Lasts) {
  const checks = new Map<string, string[]>();
  for (const operation of run.operations) {
    for (const { id, code } of operation.checks ?? []) {
      if (code === undefined) continue;
      checks.set(id, [...(checks.get(id) ?? []), turns?.lastOf(id, operation.id)?.at.slice(0, 10) ?? '']);
    }
  }
  return {
    target: run.target,
    checks: [...checks].map(([check, days]) => ({ check, text: textOf(days) })),
  };
}

function textOf(days: readonly string[]): string {
  const known = days.filter((day) => day !== '').sort();
  const [oldest, newest] = [known.at(0), known.at(-1)];
  const never = days.length - known.length;
  return [
    `not asked tonight at ${days.length} ${days.length === 1 ? 'operation' : 'operations'}`,
    oldest === undefined || newest === undefined
      ? ''
      : `last conclusive ${oldest === newest ? `on ${oldest}` : `between ${oldest} and ${newest}`}`,
    never === 0 ? '' : `never at ${never}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
