import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../clock.js';
import { type ContractOperation, isSafe, operationAt } from './contract.js';
import type { Credential } from './credentials.js';
import { decoded, overrideOf, resolvePath, valueAt, type Incoming } from './incoming.js';
import { listen, type Listening } from './listen.js';
import type { Seen } from './seen.js';
import type { Store, Touch } from './store.js';
import { RETRY_AFTER, validBody, type Answer } from './vendor.js';

/** What a server needs to judge what it sees. */
export interface Knowledge {
  operations: readonly ContractOperation[];
  credential: Credential;
  prefix: readonly string[];
  store: Pick<Store, 'has' | 'wasMade' | 'takeTouched'> | undefined;
}

/** The list of all that the servers of one set-up saw, in the order of arrival. */
export class Log {
  readonly seen: Seen[] = [];
  #next = 0;

  constructor(readonly clock: Pick<Clock, 'ticks'>) {}

  /** The next place in the order. */
  next(): number {
    return (this.#next += 1);
  }
}

/** How long an answer takes, so that requests that are sent together are seen together. */
const READ_TAKES_MS = 2;
const WRITE_TAKES_MS = 3;

/** Starts a server that notes each request in a log and then answers it. */
export async function record(options: {
  name: Seen['server'];
  log: Log;
  knows: Knowledge;
  answer: (incoming: Incoming) => Answer;
}): Promise<Listening> {
  const { name, log, knows, answer } = options;
  const underWay = new Set<{ seen: Seen; collection: string; isRead: boolean }>();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const early = incomingOf(request, '');
    const seen = judged(early, { name, log, knows });
    log.seen.push(seen);
    const path = resolvePath(early.url, knows.prefix).segments;
    const own = { seen, collection: collectionOf(path), isRead: !seen.unsafe && !seen.isToken };
    for (const other of underWay) meet(own, other);
    underWay.add(own);
    const incoming = { ...early, body: await read(request) };
    Object.assign(seen, judgedBody(incoming, seen, knows));
    const { status, headers, body } = answer(incoming);
    seen.status = status;
    seen.retryAfter = status === 429 ? RETRY_AFTER : undefined;
    seen.touched = knows.store?.takeTouched() ?? [];
    await wait(seen.unsafe ? WRITE_TAKES_MS : READ_TAKES_MS);
    underWay.delete(own);
    seen.answered = log.next();
    response.writeHead(status, {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    });
    response.end(
      body === undefined || request.method === 'HEAD' || status === 204 ? undefined : JSON.stringify(body),
    );
  };
  return listen((request, response) => {
    handle(request, response).catch(() => {
      response.destroy();
    });
  });
}

function incomingOf(request: IncomingMessage, body: string): Incoming {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return { method: request.method ?? '', url: request.url ?? '/', headers, body };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** What can be said as soon as the head of a request is there. */
function judged(
  incoming: Incoming,
  { name, log, knows }: { name: Seen['server']; log: Log; knows: Knowledge },
): Seen {
  const { credential, operations, prefix, store } = knows;
  const { segments, slash } = resolvePath(incoming.url, prefix);
  const operation = operationAt(operations, incoming.method, segments);
  const overrides = overrideOf(incoming) !== undefined;
  const path = segments[0] === 'v1' ? segments.slice(1) : segments;
  const heads = path.map((_, index) => path.slice(0, index + 1).join('/'));
  const places = [{ in: 'header', name: 'authorization' } as const, ...credential.places];
  const values = places.map((place) => valueAt(incoming, place) ?? null);
  return {
    arrived: log.next(),
    answered: undefined,
    at: log.clock.ticks(),
    server: name,
    method: incoming.method,
    url: incoming.url,
    body: '',
    status: undefined,
    retryAfter: undefined,
    isToken: incoming.method === 'POST' && segments.join('/') === credential.token?.path,
    operation,
    unsafe: overrides || !isSafe(incoming.method, slash, operation),
    overrides,
    carriesSecret: false,
    presented: values.some((value) => value !== null) ? JSON.stringify(values) : undefined,
    allowed: 'no body is known',
    hasId:
      operation === undefined ? path.length > 1 : operation.segments.some((segment) => segment === undefined),
    existing: heads.filter((head) => store?.has(head)),
    own: store?.wasMade(path.join('/')) ?? false,
    touched: [],
    overlaps: [],
  };
}

/** What can be said when the body is there too. */
function judgedBody(
  incoming: Incoming,
  { operation }: Seen,
  { credential }: Knowledge,
): Pick<Seen, 'body' | 'carriesSecret' | 'allowed'> {
  const { url, headers, body } = incoming;
  const texts = [url, body, ...Object.values(headers)];
  const all = [...texts, ...texts.map(decoded)];
  return {
    body,
    carriesSecret: credential.secrets().some((secret) => all.some((text) => text.includes(secret))),
    allowed:
      operation?.body === undefined
        ? 'no body is known'
        : validBody(incoming, operation.body)
          ? 'valid'
          : 'forbidden',
  };
}

/** The collection that a path is about, with all that is below its records; `*` for what is about everything. */
function collectionOf(path: readonly string[]): string {
  const [first] = path[0] === 'v1' ? path.slice(1) : path;
  return first === undefined || ['admin', 'shutdown', 'export'].includes(first) ? '*' : first;
}

/** Notes that a request that could change something met a read that could see it. */
function meet(
  one: { seen: Seen; collection: string; isRead: boolean },
  other: { seen: Seen; collection: string; isRead: boolean },
): void {
  const [write, read] = one.seen.unsafe ? [one, other] : [other, one];
  if (!write.seen.unsafe || write.seen.isToken || !read.isRead) return;
  const together = write.collection === read.collection || write.collection === '*';
  if (together) write.seen.overlaps.push(`${read.seen.method} ${read.seen.url}`);
}

/** The types of what a request has touched, in words. */
export function touchedInWords(touched: readonly Touch[]): string {
  const counts = new Map<string, number>();
  for (const { how } of touched) counts.set(how, (counts.get(how) ?? 0) + 1);
  const [first] = touched;
  return [...counts].map(([how, count]) => `${how} ${count === 1 ? (first?.path ?? '') : count}`).join(', ');
}
