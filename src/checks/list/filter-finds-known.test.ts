import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { filterFindsKnown } from './filter-finds-known.js';

const PATHS = '/boats: { get: { parameters: [{ name: name, in: query, schema: { type: string } }] } }';
const BOATS = [
  { id: 1, name: 'Anna' },
  { id: 2, name: 'Möwe & Co' },
  { id: 3, name: 'Otter' },
];
type Host = (value: string | null) => ReturnType<typeof answer>;
const among = (boats: typeof BOATS, keeps: (name: string, value: string) => boolean): Host => {
  return (value) => answer(200, { data: boats.filter(({ name }) => value === null || keeps(name, value)) });
};
const plainOr = (other: ReturnType<typeof answer>): Host => {
  return (value) => (value === null ? answer(200, { data: BOATS }) : other);
};

test.each<[what: string, host: Host, gives: string]>([
  ['finds it', among(BOATS, (name, value) => name === value), 'passed'],
  [
    'finds all that begins so, in any case',
    among(BOATS, (name, value) => name.toLowerCase().startsWith(value.toLowerCase())),
    'passed',
  ],
  [
    'cannot read letters beyond ASCII',
    among(BOATS, (name, value) => name === value.replace(/[^ -~]/, '?')),
    'not-found-again',
  ],
  ['cannot read “&”', among(BOATS, (name, value) => name === value.split('&')[0]), 'not-found-again'],
  ['finds another one', plainOr(answer(200, { data: [{ id: 9, name: 'Möwe & Co' }] })), 'not-found-again'],
  ['has a next page', plainOr(answer(200, { data: [{ id: 9 }], next: '/boats?page=2' })), 'inconclusive'],
  ['has a full page', plainOr(answer(200, { data: [{ id: 7 }, { id: 8 }, { id: 9 }] })), 'inconclusive'],
  ['has things without ids', () => answer(200, { data: [{ name: 'Anna' }] }), 'not-applicable'],
  [
    'has two things with one id',
    () => answer(200, { data: [BOATS[0] ?? null, BOATS[0] ?? null] }),
    'not-applicable',
  ],
  [
    'has values that a search reads otherwise',
    () =>
      answer(200, {
        data: [
          { id: 1, name: 'a, b' },
          { id: 2, name: '"c"' },
        ],
      }),
    'not-applicable',
  ],
  ...[400, 401, 404, 429, 500].map((status): [string, Host, string] => [
    `answers ${status}`,
    plainOr(answer(status)),
    'inconclusive',
  ]),
  ['breaks off', plainOr(answer(200, '{"a"', {}, 'cut off')), 'inconclusive'],
])('a host that %s', async (_, host, gives) => {
  const came = await checkOn(filterFindsKnown, {
    paths: PATHS,
    operation: 'GET /boats',
    host: ({ url }: Sent) => host(new URL(url).searchParams.get('name')),
  });
  expect(came.gives).toBe(gives);
});

test('shows no value of an answer', async () => {
  const shown: string[] = [];
  await checkOn(filterFindsKnown, {
    paths: PATHS,
    operation: 'GET /boats',
    host: (sent) => {
      shown.push(sent.shown);
      return answer(200, { data: BOATS });
    },
  });
  expect(shown.at(-1)).toBe('https://api.shop.example/boats?name=%E2%80%B9name%E2%80%BA');
});

