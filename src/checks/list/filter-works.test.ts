import { expect, test } from 'vitest';
import { isObject, parseJson, type Json, type JsonObject } from '../../json.js';
import { checkOn, resultOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { filterWorks } from './filter-works.js';

const PATHS = `/boats:
  get:
    parameters:
      - { name: name, in: query, schema: { type: string } }
      - { name: kind, in: query, schema: { type: string, enum: [sail, row, motor, all] } }
      - { name: builtFrom, in: query, schema: { type: string } }
`;
const BOATS = [
  { id: 1, name: 'Möwe', kind: 'sail', builtFrom: 'oak' },
  { id: 2, name: 'Anna', kind: 'row', builtFrom: 'oak' },
  { id: 3, name: 'Otter', kind: 'sail', builtFrom: 'fir' },
];
const asked = ({ url }: Sent, name: string) => new URL(url).searchParams.get(name);
const page = (boats: JsonObject[]) => answer(200, { data: boats });
const isAsked = ({ url }: Sent) => url.includes('?');
const by = (sent: Sent, names: string[]) =>
  page(
    BOATS.filter((boat: JsonObject) => names.every((name) => [null, boat[name]].includes(asked(sent, name)))),
  );

test.each<[what: string, host: (sent: Sent) => ReturnType<typeof answer>, gives: string]>([
  ['keeps to both', (sent) => by(sent, ['name', 'kind']), 'passed'],
  ['ignores a text', (sent) => by(sent, ['kind']), 'ignored'],
  ['ignores a choice', (sent) => by(sent, ['name']), 'ignored'],
  ['ignores both', () => page(BOATS), 'ignored, ignored'],
  [
    'ignores it, and has one more by now',
    (sent) => page(isAsked(sent) ? [...BOATS, { id: 9 }] : BOATS),
    'passed',
  ],
  [
    'only takes values that it knows',
    (sent) => (asked(sent, 'name')?.startsWith('conform') ? page(BOATS) : by(sent, ['name', 'kind'])),
    'passed',
  ],
  ['has nothing', () => page([]), 'not-applicable'],
  ...[400, 401, 404, 429, 500].map((status): [string, (sent: Sent) => ReturnType<typeof answer>, string] => [
    `answers ${status}`,
    (sent) => (isAsked(sent) ? answer(status) : page(BOATS)),
    'inconclusive',
  ]),
  [
    'breaks off',
    (sent) => (isAsked(sent) ? answer(200, '{"a"', {}, 'cut off') : page(BOATS)),
    'inconclusive',
  ],
])('a host that %s', async (_, host, gives) => {
  expect((await checkOn(filterWorks, { paths: PATHS, operation: 'GET /boats', host })).gives).toBe(gives);
});

const ONE = (schema: string, name: string) =>
  `/boats: { get: { parameters: [{ name: ${name}, in: query, schema: ${schema} }] } }`;

test.each<
  [what: string, schema: string, name: string, host: (value: string | null) => JsonObject[], gives: string]
>([
  ['a number that is ignored', '{ type: integer }', 'berths', () => berths([2, 4, 6]), 'ignored'],
  [
    'a number that is the least',
    '{ type: integer }',
    'berths',
    (value) => berths([2, 4, 6].filter((one) => one >= Number(value))),
    'passed',
  ],
  [
    'a number that is the most',
    '{ type: integer }',
    'berths',
    (value) => berths([2, 4, 6].filter((one) => one <= Number(value ?? 9))),
    'passed',
  ],
  ['a switch that is ignored', '{ type: boolean }', 'sold', () => sold([true, false]), 'ignored'],
  [
    'a switch that adds',
    '{ type: boolean }',
    'sold',
    (value) => sold(value === 'false' ? [false] : [true, false]),
    'passed',
  ],
  [
    'a switch that only takes away',
    '{ type: boolean }',
    'sold',
    (value) => sold(value === 'true' ? [true] : [true, false]),
    'passed',
  ],
  [
    'a step or more',
    '{ type: string, enum: [low, high] }',
    'level',
    (value) =>
      [
        { id: 1, level: 'low' },
        { id: 2, level: 'high' },
      ].slice(value === 'high' ? 1 : 0),
    'passed',
  ],
  [
    'other words than those of the things',
    '{ type: string, enum: [a, b] }',
    'level',
    () => [{ id: 1, level: 'Low' }],
    'not-applicable',
  ],
  ['how it is shown', '{ type: string }', 'currency', () => [{ id: 1, currency: 'EUR' }], 'not-applicable'],
  ['a filter that is called like no member', '{ type: string }', 'q', () => [{ id: 1 }], 'not-applicable'],
])('%s', async (_, schema, name, host, gives) => {
  const found = await checkOn(filterWorks, {
    paths: ONE(schema, name),
    operation: 'GET /boats',
    host: (sent) => page(host(asked(sent, name))),
  });
  expect(found.gives).toBe(gives);
});

function berths(all: number[]): JsonObject[] {
  return all.map((berths) => ({ id: berths, berths }));
}

function sold(all: boolean[]): JsonObject[] {
  return all.map((sold) => ({ id: String(sold), sold }));
}

test('what only says which members come is no filter', async () => {
  const found = await checkOn(filterWorks, {
    paths:
      '/boats: { get: { parameters: [{ name: oars, description: whether to include the oars, in: query, schema: { type: boolean } }] } }',
    operation: 'GET /boats',
    host: () =>
      page([
        { id: 1, oars: true },
        { id: 2, oars: false },
      ]),
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('a parameter that takes several values is a filter as well', async () => {
  const paths =
    '/boats: { get: { parameters: [{ name: kind, in: query, explode: false, schema: { type: array, items: { type: string, enum: [sail, row] } } }] } }';
  const gives = async (host: (sent: Sent) => ReturnType<typeof answer>) =>
    (await checkOn(filterWorks, { paths, operation: 'GET /boats', host })).gives;
  expect(await gives((sent) => by(sent, ['kind']))).toBe('passed');
  expect(await gives(() => page(BOATS))).toBe('ignored');
});

const DEEP = `
/people: { get: { parameters: [{ name: family, in: query, schema: { type: string } }, { name: mobile_phone, in: query, schema: { type: string } }] } }
/people/_search: { post: { requestBody: { content: { application/json: { schema: { type: object, properties: {
  family: { type: string }, mobile_phone: { type: string } } } } } } } }
`;
const PEOPLE = ['Muster', 'Sample', 'Shore'].map((family, index) => ({
  ...{ id: `p${index}`, name: [{ family }], telecom: [{ use: 'mobile', value: `303555010${index}` }] },
}));

/** People by what is inside of them, as far as a host looks at it. */
function people(keeps: readonly string[]) {
  return ({ url, body }: Sent) => {
    const query = new URL(url).searchParams;
    const sent = parseJson(body ?? '');
    const wanted = (name: string) =>
      keeps.includes(name) ? (query.get(name) ?? (isObject(sent) ? sent[name] : undefined)) : undefined;
    const isAs = (own: Json | undefined, name: string) => [undefined, null, own].includes(wanted(name));
    return page(
      PEOPLE.filter(
        ({ name, telecom }) => isAs(name[0]?.family, 'family') && isAs(telecom[0]?.value, 'mobile_phone'),
      ),
    );
  };
}

test.each([
  ['keeps to both', ['family', 'mobile_phone'], 'passed'],
  ['ignores the phone', ['family'], 'ignored'],
  ['ignores the name', ['mobile_phone'], 'ignored'],
  ['ignores both', [], 'ignored, ignored'],
])('a host that %s, of what stands deep inside, in a list and in a search', async (_, keeps, gives) => {
  for (const operation of ['GET /people', 'POST /people/_search']) {
    const host = people(keeps);
    expect((await checkOn(filterWorks, { paths: DEEP, operation, host })).gives, operation).toBe(gives);
  }
});

test('a search that does not take what it knows not, or reads a text as no number, is not blamed', async () => {
  const operation = 'POST /people/_search';
  for (const status of [400, 422, 500]) {
    const host = ({ body }: Sent) => (body === '{}' ? page(PEOPLE) : answer(status));
    expect((await checkOn(filterWorks, { paths: DEEP, operation, host })).gives).toBe('inconclusive');
  }
  const lenient = (sent: Sent) =>
    sent.body?.includes('Muster') === true || sent.body?.includes('3035550100') === true
      ? page(PEOPLE.slice(0, 1))
      : page(PEOPLE);
  expect((await checkOn(filterWorks, { paths: DEEP, operation, host: lenient })).gives).toBe('passed');
});

const SIZED = DEEP.replace(
  '{ post: {',
  '{ post: { parameters: [{ name: limit, in: query, schema: { type: integer } }],',
);
const SEARCH = 'POST /people/_search';

test('a search is asked on a page of several things, with one member more', async () => {
  const found = await checkOn(filterWorks, { paths: SIZED, operation: SEARCH, host: people([]) });
  expect(found.sent.map(({ path, body }) => `${path} ${body ?? ''}`)).toEqual([
    '/people/_search?limit=20 {}',
    '/people/_search?limit=20 {"mobile_phone":"3035550147"}',
    '/people/_search?limit=20 {"mobile_phone":"3035550100"}',
    '/people/_search?limit=20 {"family":"conform-no-such-value"}',
    '/people/_search?limit=20 {"family":"Muster"}',
  ]);
});

test('a search that gives no page of several things, or none that shows its filters, is not tried', async () => {
  const refusing = ({ url }: Sent) => (url.includes('limit') ? answer(500) : page(PEOPLE));
  const refused = await checkOn(filterWorks, { paths: SIZED, operation: SEARCH, host: refusing });
  expect([refused.gives, refused.calls.length]).toEqual(['inconclusive', 1]);
  const bare = () => page([{ id: 'p1' }, { id: 'p2' }]);
  const unshown = await checkOn(filterWorks, { paths: DEEP, operation: SEARCH, host: bare });
  expect(unshown.gives).toBe('not-applicable');
});

/** What a search asks where the run has sent it with another body. */
async function searchWith(
  body: string | undefined,
  paths = DEEP,
  host: (sent: Sent) => ReturnType<typeof answer> = people([]),
) {
  const { calls } = await resultOn(
    ({ probe, ...subject }) => {
      const { method, url, headers } = probe.request;
      const request = { method, url, headers, ...(body === undefined ? {} : { body }) };
      return filterWorks.run({ ...subject, probe: { ...probe, request } });
    },
    { paths, operation: SEARCH, host },
  );
  return calls.length;
}

test('what a search was sent with is no filter to be tried', async () => {
  expect(await searchWith('{}')).toBe(5);
  expect(await searchWith('{"family":"Muster"}')).toBe(3);
});

test('only a search by the members of a body is tried', async () => {
  expect(await searchWith(undefined)).toBe(0);
  expect(await searchWith('[]')).toBe(0);
  expect(await searchWith('{}', DEEP.replace('application/json', 'text/plain'))).toBe(0);
  expect(await searchWith('{}', DEEP, () => answer(200, { name: 'Muster' }))).toBe(0);
});

test('a read that is no list is not asked for anything', async () => {
  const of = { paths: PATHS, operation: 'GET /boats', host: () => answer(200, { name: 'Anna' }) };
  expect(await checkOn(filterWorks, of)).toMatchObject({ gives: 'not-applicable', calls: [] });
});
