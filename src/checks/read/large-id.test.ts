import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { largeId } from './large-id.js';

const pathsOf = (schema: string) => `
/boats: { get: {} }
/boats/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: ${schema} }] } }
`;
const JSON_TYPE = { 'content-type': 'application/json' };
const listOf = (...ids: string[]) => answer(200, `[${ids.map((id) => `{"id":${id}}`).join(',')}]`, JSON_TYPE);

interface Answers {
  lists?: ReturnType<typeof answer>[];
  large?: ReturnType<typeof answer>;
  other?: ReturnType<typeof answer>;
  schema?: string;
}

function on({
  lists = [listOf('5', '9007199254740992')],
  large = answer(404),
  other = answer(200, {}),
  schema,
}: Answers) {
  let asked = 0;
  return checkOn(largeId, {
    paths: pathsOf(schema ?? '{ type: integer, format: int64 }'),
    operation: 'GET /boats',
    host: ({ path }) => {
      if (path === '/boats/9007199254740992') return large;
      if (path !== '/boats') return other;
      asked += 1;
      return lists[Math.min(asked, lists.length) - 1] ?? answer(404);
    },
  });
}

test.each<[what: string, answers: Answers, gives: string]>([
  ['reads it', { large: answer(200, {}) }, 'passed'],
  ['does not find it', {}, 'rounded'],
  ['shows digits that a double loses', { lists: [listOf('5', '9007199254740993')] }, 'not-applicable'],
  ['has no such id', { lists: [listOf('5', '6')] }, 'not-applicable'],
  ['has no other id', { lists: [listOf('9007199254740992')] }, 'not-applicable'],
  ['has ids of 32 bits', { schema: '{ type: integer, format: int32 }' }, 'not-applicable'],
  ['has ids that are texts', { schema: '{ type: string }' }, 'not-applicable'],
  ['does not find others either', { other: answer(404) }, 'inconclusive'],
  ['does not list it any more', { lists: [listOf('5', '9007199254740992'), listOf('5')] }, 'inconclusive'],
  ...[400, 401, 403, 410, 429, 500].map((status): [string, Answers, string] => [
    `answers ${status}`,
    { large: answer(status) },
    'inconclusive',
  ]),
])('a host that %s', async (_, answers, gives) => {
  expect((await on(answers)).gives).toBe(gives);
});
