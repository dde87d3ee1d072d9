import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { projection } from './projection.js';

const BOAT =
  '{ type: object, required: [id, kind], properties: { id: {}, kind: {}, name: {}, length: {}, colour: {} } }';
const PATHS = (parameter: string, description: string, schema = '{ type: string }') => `
/boats:
  get:
    parameters: [{ name: ${parameter}, in: query, description: '${description}', schema: ${schema} }]
    responses: { '200': { content: { application/json: { schema: { type: object, properties: { data: { type: array, items: ${BOAT} } } } } } } }
/boats/{id}:
  get:
    parameters: [{ name: ${parameter}, in: query, description: '${description}', schema: ${schema} }]
    responses: { '200': { content: { application/json: { schema: ${BOAT} } } } }`;
const BOATS: JsonObject[] = [
  { id: 'b1', kind: 'sail', name: 'Anna', length: 7, colour: 'red', self: '/boats/b1' },
  { id: 'b2', kind: 'row', name: 'Otto', length: 4, colour: 'blue', self: '/boats/b2' },
];
const SAYS = 'The names of the members to return';

/** What comes of a boat where some members were asked for. */
type Chosen = (boat: JsonObject, fields: readonly string[]) => Json;
const pick = (boat: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(boat).filter(([name]) => names.includes(name)));
const hostOf =
  (chosen: Chosen, parameter: string) =>
  ({ url }: Sent) => {
    const { pathname, searchParams } = new URL(url);
    const fields = searchParams.get(parameter)?.split(',');
    const boats = BOATS.map((boat) => (fields ? chosen(boat, fields) : boat));
    return answer(200, pathname === '/boats' ? { data: boats } : (boats[0] ?? null));
  };
const operations = [
  ['GET /boats', '/boats'],
  ['GET /boats/{id}', '/boats/b1'],
] as const;

test.each<[what: string, chosen: Chosen, gives: string]>([
  ['gives only that', pick, 'passed'],
  ['gives the id as well', (boat, names) => pick(boat, [...names, 'id', 'self']), 'passed'],
  ['gives what is required as well', (boat, names) => pick(boat, [...names, 'id', 'kind']), 'passed'],
  ['gives everything', (boat) => boat, 'ignored'],
  ['leaves it out', (boat) => pick(boat, ['id', 'kind']), 'lacks'],
  ['gives another one as well', (boat, names) => pick(boat, [...names, 'id', 'colour']), 'more'],
])('a host that %s', async (_, chosen, gives) => {
  for (const [operation, path] of operations) {
    const of = { paths: PATHS('fields', SAYS), operation, path };
    expect((await checkOn(projection, { ...of, host: hostOf(chosen, 'fields') })).gives).toBe(gives);
  }
});

test.each<[parameter: string, description: string, schema: string, gives: string]>([
  ['fields', '', '{ type: string }', 'ignored'],
  ['$select', 'Properties to include in the answer', '{ type: string }', 'ignored'],
  ['fields', SAYS, '{ type: array, items: { type: string, enum: [colour] } }', 'ignored'],
  ['fields', 'Additional fields to return', '{ type: string }', 'not-applicable'],
  ['fields', 'Fields to search in', '{ type: string }', 'not-applicable'],
  ['fields', SAYS, '{ type: string, enum: [all, few] }', 'not-applicable'],
  ['only', '', '{ type: string }', 'not-applicable'],
  ['view', SAYS, '{ type: string }', 'not-applicable'],
])('the parameter %s that is described by “%s” (%s)', async (parameter, description, schema, gives) => {
  const host = hostOf((boat) => boat, parameter);
  const of = { paths: PATHS(parameter, description, schema), operation: 'GET /boats' };
  expect((await checkOn(projection, { ...of, host })).gives).toBe(gives);
});

test('a server of FHIR may send more than was asked for', async () => {
  const typed: Chosen = (boat) => ({ resourceType: 'Boat', ...boat });
  const of = { paths: PATHS('_elements', SAYS), operation: 'GET /boats' };
  expect((await checkOn(projection, { ...of, host: hostOf(typed, '_elements') })).gives).toBe('passed');
});

test.each([
  ...[400, 401, 404, 429, 500].map((status) => [String(status), answer(status)] as const),
  ['a body that is cut off', answer(200, '{"a"', {}, 'cut off')] as const,
  ['an empty list', answer(200, { data: [] })] as const,
])('%s shows nothing', async (_, reply) => {
  const host = ({ url }: Sent) => (url.includes('?') ? reply : answer(200, { data: BOATS }));
  const of = { paths: PATHS('fields', SAYS), operation: 'GET /boats', host };
  expect((await checkOn(projection, of)).gives).toBe('inconclusive');
});

const fieldsOn = (chosen: Chosen, parameter: string, more: Partial<CheckedHost> = {}) =>
  checkOn(projection, {
    paths: PATHS('fields', SAYS).replaceAll(/parameters: \[.*\]/g, () => `parameters: [${parameter}]`),
    ...{ operation: 'GET /boats', host: hostOf(chosen, 'fields') },
    ...more,
  });
const FIELDS = (more: string) => `{ name: fields, description: '${SAYS}', ${more} }`;

