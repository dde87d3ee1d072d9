import { expect, test } from 'vitest';
import type { Answer } from '../../targets/reply.js';
import { foundIn, linesOf, TOTAL } from '../../testing/answers.js';
import { answer } from '../../testing/host.js';

test.each<[what: string, reply: Answer, path: string, finding: string]>([
  [
    'a body that is missing',
    answer(200, undefined, TOTAL),
    '/things/',
    'answer/body-present empty, error: the body is empty, the contract promises one',
  ],
])('%s', (_, reply, path, finding) => {
  expect(linesOf(foundIn(reply, path))).toEqual([finding]);
});

test.each([204, 304])('an answer with %d has no body, whatever is promised', (status) => {
  const found = foundIn(answer(status, undefined, TOTAL), '/things/');
  expect(found.filter(({ check }) => check === 'answer/body-present')).toEqual([]);
});
