import { rateSightingOf, type RateSighting } from '../checks/http/rate-sightings.js';
import type { SeenReply } from '../drive/seen.js';
import type { Probe } from '../probe/build.js';
import type { Identity } from '../session/effect.js';

/** So many answers say enough of how a host limits what is asked. */
const MOST = 5_000;

/** Keeps what the answers of a run say of how much may be asked. */
export interface RateLog {
  note: (probe: Probe, token: Identity, heard: SeenReply) => void;
  /** What was noted since the last time. */
  take: () => RateSighting[];
}

export function createRateLog(): RateLog {
  let noted: RateSighting[] = [];
  return {
    note: ({ operation }, token, { reply, ...seen }) => {
      if (noted.length < MOST) noted.push(rateSightingOf({ operation, token }, reply, seen));
    },
    take: () => {
      const taken = noted;
      noted = [];
      return taken;
    },
  };
}
