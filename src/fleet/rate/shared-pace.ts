import type { Clock } from '../../clock.js';
import { SHARE_USED, type Pace } from '../../session/pace.js';
import { createOffset } from './offset.js';

/** Turns of a host, given to one process at a time by the clock of the database. */
export interface RateLeases {
  /**
   * Takes so many turns, the first of which begins as soon as those of all others are over.
   * @returns by the clock of the database, in milliseconds: when the first begins, and what time it is
   * @throws when the database does not answer
   */
  take: (host: string, turns: number, distanceMs: number) => Promise<{ at: number; now: number }>;
  /** Nobody's turn begins before so many milliseconds have passed. */
  rest: (host: string, milliseconds: number) => Promise<void>;
}

/** Turns are taken for so many milliseconds at once, so that a fast host costs no question for each request. */
const TAKEN_AT_ONCE_MS = 100;

/**
 * What is sent later than its turn comes closer to the next one. With a share of 92 %, 87 ms are the most that no window of
 * one second has more than the limit in it; a half is for the way to the host. A turn that is missed is not used.
 */
export const LATEST_MS = ((1 / SHARE_USED - 1) * 1000) / 2;

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 2_000;

/** How many turns are taken at once for so many who wait. */
export function turnsAtOnce(waiting: number, distanceMs: number): number {
  return Math.max(1, Math.min(waiting, Math.floor(TAKEN_AT_ONCE_MS / distanceMs)));
}

interface Waiter {
  go: () => void;
  isGone: boolean;
}

/**
 * The pace of a host that several processes share: turns are at even distances by the clock of the database, and the
 * sessions of this process take them in the order in which they asked. Without the database nobody has a turn.
 */
export function createSharedPace(
  host: string,
  requestsPerSecond: number,
  { leases, clock }: { leases: RateLeases; clock: Pick<Clock, 'ticks' | 'sleep'> },
): Pace {
  const distance = 1000 / (requestsPerSecond * SHARE_USED);
  const offset = createOffset();
  const waiting: Waiter[] = [];
  let restUntil = 0;
  let isGiving = false;

  const withPatience = async <T>(
    work: () => Promise<T>,
    isStillWanted: () => boolean,
  ): Promise<T | undefined> => {
    for (let wait = FIRST_WAIT_MS; isStillWanted(); wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      try {
        return await work();
      } catch {
        // Whatever the reason: without the database nobody knows when it is our turn.
        await clock.sleep(wait);
      }
    }
    return undefined;
  };

  const leave = (): void => {
    for (let index = waiting.length - 1; index >= 0; index--)
      if (waiting[index]?.isGone === true) waiting.splice(index, 1);
  };

  const isWanted = (): boolean => {
    leave();
    return waiting.length > 0;
  };

  const take = async (): Promise<void> => {
    const turns = turnsAtOnce(waiting.length, distance);
    const sent = clock.ticks();
    const { at, now } = await leases.take(host, turns, distance);
    offset.note(sent, clock.ticks(), now);
    for (let turn = 0; turn < turns; turn++) {
      const begins = offset.latest(at + turn * distance);
      for (let wait = begins - clock.ticks(); wait > 0.5; wait = begins - clock.ticks())
        await clock.sleep(wait);
      leave();
      const isMissed = clock.ticks() - begins > LATEST_MS || begins < restUntil;
      if (!isMissed) waiting.shift()?.go();
    }
  };

  const give = async (): Promise<void> => {
    if (isGiving) return;
    isGiving = true;
    while (isWanted()) await withPatience(take, isWanted);
    isGiving = false;
  };

  return {
    turn: (signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const stop = (): void => {
          waiter.isGone = true;
          reject(new Error('stopped', { cause: signal?.reason }));
        };
        const waiter: Waiter = {
          isGone: false,
          go: () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        signal?.addEventListener('abort', stop, { once: true });
        waiting.push(waiter);
        void give();
      }),
    pause: (milliseconds) => {
      restUntil = Math.max(restUntil, clock.ticks() + milliseconds);
      void withPatience(
        () => leases.rest(host, restUntil - clock.ticks()),
        () => restUntil > clock.ticks(),
      );
    },
  };
}
