import { expect, test } from 'vitest';
import { subjectOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { searchBodyOf } from './search-body.js';

async function bodyOf(search: string) {
  const { subject } = await subjectOn({
    paths: `/boats/search: { post: ${search} }`,
    ...{ operation: 'POST /boats/search', host: () => answer(200, []) },
  });
  return searchBodyOf(subject);
}
const json = (schema: string) => `{ requestBody: { content: { application/json: { schema: ${schema} } } } }`;

test('the members of all parts of the schema are those that a search can have', async () => {
  expect(
    await bodyOf(
      json(
        '{ allOf: [{ type: object, properties: { name: { type: string } } }, { type: object }, { properties: { limit: { allOf: [{ type: integer }, { maximum: 4 }] } } }] }',
      ),
    ),
  ).toEqual({
    members: [
      ['name', { type: 'string' }],
      ['limit', expect.objectContaining({ type: 'integer', maximum: 4 })],
    ],
    requires: false,
  });
});

test.each([
  ['{ type: object, required: [name], properties: { name: {} } }', true],
  ['{ allOf: [{ type: object }, { required: [name] }] }', true],
  ['{ type: object, required: [], properties: { name: {} } }', false],
  ['{ type: object, properties: { name: {} } }', false],
])('a search by %s cannot be asked without conditions: %s', async (schema, requires) => {
  expect((await bodyOf(json(schema)))?.requires).toBe(requires);
});

test.each([
  '{}',
  '{ requestBody: { content: { text/plain: { schema: { type: object } } } } }',
  '{ requestBody: { content: { application/json: {} } } }',
])('an operation with %s is no search by a body', async (search) => {
  expect(await bodyOf(search)).toBeUndefined();
});
