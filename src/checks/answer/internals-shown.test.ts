import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { internalsShown } from './internals-shown.js';

const STACK = 'no thing\n    at find (/srv/shop/things.js:12:7)\n    at get (/srv/shop/get.js:1:2)';
const PATH = 'no thing in /srv/shop/things.php';
const on = (reply: Answer | NoAnswer) =>
  checkOn(internalsShown, {
    paths: '/things/{id}: { get: {} }',
    operation: 'GET /things/{id}',
    path: '/things/7',
    host: ({ path }) => (path === '/things/7' ? answer(200, { id: 7 }) : reply),
  });

test.each<[what: string, reply: Answer | NoAnswer, gives: string]>([
  ['a plain error', answer(404, { fault: 'there is no such thing' }), 'passed'],
  ['no text', answer(404), 'passed'],
  ['one line of a stack', answer(404, { fault: 'at find (/things/find.js:1:2)' }), 'passed'],
  ['the path of the request', answer(404, { path: '/things/7', instance: '/home/things/7' }), 'passed'],
  ['a page', answer(404, '<html><script src="/home/a/b.php"></script>none</html>'), 'passed'],
  ['a stack in JSON', answer(404, { fault: STACK }), 'stack'],
  ['a stack as a list', answer(500, { stack: STACK.split('\n') }), 'stack'],
  ['a stack as a text', answer(500, STACK), 'stack'],
  ['a stack in a page', answer(404, `<html><pre>${STACK.replaceAll('\n', '<br>')}</pre></html>`), 'stack'],
  ['a stack in XML', answer(500, `<fault>${STACK}</fault>`, { 'content-type': 'text/xml' }), 'stack'],
  ['a page with the path in a tag', answer(404, '<html><a href="/srv/a/b.php">none</a></html>'), 'passed'],
  ['two lines of a stack in one text with a path', answer(404, `${STACK} ${PATH}`), 'stack'],
  ['what is called JSON and is a stack', answer(500, STACK, { 'content-type': 'application/json' }), 'stack'],
  ['a stack and a statement', answer(500, `SQLSTATE[42S02]\n${STACK}`), 'stack, statement'],
  ['a statement', answer(400, { fault: 'SELECT * FROM things WHERE id = 7' }), 'statement'],
  ['a path', answer(404, { fault: PATH }), 'file-path'],
  ['a success', answer(200, { note: STACK }), 'inconclusive'],
  ['a part of a body', answer(404, STACK, {}, 'cut off'), 'inconclusive'],
  ['no answer', silence('ECONNRESET'), 'inconclusive'],
  ...[401, 403, 429, 500, 503].map((status): [string, Answer, string] => [
    `status ${status}`,
    answer(status, { fault: 'not now' }),
    'inconclusive',
  ]),
])('%s', async (_, reply, gives) => {
  expect((await on(reply)).gives).toBe(gives);
});

test('tells how many, and no text', async () => {
  expect((await on(answer(404, STACK))).messages.join()).toMatch(/shows 2 lines of a stack$/);
  expect((await on(answer(404, PATH))).messages.join()).not.toContain('srv');
});
