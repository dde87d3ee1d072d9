import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import { statusOwesHeader } from './status-owes-header.js';

type Reply = ReturnType<typeof answer> | ReturnType<typeof silence>;

const PATHS = `
/boats: { get: {}, post: { x-safe: true } }
/sails: { get: {}, post: { x-safe: true } }
/masts: { get: {} }
`;
/** @param others what came of other requests of the run before */
const on = (options: Reply, others: Reply[] = [], method: 'GET' | 'POST' = 'GET') => {
  const came = [...others];
  return checkOn(statusOwesHeader, {
    ...{ paths: PATHS, operation: 'GET /masts' },
    others: others.map((_, index) => ({
      operation: `${method} ${index % 2 === 0 ? '/boats' : '/sails'}`,
      path: `/${index % 2 === 0 ? 'boats' : 'sails'}?n=${index}`,
    })),
    host: (sent) => {
      if (sent.method === 'OPTIONS') return options;
      return sent.path === '/masts' ? answer(200, []) : (came.shift() ?? answer(200, []));
    },
  });
};
const NO_WORD = answer(204);

test.each<[what: string, options: Reply, gives: string]>([
  ['405 with Allow', answer(405, undefined, { allow: 'GET' }), 'passed'],
  ['405 with an empty Allow', answer(405, undefined, { allow: '' }), 'passed'],
  ['405 without Allow', answer(405), 'no-allow'],
  ...[204, 400, 401, 404, 500].map((status): [string, Reply, string] => [
    `${status}`,
    answer(status),
    'inconclusive',
  ]),
  ['no answer', silence('ECONNRESET'), 'inconclusive'],
])('%s to OPTIONS', async (_, options, gives) => {
  expect((await on(options)).gives).toBe(gives);
});

test.each<[what: string, reply: Reply, gives: string]>([
  ['302 with Location', answer(302, undefined, { location: '/elsewhere' }), 'passed'],
  ['302 without Location', answer(302), 'no-location'],
  ['308 with an empty Location', answer(308, undefined, { location: ' ' }), 'no-location'],
  ['304', answer(304), 'inconclusive'],
  ['426 with Upgrade', answer(426, undefined, { upgrade: 'h2c' }), 'passed'],
  ['426 without Upgrade', answer(426), 'no-upgrade'],
  ['429 with Retry-After', answer(429, undefined, { 'retry-after': '3' }), 'passed'],
  ['429 with when its limit ends', answer(429, undefined, { 'x-ratelimit-reset': '30' }), 'passed'],
  ['429 without', answer(429), 'no-retry-after'],
  ['503 without', answer(503), 'no-retry-after'],
  ['503 with Retry-After', answer(503, undefined, { 'retry-after': '3' }), 'passed'],
  ['500', answer(500), 'inconclusive'],
])('%s, twice in the run', async (_, reply, gives) => {
  expect((await on(NO_WORD, [reply, reply])).gives).toBe(gives);
});

test('what came once only came by chance', async () => {
  expect((await on(NO_WORD, [answer(503)])).gives).toBe('passed');
  expect((await on(NO_WORD, [answer(302), answer(307)])).gives).toBe('passed');
});

test.each<[what: string, body: Json | undefined, headers: Record<string, string>, gives: string]>([
  ['an id', { id: 'k1' }, {}, 'passed'],
  ['an id deep inside', { data: [{ boatId: 7 }] }, {}, 'passed'],
  ['a link', { _links: { self: '/boats/k1' } }, {}, 'passed'],
  ['a Location', undefined, { location: '/boats/k1' }, 'passed'],
  ['a text', 'k1', {}, 'passed'],
  ['an empty body', undefined, {}, 'names-nothing'],
  ['nothing that names it', { message: 'done' }, {}, 'names-nothing'],
  ['a Content-Location', undefined, { 'content-location': '/boats/k1' }, 'passed'],
  ['a number', 7, {}, 'passed'],
  ['truth', true, {}, 'names-nothing'],
  ['null', null, {}, 'names-nothing'],
  ['a list in which one thing has an id', [{ message: 'done' }, { id: 7 }], {}, 'passed'],
  ['a list without one', [{ message: 'done' }], {}, 'names-nothing'],
  ['an id among other members', { message: 'done', id: 7 }, {}, 'passed'],
  ['a list of texts in a member', { done: ['k1'] }, {}, 'passed'],
  ['nothing as far as it is looked at', { a: { a: { a: { a: { message: 'done' } } } } }, {}, 'names-nothing'],
  ['more than is looked at', { a: { a: { a: { a: { a: { message: 'done' } } } } } }, {}, 'passed'],
  ['an id that is null', { id: null }, {}, 'names-nothing'],
])('a creation that is answered with %s', async (_, body, headers, gives) => {
  const reply = answer(201, body, headers);
  expect((await on(NO_WORD, [reply, reply], 'POST')).gives).toBe(gives);
});

test('a creation whose answer is not whole may name it', async () => {
  const cut = answer(201, '{"message":"do', {}, 'cut off');
  expect((await on(NO_WORD, [cut, cut], 'POST')).gives).toBe('passed');
});

test('201 to another method names what was asked', async () => {
  expect((await on(NO_WORD, [answer(201), answer(201)])).gives).toBe('passed');
});

test('says what is missing', async () => {
  expect((await on(NO_WORD, [answer(303), answer(303)])).messages).toEqual([
    'it answers 303 without the header Location, which says where to look',
  ]);
});

test('the last answers that show it are its evidence', async () => {
  const { broken } = await on(NO_WORD, [answer(503), answer(429), answer(429), answer(429)]);
  expect(broken.map(({ code, at }) => [code, at?.seen.map(({ exchange }) => exchange.status)])).toEqual([
    ['no-retry-after', [429, 429]],
  ]);
});

test('whether OPTIONS is answered so is asked for again', async () => {
  const found = await checkOn(statusOwesHeader, {
    ...{ paths: PATHS, operation: 'GET /masts', times: 2 },
    host: ({ method }) => (method === 'OPTIONS' ? answer(405) : answer(200, [])),
  });
  expect(found.calls).toEqual(['OPTIONS /masts']);
});

test.each([405, 426, 503])(
  'of a single %i that the check has not asked for, nothing is said',
  async (status) => {
    expect((await on(NO_WORD, [answer(status)])).gives).toBe('passed');
  },
);
