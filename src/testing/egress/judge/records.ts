import type { Evidence, Remains } from '../evidence.js';
import type { Rule } from '../rules.js';
import type { Seen } from '../seen.js';
import { touchedInWords } from '../recorder.js';

/** What was done to records that were there before, and what was made and stayed. */
export function* records(evidence: Evidence): Generator<{ rule: Rule; seen?: Seen; what?: string }> {
  for (const seen of evidence.phases.flatMap((phase) => phase.seen)) {
    const others = seen.touched.filter(({ origin }) => origin === 'before');
    if (others.length > 0) {
      yield { rule: 'touched what was there before', seen, what: touchedInWords(others) };
    }
  }
  const { reported, cleaned, remains } = evidence;
  if (cleaned === undefined) {
    const places = { 'the run file': reported?.left ?? [], 'the output': reported?.printed };
    for (const [place, left] of Object.entries(places)) {
      if (left === undefined) continue;
      for (const { path, by } of unreported(remains, left)) {
        yield { rule: 'left and not reported', what: `${path}, made by ${by}: ${place} does not name it` };
      }
    }
    return;
  }
  if (cleaned.claimed > cleaned.removed) {
    const what = `cleanup: says that it removed ${cleaned.claimed}, and removed ${cleaned.removed}`;
    yield { rule: 'says that it removed more than it did', what };
  }
  const obeyed = evidence.phases.at(-1)?.seen.filter(({ unsafe, isToken }) => unsafe && !isToken) ?? [];
  if (!cleaned.mayObey) for (const seen of obeyed) yield { rule: 'obeys a journal that it must not', seen };
  if (!cleaned.knows) return;
  for (const { path, by } of unreported(remains, cleaned.left ?? [])) {
    const stated = cleaned.left === undefined ? 'cleanup came to no end' : 'cleanup does not name it';
    yield { rule: 'left and not reported', what: `${path}, made by ${by}: ${stated}` };
  }
}

/** The things that no entry of a list speaks of. Each entry speaks of one thing that its operation has made. */
function unreported(remains: readonly Remains[], left: readonly string[]): Remains[] {
  const entries = [...left];
  return remains.filter(({ by }) => {
    const index = entries.findIndex((operation) => sameOperation(operation, by));
    if (index < 0) return true;
    entries.splice(index, 1);
    return false;
  });
}

/** A slash more or less at the end of a path makes no other operation of it. */
function sameOperation(one: string, other: string): boolean {
  return one.replace(/\/$/, '') === other.replace(/\/$/, '');
}
