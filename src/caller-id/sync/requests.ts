import pLimit from 'p-limit';
import type { Clock } from '../../clock.js';
import { Problem } from '../../problem.js';
import { retryAfterMs } from '../../target/retry-after.js';

/** What a call through the generated client gives. */
export interface ClientAnswer {
  data?: unknown;
  response: { status: number; headers: { get: (name: string) => string | null } };
}

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 50;
const CONCURRENCY = 16;
/** Who is told to wait longer than this gives up. */
const LONGEST_REST_MS = 60_000;

/**
 * Asks through the generated client, a bounded number at a time, and repeats what may go better the next time:
 * connections that break, bodies that cannot be read, 5xx, 429, and 401 (the client then renews its token). While the
 * host wants to be asked nothing (`Retry-After`), nobody asks.
 */
export function createRequests(signal: AbortSignal, clock: Pick<Clock, 'sleep' | 'now'>) {
  const limit = pLimit(CONCURRENCY);
  const counts = { requests: 0, retries: 0 };
  /** Done when the host may be asked again. */
  let rested = Promise.resolve();

  const heed = (what: string, { status, headers }: ClientAnswer['response']): void => {
    const rest = status === 429 ? retryAfterMs(headers.get('retry-after') ?? undefined, clock) : undefined;
    if (rest === undefined) return;
    if (rest > LONGEST_REST_MS) {
      const seconds = Math.ceil(rest / 1000);
      throw new Exhausted(`${what} could not be read: the host wants to be asked nothing for ${seconds} s`, {
        exitCode: 3,
        remedy:
          'Nothing was changed. Run it again after that time: what was read so far is kept for an hour.',
      });
    }
    const sleeping = clock.sleep(rest, signal).catch(() => undefined);
    rested = Promise.all([rested, sleeping]).then(() => undefined);
  };

  const attempt = async <T>(
    what: string,
    call: () => Promise<ClientAnswer>,
    read: (body: unknown) => T | undefined,
  ): Promise<{ ok: true; value: T } | { ok: false; status: number }> => {
    let last = 'no answer';
    for (let round = 0; round < ATTEMPTS; round++) {
      signal.throwIfAborted();
      if (round > 0) {
        counts.retries++;
        await clock.sleep(FIRST_WAIT_MS * 2 ** (round - 1), signal);
      }
      await rested;
      signal.throwIfAborted();
      counts.requests++;
      try {
        const { data, response } = await call();
        const { status } = response;
        heed(what, response);
        if (status >= 200 && status < 300) {
          const value = read(data);
          if (value !== undefined) return { ok: true, value };
          last = 'a body of another shape than documented';
        } else if (status >= 500 || status === 429 || status === 401 || status === 408) {
          last = `status ${status}`;
        } else {
          return { ok: false, status };
        }
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof Exhausted) throw error;
        last = error instanceof Error ? error.message : String(error);
      }
    }
    throw new Exhausted(`${what} could not be read: ${last}, ${ATTEMPTS} times`, {
      exitCode: 3,
      remedy: 'Nothing was changed. Run it again: what was read so far is kept for an hour.',
    });
  };

  return {
    counts,
    /** @throws Problem (exit code 3) when it fails again and again */
    ask: <T>(what: string, call: () => Promise<ClientAnswer>, read: (body: unknown) => T | undefined) =>
      limit(() => attempt(what, call, read)),
  };
}

/** A request that failed as often as it was tried; a refusal is another thing. */
export class Exhausted extends Problem {}

export type Requests = ReturnType<typeof createRequests>;
