import { operationAt, pathBelow } from '../contract/operation-at.js';
import { Problem } from '../problem.js';
import type { Site } from '../targets/addresses.js';
import { requestText, type HttpRequest } from '../targets/reply.js';
import type { Effect } from './effect.js';
import type { Session } from './session.js';
import { sentenceOf } from './withheld.js';

/**
 * A session in the form of the platform's `fetch`, for the typed client: what it is called with passes the gate, and is
 * paced, repeated and counted like everything else.
 * @param atMost the most that a request to an operation that is not safe is meant to do
 * @returns a function that throws a TypeError where no answer came, as `fetch` does, and a Problem where the gate did
 * not let a request pass
 */
export function fetchThrough(
  session: Pick<Session, 'ask'>,
  { operations, baseUrl, atMost }: Site & { atMost: Effect },
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { method, url } = request;
    const operation = operationAt(method, pathBelow(url, baseUrl), operations)?.operation;
    const isSafe = operation?.safe ?? false;
    const came = await session.ask({
      request: await asHttpRequest(request),
      operation: operation?.id ?? '',
      identity: 'valid',
      kind: 'operations',
      atMost: isSafe ? 'none' : atMost,
      repeatable: isSafe,
    });
    if (!came.sent)
      throw new Problem('CONFORM_E_REQUEST_NOT_SENT', `${method} was not sent: ${sentenceOf(came.refusal)}`, {
        remedy: 'The write policy of the target in targets.yaml decides what may be sent.',
      });
    const { reply } = came;
    if (reply.kind === 'no-answer') throw new TypeError(`fetch failed: ${reply.code}`);
    const { status, headers, body } = reply;
    return new Response(HAS_NO_BODY.has(status) ? null : new Uint8Array(body), { status, headers });
  };
}

/** `Response` refuses a body for these (Fetch Standard, section 2.2.3). */
const HAS_NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

async function asHttpRequest(request: Request): Promise<HttpRequest> {
  const { method, url, headers } = request;
  const sent = { method, url, headers: Object.fromEntries(headers) };
  if (request.body === null) return sent;
  const body = new Uint8Array(await request.arrayBuffer());
  return { ...sent, body: requestText({ body }) ?? body };
}
