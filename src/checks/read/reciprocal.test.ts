import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { reciprocal } from './reciprocal.js';

const OF = (name: string) =>
  `{ '200': { content: { application/json: { schema: { type: object, properties: { ${name}: {} } } } } } }`;
const LIMIT = '[{ name: limit, in: query, schema: { type: integer, maximum: 50 } }]';
const PATHS = `
/boats: { get: { parameters: ${LIMIT}, responses: ${OF('hullId')} } }
/boats/{id}: { get: {} }
/hulls: { get: { parameters: ${LIMIT}, responses: ${OF('boatId')} } }
/hulls/{id}: { get: {} }`;
const OTHERS = [
  { operation: 'GET /boats/{id}', path: '/boats/b1' },
  { operation: 'GET /hulls', path: '/hulls?limit=1' },
  { operation: 'GET /hulls/{id}', path: '/hulls/h1' },
];

/** Things of two collections, so many of each. */
interface Fleet {
  boats: JsonObject[];
  hulls: JsonObject[];
}
const fleet = (
  size: number,
  boat: (number: number) => JsonObject,
  hull: (number: number) => JsonObject,
): Fleet => ({
  boats: Array.from({ length: size }, (_, index) => ({ id: `b${index + 1}`, ...boat(index + 1) })),
  hulls: Array.from({ length: size }, (_, index) => ({ id: `h${index + 1}`, ...hull(index + 1) })),
});
const toHull = (number: number) => ({ hullId: `h${number}` });
const toBoat = (number: number) => ({ boatId: `b${number}` });
/** One hull names another boat than all others do. */
const butOne = (other: JsonObject) => (number: number) => (number === 7 ? other : toBoat(number));

const on = (
  things: Fleet,
  more: Partial<CheckedHost> = {},
  read: (thing: JsonObject) => Json = (thing) => thing,
) =>
  checkOn(reciprocal, {
    ...{ paths: PATHS, operation: 'GET /boats', path: '/boats?limit=1', others: OTHERS },
    host: ({ path, url }: Sent) => {
      const [, collection, id] = /^\/(boats|hulls)(?:\/([^?]+))?/.exec(path) ?? [];
      const all = collection === 'hulls' ? things.hulls : things.boats;
      if (id === undefined)
        return answer(200, all.slice(0, Number(new URL(url).searchParams.get('limit') ?? 99)));
      const found = all.find((one) => one['id'] === id);
      return found ? answer(200, read(found)) : answer(404);
    },
    ...more,
  });

const PAIRS = fleet(25, toHull, toBoat);
const ONE_WRONG = fleet(25, toHull, butOne({ boatId: 'b8' }));
const crews = (crew: (number: number) => string[]) =>
  fleet(
    40,
    (number) => ({ hullId: `h${Math.ceil(number / 2)}` }),
    (number) => ({ boatIds: crew(number) }),
  );
const crewOf = (number: number) => [`b${2 * number - 1}`, `b${2 * number}`];

test.each<[what: string, things: Fleet, gives: string]>([
  ['all name each other', PAIRS, 'passed'],
  ['name each other but for one, which names another one', ONE_WRONG, 'one-sided'],
  [
    'name each other but for one, which leaves it open',
    fleet(25, toHull, butOne({ boatId: null })),
    'passed',
  ],
  ['name each other but for one, which does not say it', fleet(25, toHull, butOne({})), 'passed'],
  [
    'name each other but for one, which is not there',
    { ...PAIRS, hulls: PAIRS.hulls.filter(({ id }) => id !== 'h7') },
    'passed',
  ],
  [
    'name each other but for one, which names it elsewhere',
    fleet(25, toHull, butOne({ boatId: 'b8', owner: 'b7' })),
    'passed',
  ],
  [
    'name each other but for two of them',
    fleet(25, toHull, (number) => toBoat(number < 3 ? 9 : number)),
    'inconclusive',
  ],
  ['do not name each other', fleet(25, toHull, (number) => toBoat(26 - number)), 'inconclusive'],
  ['are few, and all name each other', fleet(19, toHull, toBoat), 'inconclusive'],
  ['are few', fleet(19, toHull, butOne({ boatId: 'b8' })), 'inconclusive'],
  ['name others that do not name them', fleet(25, toHull, () => ({})), 'not-applicable'],
  ['name nothing', fleet(25, () => ({}), toBoat), 'not-applicable'],
  ['are listed in full', crews(crewOf), 'passed'],
  [
    'are listed in full but for one',
    crews((number) => (number === 7 ? ['b13'] : crewOf(number))),
    'one-sided',
  ],
  [
    'are listed but for a list of nothing',
    crews((number) => (number === 7 ? [] : crewOf(number))),
    'one-sided',
  ],
  [
    'are listed but for one, in a list that may be cut',
    crews((number) => (number === 7 ? ['b13', 'b99'] : crewOf(number))),
    'passed',
  ],
])('things of two lists that %s', async (_, things, gives) => {
  expect((await on(things)).gives).toBe(gives);
});

