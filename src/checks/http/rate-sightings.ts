import type { Seen } from '../../drive/seen.js';
import type { Identity } from '../../session/effect.js';
import { retryAfterMs } from '../../session/patience.js';
import { header, type Answer, type Reply } from '../../targets/reply.js';

/** What one answer says of how much may be asked. All times are in milliseconds since 1970. */
export interface RateSighting {
  operation: string;
  token: Identity;
  sentMs: number;
  heardMs: number;
  /** Null where no answer came. */
  status: number | null;
  /** How long nobody is to ask, in milliseconds; undefined where that is not said, or cannot be read. */
  restMs: number | undefined;
  /** How many more requests may be sent. */
  remaining: number | undefined;
  /** When there will be more again. */
  resetMs: number | undefined;
  /** What the clock of the host said. */
  hostMs: number | undefined;
  seen: Seen;
}

/** @param asked the operation that was asked, and with whose credentials */
export function rateSightingOf(
  asked: Pick<RateSighting, 'operation' | 'token'>,
  reply: Reply,
  seen: Seen,
): RateSighting {
  const sentMs = reply.at.getTime();
  const heardMs = sentMs + reply.durationMs;
  const nothing = {
    ...{ status: null, restMs: undefined, remaining: undefined, resetMs: undefined, hostMs: undefined },
  };
  if (reply.kind !== 'answer') return { ...asked, ...nothing, sentMs, heardMs, seen };
  // What a cache answers says how it was when the answer was made.
  const isCached = header(reply, 'age') !== undefined;
  const date = Date.parse(header(reply, 'date') ?? '');
  return {
    ...{ ...asked, sentMs, heardMs, seen },
    status: reply.status,
    restMs: retryAfterMs(header(reply, 'retry-after'), { now: () => new Date(heardMs) }),
    remaining: isCached ? undefined : numberIn(reply, 'remaining'),
    resetMs: isCached ? undefined : resetIn(reply, heardMs),
    hostMs: Number.isNaN(date) ? undefined : date,
  };
}

/** `RateLimit-Remaining` and its older spellings. */
function numberIn(reply: Answer, what: 'remaining' | 'reset'): number | undefined {
  const value = ['ratelimit', 'x-ratelimit', 'x-rate-limit']
    .map((name) => header(reply, `${name}-${what}`))
    .find((one) => one !== undefined);
  return value !== undefined && /^\s*\d{1,13}\s*$/.test(value) ? Number(value) : undefined;
}

/** Hosts write seconds from now, seconds since 1970, or milliseconds since 1970. */
function resetIn(reply: Answer, heardMs: number): number | undefined {
  const value = numberIn(reply, 'reset');
  if (value === undefined) return undefined;
  if (value >= 100_000_000_000) return value;
  return value >= 100_000_000 ? value * 1000 : heardMs + value * 1000;
}
