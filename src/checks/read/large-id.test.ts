import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { largeId } from './large-id.js';

const LARGE = '9007199254740992';
const itemOf = (schema: string) => `parameters: [{ name: id, in: path, required: true, schema: ${schema} }]`;
const pathsOf = (schema: string) => `
/boats: { get: {} }
/boats/{id}: { get: { ${itemOf(schema)} } }
`;
const JSON_TYPE = { 'content-type': 'application/json' };
const bodyOf = (...things: string[]) => answer(200, `[${things.join(',')}]`, JSON_TYPE);
const listOf = (...ids: string[]) => bodyOf(...ids.map((id) => `{"id":${id}}`));

interface Answers {
  lists?: (Answer | NoAnswer)[];
  large?: Answer | NoAnswer;
  other?: Answer | NoAnswer;
  schema?: string;
  paths?: string;
  times?: number;
}

function on({
  lists = [listOf('5', LARGE)],
  large = answer(404),
  other = answer(200, {}),
  schema = '{ type: integer, format: int64 }',
  paths = pathsOf(schema),
  times = 1,
}: Answers) {
  let asked = 0;
  return checkOn(largeId, {
    ...{ paths, operation: 'GET /boats', times },
    host: ({ path }: Sent) => {
      if (path === `/boats/${LARGE}`) return large;
      if (path.startsWith('/boats/')) return other;
      asked += 1;
      return lists[Math.min(asked, lists.length) - 1] ?? answer(404);
    },
  });
}

test.each<[what: string, answers: Answers, gives: string]>([
  ['reads it', { large: answer(200, {}) }, 'passed'],
  ['does not find it', {}, 'rounded'],
  ['shows digits that a double loses', { lists: [listOf('5', '9007199254740993')] }, 'not-applicable'],
  [
    'shows digits that a double loses beside others',
    { lists: [listOf('5', LARGE, '9007199254740995')] },
    'not-applicable',
  ],
  [
    'shows such digits in another member',
    { lists: [bodyOf('{"id":5}', `{"id":${LARGE},"mass":9007199254740995}`)] },
    'rounded',
  ],
  [
    'shows such digits in no member',
    { lists: [bodyOf('9007199254740995', '{"id":5}', `{"id":${LARGE}}`)] },
    'rounded',
  ],
  ['has no such id', { lists: [listOf('5', '6')] }, 'not-applicable'],
  ['has the largest id that is safe', { lists: [listOf('5', '9007199254740991')] }, 'not-applicable'],
  ['has another large number', { lists: [bodyOf('{"id":5}', `{"id":6,"mass":${LARGE}}`)] }, 'not-applicable'],
  ['has a text of such digits', { lists: [listOf('5', `"${LARGE}"`)] }, 'not-applicable'],
  ['has no other id', { lists: [listOf(LARGE)] }, 'not-applicable'],
  [
    'has another thing without an id',
    { lists: [bodyOf('{}', '7', '{"id":5}', `{"id":${LARGE}}`)] },
    'rounded',
  ],
  ['has numbers as ids', { schema: '{ type: number }' }, 'rounded'],
  ['has ids of 32 bits', { schema: '{ type: integer, format: int32 }' }, 'not-applicable'],
  ['has ids that are safe', { schema: '{ type: integer, maximum: 9007199254740991 }' }, 'not-applicable'],
  ['has ids up to a large one', { schema: '{ type: integer, maximum: 9223372036854775807 }' }, 'rounded'],
  ['has ids that are texts', { schema: '{ type: string }' }, 'not-applicable'],
  ['does not find others either', { other: answer(404) }, 'inconclusive'],
  ['is silent about others', { other: silence('ECONNRESET') }, 'inconclusive'],
  ['does not list it any more', { lists: [listOf('5', LARGE), listOf('5')] }, 'inconclusive'],
  ['does not list anything any more', { lists: [listOf('5', LARGE), silence('ECONNRESET')] }, 'inconclusive'],
  [
    'lists it in an error only',
    { lists: [listOf('5'), answer(500, `[{"id":${LARGE}}]`, JSON_TYPE)] },
    'not-applicable',
  ],
  ...[400, 401, 403, 410, 429, 500].map((status): [string, Answers, string] => [
    `answers ${status}`,
    { large: answer(status) },
    'inconclusive',
  ]),
])('a host that %s', async (_, answers, gives) => {
  expect((await on(answers)).gives).toBe(gives);
});

test('says what came, and why it does not know', async () => {
  expect((await on({})).messages).toEqual([expect.stringContaining('is answered 404, where')]);
  expect((await on({ large: silence('ECONNRESET') })).why).toBe('it did not answer');
});

test('applies to lists of what can be read by an id', async () => {
  const thing = '{ type: integer }';
  for (const paths of ['/boats: { get: {} }', `/boats: { get: { ${itemOf(thing)} } }`])
    expect((await on({ paths })).why).toBe('it lists nothing that can be read by an id');
  const read = { paths: pathsOf(thing), operation: 'GET /boats/{id}', path: `/boats/${LARGE}` };
  const host = () => answer(200, { id: 5 });
  expect(await checkOn(largeId, { ...read, host })).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('the parameter is that of the id, and none of what the things are in', async () => {
  const found = await checkOn(largeId, {
    paths: `
/fleets/{fleet}/boats: { get: {} }
/fleets/{fleet}/boats/{id}: { get: { ${itemOf('{ type: integer }')} } }`,
    ...{ operation: 'GET /fleets/{fleet}/boats', path: '/fleets/red/boats' },
    host: ({ path }) =>
      path.endsWith(LARGE) ? answer(404) : path.endsWith('boats') ? listOf('5', LARGE) : answer(200, {}),
  });
  expect(found.gives).toBe('rounded');
});

test.each([
  ['boatId', '5', `"id":${LARGE}`, 'rounded'],
  ['boatId', '5', `"boatId":${LARGE}`, 'rounded'],
  ['boatId', '5', `"id":6,"mass":${LARGE}`, 'not-applicable'],
  ['number', '5', `"number":6,"id":${LARGE}`, 'not-applicable'],
])('of things that are read by {%s}', async (name, other, members, gives) => {
  const own = `parameters: [{ name: ${name}, in: path, required: true, schema: { type: integer } }]`;
  const paths = `
/boats: { get: {} }
/boats/{${name}}: { get: { ${own} } }`;
  expect((await on({ paths, lists: [bodyOf(`{"${name}":${other}}`, `{${members}}`)] })).gives).toBe(gives);
});

test.each([
  ['maximum: 200', '50'],
  ['maximum: 20', '20'],
  ['minimum: 1', '50'],
])('a large page is asked for where the size has a %s', async (bound, size) => {
  const limit = `{ name: limit, in: query, schema: { type: integer, ${bound} } }`;
  const paths = `
/boats: { get: { parameters: [${limit}] } }
/boats/{id}: { get: { ${itemOf('{ type: integer }')} } }`;
  const found = await on({ paths, lists: [listOf('5'), listOf('5', LARGE)] });
  expect(found).toMatchObject({ gives: 'rounded' });
  expect(found.calls[0]).toBe(`GET /boats?limit=${size}`);
});

test('what may have changed since others asked is asked for again', async () => {
  expect((await on({ times: 2 })).calls).toEqual([`GET /boats/${LARGE}`, 'GET /boats/5', 'GET /boats']);
});
