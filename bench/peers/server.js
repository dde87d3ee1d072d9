/* global Buffer, URL */
// Serves the API as its contract says, without lag, limit or fault, and counts what it is asked.
import { createServer } from 'node:http';
import { COLLECTIONS, PAGE } from './contract.js';

/** How many things each collection holds. */
const COUNT = 5;

/** One moment for all: answers do not vary. */
const MOMENT = '2026-02-03T10:00:00Z';

/**
 * @typedef {object} Served
 * @property {string} url
 * @property {() => { requests: number, operations: Set<string>, writes: number }} takeCount what came since the last call
 * @property {() => Promise<void>} close
 */

/** Starts the server, on a free port of the loopback. @returns {Promise<Served>} */
export async function serve() {
  let count = { requests: 0, operations: new Set(), writes: 0 };
  const server = createServer((request, response) => {
    request.resume();
    const method = request.method ?? '';
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const { operation, status, body, headers } = answerTo(method, url);
    count.requests += 1;
    if (operation && status < 300) count.operations.add(operation);
    if (method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS') count.writes += 1;
    const text = JSON.stringify(body);
    const type = status < 300 ? 'application/json' : 'application/problem+json';
    response.writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(text),
      ...headers,
    });
    response.end(method === 'HEAD' ? undefined : text);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    takeCount() {
      const taken = count;
      count = { requests: 0, operations: new Set(), writes: 0 };
      return taken;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {string} method
 * @param {URL} url
 * @returns {{ operation?: string, status: number, body: unknown, headers?: Record<string, string> }}
 */
function answerTo(method, url) {
  const [, name = '', id, ...rest] = url.pathname.split('/');
  const collection = Object.hasOwn(COLLECTIONS, name) ? COLLECTIONS[name] : undefined;
  if (!collection || rest.length > 0 || id === '') return problem(404, 'There is no such path');
  const allowed = ['GET', 'HEAD', ...(id === undefined && collection.added ? ['POST'] : [])];
  if (!allowed.includes(method))
    return { ...problem(405, 'Not that method'), headers: { allow: allowed.join(', ') } };
  if (method === 'POST') {
    return { operation: `POST /${name}`, status: 201, body: thing(name, COUNT + 1) };
  }
  if (id !== undefined) {
    const number = numberOf(name, id);
    if (number === undefined) return problem(404, 'There is none');
    return { operation: `GET /${name}/{id}`, status: 200, body: thing(name, number) };
  }
  const limit = limitOf(url);
  if (limit === undefined) return problem(400, 'The limit is none');
  const all = Array.from({ length: COUNT }, (_, index) => thing(name, index + 1));
  return { operation: `GET /${name}`, status: 200, body: { items: all.slice(0, limit), total: COUNT } };
}

/** @param {string} name @param {string} id */
function numberOf(name, id) {
  for (let number = 1; number <= COUNT; number++) if (id === `${name}-${number}`) return number;
  return undefined;
}

/** @param {URL} url */
function limitOf(url) {
  const text = url.searchParams.get('limit') ?? String(PAGE.usual);
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= PAGE.most ? limit : undefined;
}

/** @param {string} name @param {number} number */
function thing(name, number) {
  const { one, members } = COLLECTIONS[name] ?? { one: '', members: {} };
  const own = Object.entries(members).map(([member, kind]) => [member, valueOf(kind, number)]);
  return { id: `${name}-${number}`, name: `${one} ${number}`, ...Object.fromEntries(own), changed: MOMENT };
}

/** @param {import('./contract.js').Kind} kind @param {number} number */
function valueOf(kind, number) {
  switch (kind) {
    case 'text':
      return `text ${number}`;
    case 'count':
      return number;
    case 'flag':
      return number % 2 === 0;
    case 'time':
      return MOMENT;
    default:
      return kind[number % kind.length];
  }
}

/** @param {number} status @param {string} title */
function problem(status, title) {
  return { status, body: { title, status } };
}
