import type { Clock } from '../clock.js';

/** Lets requests go no faster than a target allows. */
export interface Pace {
  /**
   * Resolves when the next request may be sent. Rejects when the signal is aborted.
   * @returns what is called when the request is over: by then it has been counted, where it is counted
   */
  turn: (signal?: AbortSignal) => Promise<() => void>;
  /** Nobody gets a turn before so many milliseconds have passed (`Retry-After`). */
  pause: (milliseconds: number) => void;
}

/**
 * Gives the pace of a host, where more than one session shares its rate.
 * @param baseUrl an address of the host
 * @param requestsPerSecond undefined for no limit
 */
export type PaceOf = (baseUrl: string, requestsPerSecond: number | undefined) => Pace;

/**
 * Turns come at even distances, a little slower than the rate that is allowed: what is spaced evenly when it is sent
 * may arrive bunched, and the limit is counted where it arrives. At most as many can be bunched as are on their way at
 * once: with 100 a second and 8 at once, 92 and 8 are never more than 100.
 * @param requestsPerSecond undefined for no limit
 */
export function createPace(
  requestsPerSecond: number | undefined,
  { ticks, sleep }: Pick<Clock, 'ticks' | 'sleep'>,
): Pace {
  const distance = requestsPerSecond === undefined ? 0 : 1000 / (requestsPerSecond * SHARE_USED);
  let next = 0;
  return {
    turn: async (signal) => {
      signal?.throwIfAborted();
      const mine = Math.max(next, ticks());
      next = mine + distance;
      let wait = mine - ticks();
      while (wait > 0.5) {
        await sleep(wait, signal);
        wait = mine - ticks();
      }
      return () => undefined;
    },
    pause: (milliseconds) => {
      next = Math.max(next, ticks() + milliseconds);
    },
  };
}

/** How much of the rate that is allowed is used. */
const SHARE_USED = 0.92;
