import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { countsAgree } from './counts-agree.js';

const OF = (description: string) =>
  `{ '200': { content: { application/json: { schema: { type: object, properties: { trayCount: { type: integer, description: '${description}' } } } } } } }`;
const PATHS = (description = '') => `
/boats: { get: { responses: ${OF(description)} } }
/boats/{id}: { get: { responses: ${OF(description)} } }
/boats/{id}/trays: { get: {} }`;
const BOAT = { id: 'b1', trayCount: 2, trays: ['a', 'b'] };

const inside = (levels: number, value: Json): Json =>
  levels === 0 ? value : { deck: inside(levels - 1, value) };
const lists = (levels: number, value: Json): Json => (levels === 0 ? value : [lists(levels - 1, value)]);

test.each<[what: string, body: Json, gives: string]>([
  ['as many', BOAT, 'passed'],
  ['more than it says', { ...BOAT, trayCount: 1 }, 'fewer-than-there'],
  ['less than it says, which may be some of them', { ...BOAT, trayCount: 9 }, 'passed'],
  ['as many, in other words', { numberOfTrays: 2, total_oars: 1, trays: [1, 2], oars: [1] }, 'passed'],
  ['more, in other words', { numberOfTrays: 1, trays: [1, 2] }, 'fewer-than-there'],
  ['more, inside of a member', { deck: { tray_count: 1, trays: [1, 2] } }, 'fewer-than-there'],
  ['more, seven levels down', inside(6, { trayCount: 1, trays: [1, 2] }), 'fewer-than-there'],
  ['more, eight levels down', inside(7, { trayCount: 1, trays: [1, 2] }), 'not-applicable'],
  ['more, in lists of lists', { decks: [[{ trayCount: 1, trays: [1, 2] }]] }, 'fewer-than-there'],
  ['more, in lists that are too deep', lists(7, { trayCount: 1, trays: [1, 2] }), 'not-applicable'],
  ['some where it says none', { trayCount: 0, trays: [1, 2] }, 'fewer-than-there'],
  ['less than none', { trayCount: -1, trays: [1, 2] }, 'not-applicable'],
  ['a part of one', { trayCount: 1.5, trays: [1, 2] }, 'not-applicable'],
  ['the most that there may be', { maxNumOfTrays: 1, trays: [1, 2] }, 'not-applicable'],
  ['a bound of a count', { trayCountLimit: 1, trays: [1, 2] }, 'not-applicable'],
  ['a short word', { oarCount: 1, oars: [1, 2] }, 'fewer-than-there'],
  ['too short a word', { ahCount: 1, ahs: [1, 2] }, 'not-applicable'],
  ['a number that counts nothing', { size: 3, trayCount: 2, trays: [1, 2] }, 'passed'],
  ['what it counts elsewhere', { trayCount: 3, decks: [] }, 'not-applicable'],
  ['something else', { trayCount: 1, oars: [1, 2] }, 'not-applicable'],
  ['no number', { trayCount: null, trays: [1, 2] }, 'not-applicable'],
])('a thing that has %s', async (_, body, gives) => {
  const of = { paths: PATHS(), operation: 'GET /boats/{id}', path: '/boats/b1' };
  expect((await checkOn(countsAgree, { ...of, host: () => answer(200, body) })).gives).toBe(gives);
});

test.each<[what: string, counts: number[], gives: string]>([
  ['count what they have', [1, 2, 3], 'passed'],
  ['all count one more than they have', [2, 3, 4], 'more-than-there'],
  ['count more where they have the most that is shown', [1, 2, 9], 'passed'],
  ['count more at one of them', [1, 9, 3], 'passed'],
  ['count more at one of them and where they have the most', [1, 9, 9], 'passed'],
])('things of a list that %s', async (_, counts, gives) => {
  const data = counts.map((trayCount, index) => ({
    ...{ id: `b${index}`, trayCount },
    trays: Array.from({ length: index + 1 }, () => 'tray'),
  }));
  const of = { paths: PATHS(), operation: 'GET /boats', host: () => answer(200, { data }) };
  expect((await checkOn(countsAgree, of)).gives).toBe(gives);
});

test('how many things a list has in all is not counted here', async () => {
  const of = { paths: PATHS(), operation: 'GET /boats' };
  const host = () => answer(200, { boatCount: 1, boats: [{ id: 'b1' }, { id: 'b2' }] });
  expect((await checkOn(countsAgree, { ...of, host })).gives).toBe('not-applicable');
});

test.each(['About how many trays it has', 'Unread trays', 'The maximum of trays'])(
  'what is described as “%s” need not be exact',
  async (description) => {
    const of = { paths: PATHS(description), operation: 'GET /boats/{id}', path: '/boats/b1' };
    const host = () => answer(200, { ...BOAT, trayCount: 1 });
    expect((await checkOn(countsAgree, { ...of, host })).gives).toBe('not-applicable');
  },
);