test('things that are wrapped, and name each other with their types', async () => {
  const wrapped = (wrong: number): Fleet => {
    const { boats, hulls } = fleet(
      25,
      (number) => ({ hull: { reference: `Hull/h${number}` } }),
      (number) => ({ boat: { reference: `Boat/b${number === wrong ? 8 : number}` } }),
    );
    return { boats, hulls };
  };
  const host =
    (things: Fleet) =>
    ({ path }: Sent) => {
      const [, collection, id] = /^\/(boats|hulls)(?:\/([^?]+))?/.exec(path) ?? [];
      const all = collection === 'hulls' ? things.hulls : things.boats;
      const entry = all.map((resource) => ({ resource }));
      return id === undefined
        ? answer(200, { resourceType: 'Bundle', entry })
        : answer(200, all.find((one) => one['id'] === id) ?? null);
    };
  expect((await on(PAIRS, { host: host(wrapped(0)) })).gives).toBe('passed');
  expect((await on(PAIRS, { host: host(wrapped(7)) })).gives).toBe('one-sided');
});

test('what the reads of the two things do not show is not said', async () => {
  const right = (thing: JsonObject) => (thing['id'] === 'h7' ? { ...thing, boatId: 'b7' } : thing);
  expect((await on(ONE_WRONG, {}, right)).gives).toBe('inconclusive');
  expect((await on(ONE_WRONG, {}, ({ id = null }) => ({ id }))).gives).toBe('inconclusive');
});

test('two pages and two reads are asked for, and no more than the contract allows', async () => {
  expect((await on(ONE_WRONG)).calls).toEqual([
    'GET /boats?limit=50',
    'GET /hulls?limit=50',
    'GET /boats/b7',
    'GET /hulls/h7',
  ]);
  expect((await on(PAIRS)).calls).toEqual(['GET /boats?limit=50', 'GET /hulls?limit=50']);
});

