import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { countsAgree } from './counts-agree.js';

const OF = (description: string) =>
  `{ '200': { content: { application/json: { schema: { type: object, properties: { trayCount: { type: integer, description: '${description}' } } } } } } }`;
const PATHS = (description = '') => `
/boats: { get: { responses: ${OF(description)} } }
/boats/{id}: { get: { responses: ${OF(description)} } }
/boats/{id}/trays: { get: {} }`;
const BOAT = { id: 'b1', trayCount: 2, trays: ['a', 'b'] };

test.each<[what: string, body: Json, gives: string]>([
  ['as many', BOAT, 'passed'],
  ['more than it says', { ...BOAT, trayCount: 1 }, 'fewer-than-there'],
  ['less than it says, which may be some of them', { ...BOAT, trayCount: 9 }, 'passed'],
  ['as many, in other words', { numberOfTrays: 2, total_oars: 1, trays: [1, 2], oars: [1] }, 'passed'],
  ['more, in other words', { numberOfTrays: 1, trays: [1, 2] }, 'fewer-than-there'],
  ['more, inside of a member', { deck: { tray_count: 1, trays: [1, 2] } }, 'fewer-than-there'],
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
test.each<[what: string, counts: number[], trays: ReturnType<typeof answer>, gives: string]>([
  ['as many', [2], answer(200, TRAYS), 'passed'],
  ['more', [1], answer(200, TRAYS), 'other-than-listed'],
  ['fewer', [3], answer(200, TRAYS), 'other-than-listed'],
  ['in all, of which a page shows some', [9], answer(200, { ...TRAYS, total: 9 }), 'passed'],
  ['some on a further page', [9], answer(200, { ...TRAYS, next: '/boats/b1/trays?page=2' }), 'inconclusive'],
  ['by now another number', [2, 3, 4], answer(200, TRAYS), 'inconclusive'],
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
