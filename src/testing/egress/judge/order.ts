import type { Evidence } from '../evidence.js';
import type { Rule } from '../rules.js';
import type { Seen } from '../seen.js';

/** What was sent too early: while something else was under way, or before a host wanted it. */
export function* order({ phases }: Evidence): Generator<{ rule: Rule; seen: Seen; what?: string }> {
  const all = phases.flatMap((phase) => phase.seen);
  for (const seen of all) {
    const [read] = seen.overlaps;
    if (read !== undefined) yield { rule: 'write while a read was under way', seen, what: `with ${read}` };
  }
  for (const refused of all) {
    const { retryAfter, answered } = refused;
    if (retryAfter === undefined || answered === undefined) continue;
    const again = all.find((one) => one.arrived > answered && isSame(one, refused));
    if (again === undefined) continue;
    // The clock of the program stands still while an answer travels, so that the waiting is exact but for rounding.
    if (again.at - refused.at < retryAfter * 1000 - 1) {
      const what = `after ${Math.round(again.at - refused.at)} ms instead of ${retryAfter} s`;
      yield { rule: 'Retry-After not obeyed', seen: again, what };
    }
    if (again.unsafe && ['POST', 'PATCH'].includes(again.method)) {
      yield { rule: 'write repeated after 429', seen: again };
    }
  }
}

function isSame(one: Seen, other: Seen): boolean {
  return (
    one.server === other.server &&
    one.method === other.method &&
    one.url === other.url &&
    one.body === other.body &&
    one.presented === other.presented
  );
}