test('where the other list was not read in the run, nothing is asked', async () => {
  const others = OTHERS.filter(({ operation }) => operation !== 'GET /hulls');
  expect(await on(PAIRS, { others })).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('no value of an answer is shown', async () => {
  const { sent, messages } = await on(ONE_WRONG);
  expect(sent.map(({ shown }) => shown).join(' ')).not.toMatch(/[bh]7/);
  expect(messages).toEqual([
    'the member hullId names a thing whose member boatId does not name the first one back, as it does in 24 of 25 such pairs',
  ]);
});

test('twenty pairs are a rule', async () => {
  expect((await on(fleet(20, toHull, toBoat))).gives).toBe('passed');
});

test.each<[what: string, things: Fleet, gives: string]>([
  [
    'names it elsewhere with its type',
    fleet(25, toHull, butOne({ boatId: 'b8', owner: 'Boat/b7' })),
    'passed',
  ],
  ['is a list of what names nothing', crews((number) => (number === 7 ? [''] : crewOf(number))), 'passed'],
])('a thing that is named and %s', async (_, things, gives) => {
  expect((await on(things)).gives).toBe(gives);
});

test('only things with ids are compared', async () => {
  const boats = [...PAIRS.boats, { hullId: 'h1' }];
  expect((await on({ boats, hulls: [...PAIRS.hulls, { boatId: 'b1' }] })).gives).toBe('passed');
});

test.each<[what: string, read: (thing: JsonObject) => Json]>([
  ['shows another thing', (thing) => (thing['id'] === 'b7' ? { ...thing, id: 'b99' } : thing)],
  ['names another thing by now', (thing) => (thing['id'] === 'b7' ? { ...thing, hullId: 'h9' } : thing)],
  ['does not say what it names', (thing) => (thing['id'] === 'h7' ? { id: 'h7' } : thing)],
])('a read that %s does not show what the lists show', async (_, read) => {
  expect((await on(ONE_WRONG, {}, read)).gives).toBe('inconclusive');
});

const answering = (to: (path: string) => Answer | NoAnswer | undefined) =>
  on(ONE_WRONG, {
    host: ({ path }: Sent) => {
      const all = path.startsWith('/hulls') ? ONE_WRONG.hulls : ONE_WRONG.boats;
      const [, , id] = path.split('/');
      if (path.endsWith('limit=1')) return answer(200, all.slice(0, 1));
      return to(path) ?? answer(200, id === undefined ? all : (all.find((one) => one['id'] === id) ?? null));
    },
  });

test('what is not read, and what is an error, shows nothing', async () => {
  expect((await answering(() => undefined)).gives).toBe('one-sided');
  for (const other of [answer(404), silence('ECONNRESET'), answer(500, ONE_WRONG.boats[6])])
    expect((await answering((path) => (path === '/boats/b7' ? other : undefined))).gives).toBe(
      'inconclusive',
    );
  for (const other of [answer(404), silence('ECONNRESET'), answer(500, ONE_WRONG.hulls)])
    expect((await answering((path) => (path.startsWith('/hulls?') ? other : undefined))).gives).toBe(
      'inconclusive',
    );
});

test('a page without a size that the contract bounds is one of a hundred', async () => {
  const paths = PATHS.replaceAll(', maximum: 50', '');
  expect((await on(PAIRS, { paths })).calls).toEqual(['GET /boats?limit=100', 'GET /hulls?limit=100']);
  const none = PATHS.replaceAll(LIMIT, '[]');
  expect((await on(PAIRS, { paths: none })).calls).toEqual(['GET /boats?limit=1', 'GET /hulls?limit=1']);
});

test('of several members that name the same, each is looked at, and few of them', async () => {
  const two = fleet(
    25,
    (number) => ({ ...toHull(number), deck: { hullId: number < 5 ? `h${number}` : null } }),
    butOne({ boatId: 'b8' }),
  );
  expect((await on(two)).gives).toBe('one-sided');
  const three = fleet(25, toHull, (number) => ({
    ...{ bow: toBoat(number), mid: toBoat(number) },
    stern: toBoat(number === 7 ? 8 : number),
  }));
  expect((await on(three)).gives).toBe('passed');
});

test('other lists, and what they name as well, do not matter', async () => {
  const paths = `${PATHS}
/ports: { get: {} }
/ports/{id}: { get: {} }`;
  const others = [
    { operation: 'GET /ports', path: '/ports' },
    { operation: 'GET /ports/{id}', path: '/ports/p1' },
    ...OTHERS,
  ];
  const things = fleet(25, toHull, (number) => ({ portId: 'p1', dock: { portId: 'p1' }, ...toBoat(number) }));
  const found = await on(things, {
    ...{ paths, others },
    host: ({ path }) =>
      answer(
        200,
        path === '/ports'
          ? []
          : path.startsWith('/ports/')
            ? { id: 'p1' }
            : path.startsWith('/hulls')
              ? things.hulls
              : things.boats,
      ),
  });
  expect(found.gives).toBe('passed');
});

test('what may have changed since others asked is asked for again', async () => {
  expect((await on(ONE_WRONG, { times: 2 })).calls).toEqual(['GET /boats/b7', 'GET /hulls/h7']);
});

test('a third relation is not looked at', async () => {
  const three = fleet(25, toHull, (number) => ({
    ...{
      bow: { boatId: number === 7 ? null : `b${number}` },
      mid: { boatId: number === 7 ? null : `b${number}` },
    },
    stern: toBoat(number === 7 ? 8 : number),
  }));
  expect((await on(three)).gives).toBe('passed');
});

test('a thing without an id in the answer of the run is passed over', async () => {
  const boats = [{ hullId: 'h9' }, ...PAIRS.boats];
  expect((await on({ ...PAIRS, boats }, { path: '/boats?limit=2' })).gives).toBe('passed');
});

test('a list of nothing within another member names nothing', async () => {
  const within = fleet(
    40,
    (number) => ({ hullId: `h${Math.ceil(number / 2)}` }),
    (number) => ({ crew: { boatIds: number === 7 ? [] : crewOf(number) } }),
  );
  expect((await on(within)).gives).toBe('one-sided');
});

test('only the longest list may be cut', async () => {
  const three = crews((number) =>
    number === 1 ? [...crewOf(1), 'b3'] : number === 7 ? ['b13', 'b99'] : crewOf(number),
  );
  expect((await on(three)).gives).toBe('one-sided');
});

test('a read that shows nothing with an id does not show what the lists show', async () => {
  const found = await on(ONE_WRONG, {}, (thing) => (thing['id'] === 'h7' ? { size: 1 } : thing));
  expect(found.gives).toBe('inconclusive');
});