const TRAYS = { data: [{ id: 't1' }, { id: 't2' }] };
test.each<[what: string, counts: number[], trays: Answer | NoAnswer, gives: string]>([
  ['as many', [2], answer(200, TRAYS), 'passed'],
  ['more', [1], answer(200, TRAYS), 'other-than-listed'],
  ['fewer', [3], answer(200, TRAYS), 'other-than-listed'],
  ['in all, of which a page shows some', [9], answer(200, { ...TRAYS, total: 9 }), 'passed'],
  ['some on a further page', [9], answer(200, { ...TRAYS, next: '/boats/b1/trays?page=2' }), 'inconclusive'],
  ['by now another number', [2, 3, 4], answer(200, TRAYS), 'inconclusive'],
  ['an error that shows as many', [2], answer(500, TRAYS), 'inconclusive'],
  ['no answer', [2], silence('ECONNRESET'), 'inconclusive'],
  ...[400, 401, 404, 429, 500].map((status): [string, number[], ReturnType<typeof answer>, string] => [
    `no list but ${status}`,
    [2],
    answer(status),
    'inconclusive',
  ]),
  ['a list that is cut off', [2], answer(200, '{"a"', {}, 'cut off'), 'inconclusive'],
])('a list below a thing that has %s', async (_, counts, trays, gives) => {
  let [asked, listed] = [0, 0];
  const host = ({ path }: Sent) => {
    if (path.endsWith('/trays')) return listed++ === 0 ? answer(200, TRAYS) : trays;
    return answer(200, { id: 'b1', trayCount: counts[asked++] ?? counts.at(-1) ?? 0 });
  };
  const found = await checkOn(countsAgree, {
    ...{ paths: PATHS(), operation: 'GET /boats/{id}', path: '/boats/b1' },
    others: [{ operation: 'GET /boats/{id}/trays', path: '/boats/b1/trays' }],
    host,
  });
  expect(found.gives).toBe(gives);
});

const TRAY_LIST = { operation: 'GET /boats/{id}/trays', path: '/boats/b1/trays/' };
const boatWith = (host: (sent: Sent) => Answer | NoAnswer, more: { paths?: string; times?: number } = {}) =>
  checkOn(countsAgree, {
    ...{ paths: PATHS(), operation: 'GET /boats/{id}', path: '/boats/b1/', others: [TRAY_LIST] },
    host: (sent) => (sent.path.includes('trays') ? answer(200, TRAYS) : host(sent)),
    ...more,
  });

test('what may have changed since others asked is asked for again', async () => {
  const { calls } = await boatWith(() => answer(200, { trayCount: 2 }), { times: 2 });
  expect(calls).toEqual(['GET /boats/b1/', 'GET /boats/b1/trays/', 'GET /boats/b1/']);
});

test.each([answer(500, { trayCount: 9 }), silence('ECONNRESET'), answer(200, [9])])(
  'a thing that is not read again is not compared',
  async (again) => {
    let asked = 0;
    const { gives } = await boatWith(() => (asked++ === 0 ? answer(200, { trayCount: 9 }) : again));
    expect(gives).toBe('inconclusive');
  },
);

test('of a list that a page may show a part of, it is not known how many it has', async () => {
  const size = '{ parameters: [{ name: limit, in: query, schema: { type: integer } }] }';
  const page = size.replace('limit', 'page');
  for (const parameters of [size, page])
    expect(
      (
        await boatWith(() => answer(200, { trayCount: 9 }), {
          paths: PATHS().replace('trays: { get: {} }', () => `trays: { get: ${parameters} }`),
        })
      ).gives,
    ).toBe('inconclusive');
});

test.each<[what: string, operation: string, path: string, body: Json]>([
  ['a list', 'GET /boats', '/boats', { trayCount: 9, data: [{ id: 'b1' }] }],
  ['what is read by POST', 'POST /boats', '/boats', { trayCount: 9 }],
  ['a thing that counts something else', 'GET /boats/{id}', '/boats/b1', { oarCount: 9 }],
])('%s is not compared with what is below it', async (_, operation, path, body) => {
  const of = { operation, path, others: [{ operation: 'GET /boats/trays', path: `${path}/trays` }] };
  const found = await checkOn(countsAgree, {
    ...of,
    paths: `
/boats: { get: {}, post: { x-safe: true } }
/boats/trays: { get: {} }
/boats/{id}: { get: {} }`,
    host: (sent) => answer(200, sent.path.endsWith('trays') ? TRAYS : body),
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('a thing is only compared with what is below it', async () => {
  const host = ({ path }: Sent) => answer(200, path.includes('trays') ? TRAYS : { trayCount: 9 });
  const elsewhere = [
    { operation: 'GET /boats/{id}/trays', path: '/boats/b2/trays' },
    { operation: 'GET /boats/{id}/trays/{tray}', path: '/boats/b1/trays/t1' },
  ];
  const found = await checkOn(countsAgree, {
    ...{ paths: `${PATHS()}\n/boats/{id}/trays/{tray}: { get: {} }`, operation: 'GET /boats/{id}' },
    ...{ path: '/boats/b1', others: elsewhere, host },
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});
