import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { contractOf } from '../../testing/host.js';
import { isEstimate } from './estimate.js';

function on(item: string, body: Json = {}) {
  const contract = contractOf(`/boats: ${item}`);
  const [operation] = contract.operations;
  if (!operation) throw new Error('there is no operation');
  return isEstimate(contract, operation, body);
}
const answered = (schema: string) =>
  `{ get: { responses: { '200': { description: all, content: { application/json: { schema: ${schema} } } } } } }`;
const total = (description: string, name = 'total') =>
  answered(`{ type: object, properties: { ${name}: { type: integer, description: ${description} } } }`);

test.each([
  ['{ get: { description: The total is an estimate. } }', true],
  ['{ get: { summary: Approximate numbers } }', true],
  ['{ description: Lists are eventually consistent., get: {} }', true],
  ['{ summary: Inexact, get: {} }', true],
  ['{ get: { description: About boats. } }', false],
  ['{ get: { description: 7 } }', false],
  ['{ get: {} }', false],
  [total('An estimate.'), true],
  [total('About so many.'), true],
  [total('May lag behind.', 'totalCount'), true],
  [total('About so many.', 'size'), false],
  [total('An estimate.', 'size'), false],
  [total('How many there are.'), false],
  [answered('{ allOf: [{ type: object }, { properties: { total: { description: Capped. } } }] }'), true],
  [
    answered("{ allOf: [{ $ref: '#/paths/~1boats/x-list' }] }").replace(
      '{ get',
      () => '{ x-list: { properties: { total: { description: Rounded. } } }, get',
    ),
    true,
  ],
  [
    answered("{ properties: { total: { $ref: '#/paths/~1boats/x-total' } } }").replace(
      '{ get',
      () => '{ x-total: { description: At least so many. }, get',
    ),
    true,
  ],
  [
    answered("{ $ref: '#/paths/~1boats/x-list' }").replace(
      '{ get',
      () => "{ x-list: { items: { $ref: '#/paths/~1boats/x-list' } }, get",
    ),
    false,
  ],
])('%s', (item, isSaid) => {
  expect(on(item)).toBe(isSaid);
});

test.each<[body: Json, isSaid: boolean]>([
  [{ estimatedTotal: 7 }, true],
  [{ meta: { totalIsExact: false } }, true],
  [{ total: { value: 7, relation: 'gte' } }, true],
  [{ approximate: true }, true],
  [{ meta: { page: { exact: true } } }, false],
  [{ total: 7, note: 'estimate' }, false],
  [{ total: 7, note: null }, false],
  [[{ exact: true }], false],
  ['estimate', false],
])('an answer %j', (body, isSaid) => {
  expect(on('{ get: {} }', body)).toBe(isSaid);
});