test('a number that has lost digits on the way is not asked for', async () => {
  const digits = ['9007199254740993', '9007199254740995', '9007199254740997'];
  const list = digits.map((owner, id) => `{"id":${id},"ownerId":${owner}}`).join(',');
  const host = ({ url }: Sent) => {
    const wanted = new URL(url).searchParams.get('ownerId');
    return answer(200, wanted === null ? `{"data":[${list}]}` : '{"data":[]}', {
      'content-type': 'application/json',
    });
  };
  const found = await checkOn(filterFindsKnown, {
    paths: '/boats: { get: { parameters: [{ name: ownerId, in: query, schema: { type: integer } }] } }',
    operation: 'GET /boats',
    host,
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

const OWNED = [
  { id: 1, owner: { name: 'Anna Birch', town: 'Oakham' } },
  { id: 2, owner: { name: 'Zoë Möwe', town: 'Elmton' } },
  { id: 3, owner: { name: 'Otto Crane', town: 'Ashby' } },
];
type Owned = (typeof OWNED)[number];
const ownedBy = (keeps: (owner: Owned['owner'], value: string) => boolean): Host => {
  return (value) => answer(200, { data: OWNED.filter(({ owner }) => value === null || keeps(owner, value)) });
};
const has = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());

test.each<[what: string, parameter: string, host: Host, gives: string]>([
  ['finds both', 'owner', ownedBy(({ name }, value) => has(name, value)), 'passed'],
  [
    'cannot read letters beyond ASCII',
    'owner',
    ownedBy(({ name }, value) => has(name, value.replaceAll(/[^ -~]/g, '?'))),
    'loses-letters',
  ],
  [
    'cannot read them in what is called like the filter',
    'name',
    ownedBy(({ name }, value) => has(name, value.replaceAll(/[^ -~]/g, '?'))),
    'loses-letters',
  ],
  ['looks into another member', 'owner', ownedBy(({ town }, value) => has(town, value)), 'inconclusive'],
  ['finds everything', 'owner', ownedBy(() => true), 'inconclusive'],
  ['finds nothing', 'owner', ownedBy(() => false), 'inconclusive'],
  [
    'answers 400',
    'owner',
    (value) => (value === null ? answer(200, { data: OWNED }) : answer(400)),
    'inconclusive',
  ],
  [
    'answers 500 for other letters',
    'owner',
    (value) =>
      value !== null && /[^ -~]/.test(value)
        ? answer(500)
        : ownedBy(({ name }, text) => has(name, text))(value),
    'inconclusive',
  ],
  [
    'has a full page for other letters',
    'owner',
    (value) =>
      value !== null && /[^ -~]/.test(value)
        ? answer(200, { data: [{ id: 7 }, { id: 8 }, { id: 9 }] })
        : ownedBy(({ name }, text) => has(name, text))(value),
    'inconclusive',
  ],
])('by a value inside of a member, a host that %s (%s)', async (_, parameter, host, gives) => {
  const came = await checkOn(filterFindsKnown, {
    paths: `/boats: { get: { parameters: [{ name: ${parameter}, in: query, schema: { type: string } }] } }`,
    operation: 'GET /boats',
    host: ({ url }: Sent) => host(new URL(url).searchParams.get(parameter)),
  });
  expect(came.gives).toBe(gives);
});

test('values that differ in more than their letters are not compared', async () => {
  const data = [
    { id: 1, owner: { name: 'Anna' } },
    { id: 2, owner: { name: 'Zoë Möwe' } },
  ];
  const found = await checkOn(filterFindsKnown, {
    paths: '/boats: { get: { parameters: [{ name: owner, in: query, schema: { type: string } }] } }',
    operation: 'GET /boats',
    host: () => answer(200, { data }),
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

const ON = (schema: string, name = 'name') =>
  `/boats: { get: { parameters: [{ name: ${name}, in: query, schema: ${schema} }] } }`;
/** What is asked for with a parameter, of these things, all of which come for every value. */
async function askedOf(things: JsonObject[], schema = '{ type: string }', name = 'name') {
  const host = () => answer(200, { data: things });
  const { gives, sent } = await checkOn(filterFindsKnown, {
    ...{ paths: ON(schema, name), operation: 'GET /boats', host },
  });
  return gives === 'not-applicable' ? [] : sent.map(({ url }) => new URL(url).searchParams.get(name));
}
const namesOf = (...names: Json[]) => names.map((name, id) => ({ id, name }));

test.each<[names: Json[], asked: string[]]>([
  [['Anna', 'c d', 'a&b', 'é'], ['é']],
  [['Anna', 'c d', 'a&b', 'Otter'], ['a&b']],
  [['Anna', 'c d', 'a+b'], ['a+b']],
  [['Anna', 'c d', 'a%b'], ['a%b']],
  [['Anna', 'Otter', 'c d'], ['c d']],
  [['Anna', 'Birch', 'Otter'], ['Birch']],
  [[['Möwe', 'Birch'], null, 'Otter'], ['Otter']],
])('of the names %j, that which is lost most easily is asked for', async (names, asked) => {
  expect(await askedOf(namesOf(...names))).toEqual(asked);
});

test('numbers that may be bounds, and choices, are not asked for; ids that are numbers are', async () => {
  const things = [1, 2, 3].map((id) => ({ id, name: 'red', berths: id, ownerId: 10 + id }));
  expect(await askedOf(things, '{ type: string, enum: [red, blue] }')).toEqual([]);
  expect(await askedOf(things, '{ type: integer }', 'berths')).toEqual([]);
  expect(await askedOf(things, '{ type: integer }', 'ownerId')).toEqual(['12']);
});

test('a read that is no list is not asked for anything', async () => {
  const of = { paths: PATHS, operation: 'GET /boats', host: () => answer(200, { name: 'Anna' }) };
  expect(await checkOn(filterFindsKnown, of)).toMatchObject({ gives: 'not-applicable', calls: [] });
});
