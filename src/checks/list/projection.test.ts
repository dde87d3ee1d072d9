import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
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
