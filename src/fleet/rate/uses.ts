import type { Clock } from '../../clock.js';

/** What happened to one turn. */
export interface TurnUse {
  /** As it was given. */
  turn: number;
  /** The latest moment, by the clock of the database, at which its request can have arrived; undefined where it was missed. */
  at: number | undefined;
}

/** What happened to the turns that a process was given, until the database knows. */
export interface Uses {
  /**
   * Notes that the request of a turn is sent now.
   * @returns what is called when the request is over
   */
  sent: (turn: number) => () => void;
  /** Notes that a turn was not used. */
  missed: (turn: number) => void;
  /** Takes what is known, to say it. */
  taken: () => TurnUse[];
  /** Puts back what could not be said. */
  putBack: (uses: readonly TurnUse[]) => void;
  isEmpty: () => boolean;
}

/**
 * What a slow host has not answered after so many milliseconds has arrived, unless the way to it is longer: a slow host is asked
 * with 90 % of its rate.
 */
export const ARRIVES_WITHIN_MS = 100;

/** What a host that usually answers at once has not answered may not have arrived: this process, or the host, stands still. */
const STANDS_STILL_MS = 500;

/** How much the newest answer counts in what is usual. */
const NEWEST = 1 / 8;

/**
 * A request has arrived when it is answered, or some time after it was sent. That is as exact as it can be known here: the host
 * counts it in between, and a busy process sends it later than it means to.
 * @param latestOfDatabase the latest moment of the database that ticks can be at
 * @param onArrival called when it is known that a request has arrived
 */
export function createUses(
  clock: Pick<Clock, 'ticks' | 'sleep'>,
  latestOfDatabase: (ticks: number) => number,
  onArrival: () => void,
): Uses {
  let known: TurnUse[] = [];
  /** How long the host has taken for an answer, as a moving average. */
  let usualMs = 0;
  return {
    sent: (turn) => {
      const sentAt = clock.ticks();
      const over = new AbortController();
      const hasArrived = (): void => {
        known.push({ turn, at: latestOfDatabase(clock.ticks()) });
        onArrival();
      };
      const longest = usualMs < ARRIVES_WITHIN_MS / 2 ? STANDS_STILL_MS : ARRIVES_WITHIN_MS;
      clock.sleep(longest, over.signal).then(hasArrived, hasArrived);
      return () => {
        over.abort();
        usualMs += NEWEST * (Math.min(clock.ticks() - sentAt, STANDS_STILL_MS) - usualMs);
      };
    },
    missed: (turn) => {
      known.push({ turn, at: undefined });
    },
    taken: () => {
      const taken = known;
      known = [];
      return taken;
    },
    putBack: (uses) => {
      known.push(...uses);
    },
    isEmpty: () => known.length === 0,
  };
}
