/* global AbortSignal, fetch */
// Holds the description of a server against the server that runs: it is asked directly, without conform.
import { IDS_OF_NOTHING, ITEM_ID, OPERATIONS } from './operations.js';
import { answerOf, lookOf } from './server.js';
import { BASE_PATHS, TOKENS } from './variants.js';

/** @typedef {import('./operations.js').Operation} Operation */
/** @typedef {import('./variants.js').Token} Token */
/** @typedef {{ status: number, type: string, body: string }} Seen */

/** The statuses that an answer can have, by what it is. @type {Readonly<Record<string, readonly number[]>>} */
const STATUSES = {
  success: [200, 201, 204],
  deviating: [200],
  'documented redirect': [302],
  'other redirect': [301],
  'slash redirect': [301, 307, 308],
  invalid: [400, 422],
  crash: [500],
  throttled: [429],
};

/** @type {Readonly<Record<string, number>>} */
const STATUS_OF_LOOK = {
  401: 401,
  403: 403,
  '403 of the application': 403,
  404: 404,
  '404 in other words': 404,
  '404 of the application': 404,
  405: 405,
  page: 200,
};

/** Looks of answers that nobody can distinguish from that of an unknown path, and one that anybody can. */
const COMPARED = [
  '403',
  '403 of the application',
  '404',
  '404 of the application',
  '404 in other words',
  'page',
];

/**
 * @param {import('./server.js').Host} host
 * @param {string} url where it runs
 * @returns {Promise<string[]>} where it answers otherwise than it is described to; none when all is as described
 */
export async function verify(host, url) {
  const base = url + BASE_PATHS[host.variant.base];
  const faults = [];
  for (const token of /** @type {Token[]} */ (Object.keys(TOKENS))) {
    /** What an unknown path says to each method. @type {Map<string, Seen>} */
    const unknown = new Map();
    for (const operation of OPERATIONS) {
      // What changes something is asked where it is refused only.
      const answer = answerOf(host, operation, token);
      if (!operation.safe && answer === 'success') continue;
      const path = pathOf(operation);
      const seen = await ask(base, operation.method, path, token);
      const look = lookOf(host, operation, answer);
      const expected = STATUSES[answer] ?? [STATUS_OF_LOOK[look] ?? 0];
      const name = `${operation.id}, token ${token}`;
      if (!expected.includes(seen.status)) {
        faults.push(`${name}: ${seen.status} instead of ${expected.join(' or ')} (${answer})`);
        continue;
      }
      if (token !== 'good' || !COMPARED.includes(look) || !operation.safe) continue;
      const reference =
        unknown.get(operation.method) ?? (await ask(base, operation.method, '/nothing-like-this', token));
      unknown.set(operation.method, reference);
      const unknownLook = lookOf(host, { ...operation, kind: 'no path' }, 'unknown path');
      const same = isSame(seen, reference);
      if (same !== (look === unknownLook)) {
        faults.push(
          `${name}: its answer is ${same ? 'that' : 'not that'} of an unknown path (${answer}): ${shown(seen)} and ${shown(reference)}`,
        );
      }
    }
  }
  return faults;
}

/** @param {Operation} operation */
function pathOf({ path, id }) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => IDS_OF_NOTHING[name] ?? ITEM_ID);
  return id === 'GET /search' ? `${filled}?q=lamp` : filled;
}

/** @param {string} base @param {string} method @param {string} path @param {Token} token @returns {Promise<Seen>} */
async function ask(base, method, path, token) {
  const value = TOKENS[token];
  const answer = await fetch(base + path, {
    method,
    redirect: 'manual',
    headers: {
      accept: 'application/json',
      ...(value === undefined ? {} : { authorization: `Bearer ${value}` }),
      ...(method === 'GET' || method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{}' }),
    signal: AbortSignal.timeout(10_000),
  });
  // Many answers repeat the path, and some number themselves.
  const text = await answer.text();
  const body = text
    .replaceAll(path, '')
    .replaceAll(path.split('?')[0] ?? '', '')
    .replace(/Request ID: \S+/, '');
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', body };
}

/** @param {Seen} one @param {Seen} other */
function isSame(one, other) {
  return one.status === other.status && one.type === other.type && one.body === other.body;
}

/** @param {Seen} seen */
function shown({ status, type, body }) {
  return `${status} ${type} ${JSON.stringify(body.slice(0, 80))}`;
}
