import { expect, test } from 'vitest';
import type { Answer } from '../../targets/reply.js';
import { foundIn, good, linesOf } from '../../testing/answers.js';
import { answer } from '../../testing/host.js';

test.each<[what: string, reply: Answer, path: string, finding: string]>([
  [
    'a header that is required',
    good({ id: 1 }, {}),
    '/things/',
    'answer/response-headers missing, error: the required header “X-Total” is missing',
  ],
  [
    'a header of another type',
    good({ id: 1 }, { 'x-total': 'many' }),
    '/things/',
    'answer/response-headers type, error: the header “X-Total” should be integer, but a string of 4 characters came',
  ],
  [
    'a header with a list of which one is of another type',
    answer(200, [], { 'x-list': '1, two, 3' }),
    '/several/',
    'answer/response-headers type, error: the header “X-List” should be integer, but a string of 3 characters came',
  ],
  [
    'a header with members of which one is of another type',
    answer(200, [], { 'x-pair': 'a=one' }),
    '/several/',
    'answer/response-headers type, error: the header “X-Pair” should be integer, but a string of 3 characters came',
  ],
  [
    'a header that is not the JSON that is promised',
    answer(200, [], { 'x-json': '{' }),
    '/several/',
    'answer/response-headers not-json, error: the header “X-Json” is not JSON, as the contract promises',
  ],
])('%s', (_, reply, path, finding) => {
  expect(linesOf(foundIn(reply, path))).toEqual([finding]);
});
