import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { numberPrecision } from './number-precision.js';

const PATHS = `
/things:
  get:
    responses:
      '200':
        content:
          application/json:
            schema:
              type: object
              properties:
                id: { type: integer }
                number: { type: integer, format: int64 }
                most: { type: integer, maximum: 9223372036854775807 }
                said: { type: integer, description: 'A 64-bit number' }
                small: { type: integer, maximum: 100, description: one of 64 }
                numbers: { type: array, items: { allOf: [{ type: integer, format: int64 }] } }
`;
const JSON_TYPE = { 'content-type': 'application/json' };
const LARGE = '9007199254740993';
const on = (reply: ReturnType<typeof answer>) =>
  checkOn(numberPrecision, { paths: PATHS, operation: 'GET /things', host: () => reply });

test.each<[text: string, gives: string]>([
  ['{"id":1}', 'passed'],
  ['{"id":9007199254740991}', 'passed'],
  ['{"id":9007199254740992}', 'passed'],
  [`{"id":"${LARGE}"}`, 'passed'],
  [`{"number":${LARGE},"numbers":[${LARGE}]}`, 'passed'],
  [`{"most":${LARGE},"said":${LARGE}}`, 'passed'],
  [`{"small":${LARGE}}`, 'too-large-for-doubles'],
  [`{"id":${LARGE}}`, 'too-large-for-doubles'],
  [`[{"secret":${LARGE},"number":${LARGE}}]`, 'too-large-for-doubles'],
  [`[${LARGE}]`, 'too-large-for-doubles'],
  [`{"id":${LARGE}`, 'inconclusive'],
])('%s', async (text, gives) => {
  expect(await on(answer(200, text, JSON_TYPE))).toMatchObject({ gives, calls: [] });
});

test.each<[what: string, reply: ReturnType<typeof answer>, gives: string]>([
  ['no JSON', answer(200, LARGE, { 'content-type': 'text/plain' }), 'not-applicable'],
  ['a part of a body', answer(200, '{"a"', JSON_TYPE, 'cut off'), 'inconclusive'],
  ...[400, 401, 404, 429, 500].map((status): [string, ReturnType<typeof answer>, string] => [
    `status ${status}`,
    answer(status, `[${LARGE}]`, JSON_TYPE),
    'inconclusive',
  ]),
])('%s', async (_, reply, gives) => {
  expect((await on(reply)).gives).toBe(gives);
});

test('names only members of the contract, and no number', async () => {
  const { messages } = await on(answer(200, `{"secret":${LARGE},"id":${LARGE}}`, JSON_TYPE));
  expect(messages.join()).toContain(': 2, in “id”');
  expect(messages.join()).not.toMatch(/secret|9007/);
});
