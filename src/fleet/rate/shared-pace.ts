import type { Clock } from '../../clock.js';
import type { Pace } from '../../session/pace.js';
import { createOffset } from './offset.js';
import { ARRIVES_WITHIN_MS, createUses, type TurnUse } from './uses.js';

/** Turns of a host, given to one process at a time by the clock of the database. */
export interface RateLeases {
  /**
   * Takes turns, which begin as soon as those of all others are over, and says how those before were used.
   * @throws when the database does not answer
   */
  take: (host: string, wanted: Wanted) => Promise<Taken>;
  /** Nobody's turn begins before so many milliseconds have passed. */
  rest: (host: string, milliseconds: number) => Promise<void>;
}

export interface Wanted {
  turns: number;
  /** How far turns are apart, in milliseconds. */
  distanceMs: number;
  /** So many turns are used in as many distances at most, whatever was missed and is made up for. */
  mostInARow: number;
  /** No turn begins before so many milliseconds: the answer takes as long. */
  leadMs: number;
  /** How long after its begin the request of a turn may arrive at the host, in milliseconds. */
  latenessMs: number;
  /** What happened to turns that were taken before. */
  uses: readonly TurnUse[];
}

/** Moments by the clock of the database, in milliseconds. */
export interface Taken {
  /** When each turn begins; none where the next is too far away to be given to somebody. */
  begins: readonly number[];
  /** When it is time to ask again, where there are none. */
  askAt: number;
  now: number;
}

/** Turns are taken for so many milliseconds at once: a slow database, or a fast host, is not asked for each request. */
const TAKEN_AT_ONCE_MS = 250;

/**
 * A turn may be used so many milliseconds after its begin, and is missed afterwards. Until the database knows better, it takes
 * each for used as late as that. More would take something of the rate: turns are given out half a second before they begin, and
 * how the one was used that is a second before has to be known by then.
 */
export const LATENESS_MS = 250;

/** When nobody has waited for so long, what is not known of turns is said without asking for others: somebody else may need it. */
const SAYS_AFTER_MS = 100;

/** How much of the rate turns take; the rest is for clocks that do not run alike. That requests arrive late is known, and counted. */
const SHARE_TAKEN = 0.99;

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 2_000;

/** How many turns are taken at once for so many who wait, from a database that takes so long for an answer. */
export function turnsAtOnce(waiting: number, distanceMs: number, leadMs: number): number {
  return Math.max(1, Math.min(waiting, Math.floor((TAKEN_AT_ONCE_MS + leadMs) / distanceMs)));
}

interface Waiter {
  go: (isOver: () => void) => void;
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
  const distanceMs = 1000 / (requestsPerSecond * SHARE_TAKEN);
  const mostInARow = Math.max(1, Math.floor(requestsPerSecond));
  const offset = createOffset();
  const waiting: Waiter[] = [];
  const uses = createUses(clock, offset.latestOfDatabase, () => {
    // While turns are given out it is said with each question, and once more when nobody waits.
    if (!isGiving) void sayLater();
  });
  let leadMs = 0;
  let restUntil = 0;
  let lastUsed = -Infinity;
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

  const sleepUntil = async (ticks: number): Promise<void> => {
    for (let wait = ticks - clock.ticks(); wait > 0.5; wait = ticks - clock.ticks()) await clock.sleep(wait);
  };

  const take = async (turns: number): Promise<Taken> => {
    const known = uses.taken();
    const sent = clock.ticks();
    try {
      const latenessMs = LATENESS_MS + ARRIVES_WITHIN_MS;
      const wanted = { turns, distanceMs, mostInARow, leadMs, latenessMs, uses: known };
      const taken = await leases.take(host, wanted);
      const received = clock.ticks();
      offset.note(sent, received, taken.now);
      leadMs = Math.max(received - sent, leadMs / 2);
      return taken;
    } catch (error) {
      uses.putBack(known);
      throw error;
    }
  };

  const ask = (waiters: number) =>
    withPatience(() => take(turnsAtOnce(waiters, distanceMs, leadMs)), isWanted);

  const sayLater = async (): Promise<void> => {
    await clock.sleep(SAYS_AFTER_MS);
    if (!isGiving && !uses.isEmpty()) await take(0).catch(() => undefined);
  };

  const use = async ({ begins, askAt }: Taken): Promise<void> => {
    // Whoever waits may be gone before: so one looks again from time to time.
    if (begins.length === 0)
      await sleepUntil(Math.min(offset.latest(askAt), clock.ticks() + LONGEST_WAIT_MS));
    for (const turn of begins) {
      // Several that are late do not go at once.
      const begin = Math.max(offset.latest(turn), lastUsed + distanceMs / 2);
      if (isWanted()) await sleepUntil(begin);
      leave();
      const isMissed = offset.latestOfDatabase(clock.ticks()) > turn + LATENESS_MS || begin < restUntil;
      const next = isMissed ? undefined : waiting.shift();
      if (next) {
        lastUsed = clock.ticks();
        next.go(uses.sent(turn));
      } else uses.missed(turn);
    }
  };

  const give = async (): Promise<void> => {
    if (isGiving) return;
    isGiving = true;
    let coming: Promise<Taken | undefined> | undefined;
    while (isWanted() || coming) {
      const taken: Taken | undefined = await (coming ?? ask(waiting.length));
      coming = undefined;
      if (!taken) continue;
      // While these are waited for, the next are asked for: a slow database takes nothing of the rate.
      const more = waiting.length - taken.begins.length;
      if (taken.begins.length > 0 && more > 0) coming = ask(more);
      await use(taken);
    }
    isGiving = false;
    await sayLater();
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
          go: (isOver) => {
            signal?.removeEventListener('abort', stop);
            resolve(isOver);
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
