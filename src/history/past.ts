import type { Outcome } from '../verdict/causes.js';
import type { History } from './history.js';

/** Since when an operation does what it does now, and for the same cause, as far as the runs go back. */
export interface Streak {
  /** Start of the first run of the streak, ISO 8601, UTC. */
  since: string;
  /** In how many runs of the streak it was asked, the newest included. */
  runs: number;
  /** What it did before, and start of the first and of the last run of that; undefined when no run shows anything else. */
  before: { outcome: Outcome; at: string; until: string } | undefined;
  /** Start of the newest run in which it was routed. */
  routedAt: string | undefined;
  /** Start of the newest run in which it worked. */
  workedAt: string | undefined;
}

/** By operation id. Operations that were never asked are not in it. */
export type Past = ReadonlyMap<string, Streak>;

/** The streaks that a history ends with; empty when there is no history. */
export function pastOf(history: History | undefined): Past {
  return new Map(
    (history?.operations ?? []).map(({ operation, now, stretches, routedAt, workedAt }) => {
      const before = stretches.at(-2);
      return [
        operation,
        {
          since: now.from,
          runs: now.runs,
          before: before && { outcome: before.outcome, at: before.from, until: before.to },
          routedAt,
          workedAt,
        },
      ];
    }),
  );
}
