import type { Outcome } from '../verdict/causes.js';
import type { History, Stretch } from './history.js';

/** What an operation did on one day. */
export interface GridCell {
  /** The worst of the day. */
  outcome: Outcome;
  /** Whether that is what can be asked of it. */
  usable: boolean;
  /** False when no run of that day shows it, but the runs before and after both do. */
  seen: boolean;
  /** Whether it did more than one thing that day. */
  mixed: boolean;
}

/** Days × operations, for the report: the plain values of a small picture. */
export interface Grid {
  /** Oldest first, YYYY-MM-DD, UTC, without gaps. */
  days: string[];
  rows: {
    operation: string;
    tag: string;
    /** One for each day; null where nothing is known. */
    cells: (GridCell | null)[];
  }[];
}

const DAY_MS = 24 * 3_600_000;

/** @param days how many to show, counted back from the newest run */
export function gridOf(history: History, days = 90): Grid {
  const newest = Date.parse(dayOf(history.to));
  const oldest = Math.max(Date.parse(dayOf(history.from)), newest - (days - 1) * DAY_MS);
  const dates: string[] = [];
  for (let time = oldest; time <= newest; time += DAY_MS) dates.push(dayOf(new Date(time).toISOString()));
  return {
    days: dates,
    rows: history.operations.map(({ operation, tag, stretches }) => ({
      operation,
      tag,
      cells: cellsOf(stretches, dates, new Set(history.days)),
    })),
  };
}

function cellsOf(
  stretches: readonly Stretch[],
  days: readonly string[],
  seenOn: ReadonlySet<string>,
): (GridCell | null)[] {
  let next = 0;
  return days.map((day) => {
    // Both are in the order of time: what ended before this day is done with.
    while (next < stretches.length && dayOf(stretches[next]?.to ?? '') < day) next += 1;
    const here: Stretch[] = [];
    for (let index = next; index < stretches.length; index++) {
      const stretch = stretches[index];
      if (!stretch || dayOf(stretch.from) > day) break;
      here.push(stretch);
    }
    const [worst] = [...here].sort(
      (one, other) =>
        Number(one.usable) - Number(other.usable) ||
        SEVERITY.indexOf(one.outcome) - SEVERITY.indexOf(other.outcome),
    );
    if (!worst) return null;
    return { outcome: worst.outcome, usable: worst.usable, seen: seenOn.has(day), mixed: here.length > 1 };
  });
}

/** The worst first. */
const SEVERITY: readonly Outcome[] = [
  'gone',
  'unreachable',
  'broken',
  'unrouted',
  'denied',
  'throttled',
  'absent',
  'rejects',
  'deviates',
  'works',
  'skipped',
];

function dayOf(iso: string): string {
  return iso.slice(0, 10);
}
