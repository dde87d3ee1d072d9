import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { jsonStrict } from './json-strict.js';

const PATHS = `
/things:
  get:
    responses:
      '200':
        content: { application/json: { schema: { type: object, properties: { id: { type: integer } } } } }
`;
const JSON_TYPE = { 'content-type': 'application/json' };
const on = (reply: ReturnType<typeof answer>) =>
  checkOn(jsonStrict, { paths: PATHS, operation: 'GET /things', host: () => reply });

test.each<[text: string, gives: string]>([
  ['[{"id":1,"name":"a"},{"id":2,"name":"a"}]', 'passed'],
  ['{"a":{"id":1},"b":{"id":1}}', 'passed'],
  ['  {"id":1}\r\n\t ', 'passed'],
  ['"a text"', 'passed'],
  ['12', 'passed'],
  ['{"id":1,"id":2}', 'repeated-name'],
  ['[{"secret":1,"\\u0073ecret":1}]', 'repeated-name'],
  ['{"id":1}<!-- made by a template -->', 'text-behind'],
  ['[]\0', 'text-behind'],
  ['{"id":1}}', 'text-behind'],
  ['{"id":1}\n{"id":2}\n', 'inconclusive'],
  ['{"id":1', 'inconclusive'],
  ['{id:1} and more', 'inconclusive'],
  ['nothing', 'inconclusive'],
])('%s', async (text, gives) => {
  expect(await on(answer(200, text, JSON_TYPE))).toMatchObject({ gives, calls: [] });
});

test.each<[what: string, reply: ReturnType<typeof answer>, gives: string]>([
  ['lines of JSON', answer(200, '{}\n{} x', { 'content-type': 'application/x-ndjson' }), 'not-applicable'],
  ['a stream', answer(200, '{} x', { 'content-type': 'application/stream+json' }), 'not-applicable'],
  ['another type', answer(200, '{"a":1,"a":1}', { 'content-type': 'text/plain' }), 'not-applicable'],
  ['no body', answer(204), 'not-applicable'],
  ['a part of a body', answer(200, '{"a"', JSON_TYPE, 'cut off'), 'inconclusive'],
  ...[400, 401, 404, 429, 500].map((status): [string, ReturnType<typeof answer>, string] => [
    `status ${status}`,
    answer(status, '{"a":1,"a":1}', JSON_TYPE),
    'inconclusive',
  ]),
])('%s', async (_, reply, gives) => {
  expect((await on(reply)).gives).toBe(gives);
});

test('names only members of the contract', async () => {
  const messages = async (text: string) => (await on(answer(200, text, JSON_TYPE))).messages.join();
  expect(await messages('{"id":1,"id":2}')).toContain('1, “id” among them');
  expect(await messages('{"secret":1,"secret":2}')).not.toContain('secret');
});
