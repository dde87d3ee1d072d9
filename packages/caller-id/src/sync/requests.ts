import pLimit from 'p-limit';
import { isSuccess, Problem } from 'wellsky-conform/kit';

/** What a call through the generated client gives. */
interface ClientAnswer {
  data?: unknown;
  response: { status: number };
}

const CONCURRENCY = 16;

/**
 * Asks through the generated client, a bounded number at a time. What may go better the next time has been repeated by
 * whoever the client sends through: here it has failed.
 */
export function createRequests(signal: AbortSignal) {
  const limit = pLimit(CONCURRENCY);

  const attempt = async <T>(
    what: string,
    call: () => Promise<ClientAnswer>,
    read: (body: unknown) => T | undefined,
  ): Promise<{ ok: true; value: T } | { ok: false; status: number }> => {
    signal.throwIfAborted();
    const { data, response } = await call().catch((error: unknown) => {
      signal.throwIfAborted();
      throw failed(what, error instanceof Error ? error.message : String(error));
    });
    const { status } = response;
    if (isSuccess(status)) {
      const value = read(data);
      if (value !== undefined) return { ok: true, value };
      throw failed(what, 'a body of another shape than documented');
    }
    if (status >= 500 || status === 429 || status === 401 || status === 408)
      throw failed(what, `status ${status}`);
    return { ok: false, status };
  };

  return {
    /** @throws Exhausted (exit code 3) when it fails again and again */
    ask: <T>(what: string, call: () => Promise<ClientAnswer>, read: (body: unknown) => T | undefined) =>
      limit(() => attempt(what, call, read)),
  };
}

/** A request that failed although it was repeated; a refusal is another thing. */
export class Exhausted extends Problem {}

function failed(what: string, why: string): Exhausted {
  return new Exhausted('CONFORM_E_SYNC_INCOMPLETE', `${what} could not be read: ${why}`, {
    remedy: 'Nothing was changed. Run it again: what was read so far is kept for an hour.',
  });
}

export type Requests = ReturnType<typeof createRequests>;
