import pLimit from 'p-limit';
import type { Clock } from '../../clock.js';
import { Problem } from '../../problem.js';

/** What a call through the generated client gives. */
interface ClientAnswer {
  data?: unknown;
  response: { status: number };
}

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 50;
const CONCURRENCY = 16;

/**
 * Asks through the generated client, a bounded number at a time, and repeats what may go better the next time:
 * connections that break, bodies that cannot be read, 5xx, 429, and 401 (the client then renews its token).
 */
export function createRequests(signal: AbortSignal, clock: Pick<Clock, 'sleep'>) {
  const limit = pLimit(CONCURRENCY);
  const counts = { requests: 0, retries: 0 };

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
      counts.requests++;
      try {
        const { data, response } = await call();
        const { status } = response;
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