test.each([
  FIELDS('in: header, schema: { type: string }'),
  FIELDS('in: query, style: deepObject, schema: { type: string }'),
  FIELDS('in: query, schema: { type: integer }'),
  FIELDS('in: query, schema: { type: array, items: { type: string, enum: [all] } }'),
  FIELDS('in: query, schema: { type: string, enum: [few, all] }'),
  FIELDS('in: query, schema: { type: string, maxLength: 2 }'),
  "{ name: 'f_ields_', in: query, description: 'What to search', schema: { type: string } }",
])('%s chooses nothing that is known', async (parameter) => {
  expect(await fieldsOn((boat) => boat, parameter)).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each([
  [FIELDS('in: query, schema: {}'), 'name'],
  [FIELDS('in: query, schema: { type: string, enum: [length, colour] }'), 'length'],
  [FIELDS('in: query, schema: { type: array, items: { type: string } }'), 'name'],
  [FIELDS('in: query, schema: { type: array, items: { type: string, enum: [colour] } }'), 'colour'],
])('with %s the member %s is asked for', async (parameter, member) => {
  expect((await fieldsOn(pick, parameter)).calls).toEqual([`GET /boats?fields=${member}`]);
});

const STRING = FIELDS('in: query, schema: { type: string }');

test('where some of the members were asked for already, none is asked for', async () => {
  const found = await fieldsOn(pick, STRING, { path: '/boats?fields=name' });
  expect(found.why).toBe('it was asked for some of the members only');
});

test('where nothing is shown, no member is asked for', async () => {
  const none = { host: () => answer(200, { data: [] }) };
  expect((await fieldsOn(pick, STRING, none)).why).toBe('its answer shows no thing');
  const texts = { host: () => answer(200, { data: ['a'] }) };
  expect((await fieldsOn(pick, STRING, texts)).why).toBe('its answer shows no thing');
});

test.each<[what: string, boats: JsonObject[], asked: string | undefined]>([
  [
    'one thing does not show',
    [
      { id: 1, name: 'a', length: 7 },
      { id: 2, length: 4 },
    ],
    'length',
  ],
  [
    'is null in one thing',
    [
      { id: 1, name: 'a', length: 7 },
      { id: 2, name: null, length: 4 },
    ],
    'length',
  ],
  ['is not described', [{ id: 1, secret: 'a', length: 7 }], 'length'],
  ['says which thing it is', [{ id: 1, kind: 'a' }], undefined],
  ['is an object', [{ id: 1, name: { first: 'a' } }], 'name'],
])('a member that %s', async (_, boats, asked) => {
  const { calls } = await fieldsOn(pick, STRING, { host: () => answer(200, { data: boats }) });
  expect(calls).toEqual(asked === undefined ? [] : [`GET /boats?fields=${asked}`]);
});

const byTurn = (...chosen: Chosen[]) => {
  let turn = 0;
  const of: Chosen = (boat, names) => (chosen[turn++ % chosen.length] ?? pick)(boat, names);
  return of;
};
const all: Chosen = (boat) => boat;
const none: Chosen = () => ({ id: 1 });

test.each<[what: string, chosen: Chosen, gives: string]>([
  ['gives it in one thing only', byTurn(pick, none), 'passed'],
  ['gives all in one thing only', byTurn(all, pick), 'ignored'],
  [
    'gives another one in one thing only',
    byTurn((boat, names) => pick(boat, [...names, 'colour']), pick),
    'more',
  ],
  ['is of FHIR in one thing only', byTurn((boat) => ({ ...boat, resourceType: 'Boat' }), all), 'passed'],
])('a host that %s', async (_, chosen, gives) => {
  expect((await fieldsOn(chosen, STRING)).gives).toBe(gives);
});

test('where little could be left out, or what came is not described, nothing is said of it', async () => {
  const few = { host: () => answer(200, { data: [{ id: 1, name: 'a', length: 7 }] }) };
  expect((await fieldsOn(pick, STRING, few)).gives).toBe('passed');
  const secret: JsonObject = { id: 1, name: 'a', length: 7, secret: 'b' };
  const host = ({ url }: Sent) =>
    answer(200, { data: [url.includes('?') ? pick(secret, ['name', 'secret']) : secret] });
  expect((await fieldsOn(pick, STRING, { host })).gives).toBe('passed');
});

test('what is no success shows nothing, whatever it has', async () => {
  const host = ({ url }: Sent) =>
    url.includes('?') ? answer(500, { data: BOATS }) : answer(200, { data: BOATS });
  expect((await fieldsOn(pick, STRING, { host })).why).toBe('it did not answer with things');
});

test('where little could be left out, all may come', async () => {
  const host = () => answer(200, { data: [{ id: 1, name: 'a', length: 7 }] });
  expect((await fieldsOn(all, STRING, { host })).gives).toBe('passed');
});

test('a parameter for numbers chooses among no members', async () => {
  const { why } = await fieldsOn(all, FIELDS('in: query, schema: { type: integer }'));
  expect(why).toBe('it has no parameter that chooses among members');
});

test('the members are those of what a thing is wrapped in', async () => {
  const host = ({ url }: Sent) =>
    answer(200, {
      data: BOATS.map((boat) => ({ resource: url.includes('?') ? pick(boat, ['name']) : boat })),
    });
  expect(await fieldsOn(all, STRING, { host })).toMatchObject({
    ...{ gives: 'passed', calls: ['GET /boats?fields=name'] },
  });
});

test('a list of whatever may be asked for by any member, and none that comes anyway is', async () => {
  const list = await fieldsOn(pick, FIELDS('in: query, schema: { type: array }'));
  expect(list.calls).toEqual(['GET /boats?fields=name']);
  const paths = PATHS('fields', SAYS).replaceAll('required: [id, kind]', 'required: [id, name]');
  expect((await fieldsOn(pick, STRING, { paths })).calls).toEqual(['GET /boats?fields=length']);
});
