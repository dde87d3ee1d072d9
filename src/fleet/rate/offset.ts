/** How the clock of a database and the ticks of this process belong together, as far as it is known. */
export interface Offset {
  /**
   * Learns from a question to the database.
   * @param sent and `received`: ticks before and after it
   * @param databaseNow the clock of the database in between, in milliseconds
   */
  note: (sent: number, received: number, databaseNow: number) => void;
  /** The latest ticks that a moment of the database can be at. Before anything was learned: never. */
  latest: (databaseAt: number) => number;
  /** The latest moment of the database that ticks can be at. */
  latestOfDatabase: (ticks: number) => number;
}

/**
 * Each question bounds the distance between the two clocks on both sides; all bounds together are narrower than the
 * time that any question took. Where they exclude one another one of the clocks was set: then the last alone counts.
 */
export function createOffset(): Offset {
  let low = -Infinity;
  let high = Infinity;
  let notedAt = 0;
  return {
    note: (sent, received, databaseNow) => {
      const drift = Math.max(0, received - notedAt) * DRIFT;
      notedAt = received;
      const [lowest, highest] = [databaseNow - received, databaseNow - sent];
      low = Math.max(low - drift, lowest);
      high = Math.min(high + drift, highest);
      if (low > high) [low, high] = [lowest, highest];
    },
    latest: (databaseAt) => databaseAt - low,
    latestOfDatabase: (ticks) => ticks + high,
  };
}

/** Two clocks differ by no more in the length of their seconds: RFC 5905 takes 500 parts in a million. */
const DRIFT = 500e-6;
