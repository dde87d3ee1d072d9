import { expect, test } from 'vitest';
import type { Answer } from '../../targets/reply.js';
import { CONTRACT, foundIn, good, linesOf } from '../../testing/answers.js';
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

test.each([{ 'x-list': '1, 2' }, { 'x-pair': 'a=1' }, { 'x-json': '{}' }])(
  'nothing is found in %j',
  (headers) => {
    const found = foundIn(answer(200, [], headers), '/several/');
    expect(found.filter(({ check }) => check === 'answer/response-headers')).toEqual([]);
  },
);

test('a header of JSON is held against its schema', () => {
  const found = foundIn(answer(200, [], { 'x-json': '[]' }), '/several/');
  expect(linesOf(found)).toEqual([
    expect.stringContaining('answer/response-headers type, error: the header “X-Json”'),
  ]);
});

test('a header that could not be checked in time is neither right nor wrong', () => {
  const slow = {
    ...CONTRACT.validators.answer,
    check: () => ({ kind: 'not checked', why: 'time' }) as const,
  };
  const found = foundIn(answer(200, undefined, { 'x-list': '1' }), '/several/', 'plain', slow);
  expect(linesOf(found.filter(({ check }) => check === 'answer/response-headers'))).toEqual([
    'answer/response-headers not-checked, warning: the header “X-List” was not checked: checking it against the contract took longer than 1 s',
  ]);
});
