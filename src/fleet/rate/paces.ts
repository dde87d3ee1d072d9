import type { Clock } from '../../clock.js';
import { createPace, type Pace, type PaceOf } from '../../session/pace.js';
import { createSharedPace, type RateLeases } from './shared-pace.js';

const LOOKS_AGAIN_MS = 100;

/**
 * The paces of one worker: one for each host, whichever agency asks it.
 * @param mayAsk whether the worker is sure of its leases: without the database nothing is sent, to hosts without a limit either
 */
export function pacesOf({
  leases,
  clock,
  mayAsk,
}: {
  leases: RateLeases;
  clock: Pick<Clock, 'ticks' | 'sleep'>;
  mayAsk: () => boolean;
}): PaceOf {
  const paces = new Map<string, Pace>();
  return (baseUrl, requestsPerSecond) => {
    const { host } = new URL(baseUrl);
    const key = `${host} ${requestsPerSecond ?? 'unlimited'}`;
    const pace =
      paces.get(key) ??
      sure(
        requestsPerSecond === undefined
          ? createPace(undefined, clock)
          : createSharedPace(host, requestsPerSecond, { leases, clock }),
        { clock, mayAsk },
      );
    paces.set(key, pace);
    return pace;
  };
}

function sure(pace: Pace, { clock, mayAsk }: { clock: Pick<Clock, 'sleep'>; mayAsk: () => boolean }): Pace {
  return {
    turn: async (signal) => {
      for (;;) {
        while (!mayAsk()) await clock.sleep(LOOKS_AGAIN_MS, signal);
        const isOver = await pace.turn(signal);
        if (mayAsk()) return isOver;
        isOver();
      }
    },
    pause: pace.pause,
  };
}
