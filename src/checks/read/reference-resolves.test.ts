import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { referenceResolves } from './reference-resolves.js';

const OF = (name: string) =>
  `{ '200': { content: { application/json: { schema: { type: object, properties: { ${name}: {} } } } } } }`;
const PATHS = `
/trays: { get: { responses: ${OF('boatId')} } }
/boats/{id}: { get: {} }`;
const OTHERS = [{ operation: 'GET /boats/{id}', path: '/boats/b1' }];
const TRAYS = [
  { id: 't1', boatId: 'b1' },
  { id: 't2', boatId: 'b7' },
  { id: 't3', boatId: 'b8' },
];

type Boats = (id: string) => ReturnType<typeof answer>;
const among =
  (...ids: string[]): Boats =>
  (id) =>
    ids.includes(id) ? answer(200, { id }) : answer(404, { message: 'none' });

const on = (boats: Boats, trays: Json = TRAYS, more: Partial<CheckedHost> = {}) =>
  checkOn(referenceResolves, {
    ...{ paths: PATHS, operation: 'GET /trays', others: OTHERS },
    host: ({ path }: Sent) =>
      path.startsWith('/boats/') ? boats(path.slice('/boats/'.length)) : answer(200, trays),
    ...more,
  });
/** What is answered for what is referred to, while the boat that is known can be read. */
const butFor = (reply: ReturnType<typeof answer>): Boats => {
  return (id) => (id === 'b1' ? answer(200, { id }) : reply);
};
const APART = TRAYS.slice(1);

test.each<[what: string, boats: Boats, trays: Json, gives: string]>([
  ['can be read', among('b1', 'b7', 'b8'), TRAYS, 'passed'],
  ['is there for the first one', among('b1'), TRAYS, 'passed'],
  ['is nowhere', among('b1'), APART, 'leads-nowhere'],
  ['is gone', butFor(answer(410)), APART, 'leads-nowhere'],
  ['is one, and was removed', among('b1'), TRAYS.slice(1, 2), 'not-applicable'],
  ['is forbidden', butFor(answer(403)), APART, 'inconclusive'],
  ['is the same one', among('b1'), [APART[0] ?? null, { id: 't9', boatId: 'b7' }], 'not-applicable'],
  [
    'stands for nothing',
    among('b1'),
    [
      { id: 't1', boatId: null },
      { id: 't2', boatId: 'none' },
      { id: 't3', boatId: '0' },
    ],
    'not-applicable',
  ],
  [
    'has another form than the ids that are known',
    among('b1'),
    [
      { id: 't1', boatId: 17 },
      { id: 't2', boatId: 18 },
    ],
    'not-applicable',
  ],
  ['is in a list of ids', among('b1'), { id: 't1', boatIds: ['b7', 'b8'] }, 'leads-nowhere'],
  [
    'is named with its type',
    among('b1'),
    [{ hull: { reference: 'Boat/b7' } }, { hull: { reference: 'Boat/b8' } }],
    'leads-nowhere',
  ],
  [
    'is named with another type',
    among('b1'),
    [{ hull: { reference: 'Crew/b7' } }, { hull: { reference: 'Crew/b8' } }],
    'not-applicable',
  ],
  [
    'cannot be read at all',
    (id) => answer(id === 'b1' && first() ? 200 : 404, { id }),
    APART,
    'inconclusive',
  ],
  ...[400, 401, 429, 500].map((status): [string, Boats, Json, string] => [
    `is answered with ${status}`,
    butFor(answer(status)),
    APART,
    'inconclusive',
  ]),
  ['breaks off', butFor(answer(200, '{"a"', {}, 'cut off')), APART, 'inconclusive'],
])('what a thing refers to %s', async (_, boats, trays, gives) => {
  expect((await on(boats, trays)).gives).toBe(gives);
});

/** Whether it is asked for the first time. */
const first = (() => {
  let asked = 0;
  return () => asked++ === 0;
})();

test('where two reads could be meant, or the read has not worked, nothing is followed', async () => {
  const two = await on(among('b1'), APART, { paths: `${PATHS}\n/old/boats/{id}: { get: {} }` });
  expect(two).toMatchObject({ gives: 'not-applicable', calls: [] });
  expect(await on(among('b1'), APART, { others: [] })).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('what is below a thing, or is read by a name, is not that thing', async () => {
  const below = await on(among('b1'), APART, { paths: `${PATHS}\n/oars/{boat_id}: { get: {} }` });
  expect(below.gives).toBe('leads-nowhere');
  const paths = PATHS.replace('{id}', '{name}');
  const others = [{ operation: 'GET /boats/{name}', path: '/boats/b1' }];
  expect(await on(among('b1'), APART, { paths, others })).toMatchObject({
    gives: 'not-applicable',
    calls: [],
  });
});

test('a link of the contract says what is referred to', async () => {
  const links = (name: string, place: number) =>
    `${name}: { operationRef: '#/paths/~1boats~1{id}/get', parameters: { id: '$response.body#/${place}/hull' } }`;
  const found = await on(among('b1'), [{ hull: 'b7' }, { hull: 'b8' }], {
    paths: `
/trays: { get: { responses: { '200': { links: { ${links('one', 0)}, ${links('other', 1)} } } } } }
/boats/{id}: { get: {} }`,
  });
  expect(found.gives).toBe('leads-nowhere');
});

test('no value of an answer is shown', async () => {
  const { sent, messages } = await on(among('b1'), APART);
  expect(sent.map(({ shown }) => shown).join(' ')).not.toMatch(/b7|b8/);
  expect(messages).toEqual([
    'the member boatId names two different things that are answered with 404 where they are read by their ids',
  ]);
});

const tray = (...ids: string[]) => ids.map((boatId, index) => ({ id: `t${index}`, boatId }));

test('two things that are not there are enough, and the known one is asked for once more', async () => {
  const { calls, sent } = await on(among('b1'), tray('b7', 'b8', 'b9'));
  expect(calls).toEqual(['GET /boats/b7', 'GET /boats/b8', 'GET /boats/b1']);
  expect(sent[0]?.shown).toBe('https://api.shop.example/boats/boats-1');
  expect((await on(among('b1'), APART, { times: 2 })).calls).toEqual(['GET /boats/b1']);
});

test('no more things are asked for than a check may ask', async () => {
  const apart = ['boatId', 'boat_id', 'BoatId'].flatMap((name, index) => [
    { id: `a${index}`, [name]: `b${index + 2}` },
    { id: `c${index}`, [name]: `b${index + 12}` },
  ]);
  const second = await on((id) => answer(id.length > 2 || id === 'b1' ? 200 : 404, { id }), apart);
  expect(second.calls).toEqual(['b2', 'b12', 'b3', 'b13'].map((id) => `GET /boats/${id}`));
});
