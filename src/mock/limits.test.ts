import { expect, test } from 'vitest';
import { answer } from '../testing/host.js';
import { limitOf } from './limits.js';

const problem = (type: string) => answer(404, { type: `https://stoplight.io/prism/errors#${type}` });

test.each<[what: string, type: string]>([
  ['a path that it does not match', 'NO_PATH_MATCHED_ERROR'],
  ['a failure of its own', 'UNKNOWN'],
  ['a body of a type that it does not read', 'INVALID_CONTENT_TYPE'],
])('%s is a limit of the mock', (_, type) => {
  expect(limitOf(problem(type))).toEqual(expect.any(String));
});

test.each<[what: string, reply: ReturnType<typeof answer>]>([
  ['a request that it finds wrong', problem('UNPROCESSABLE_ENTITY')],
  ['missing credentials', problem('UNAUTHORIZED')],
  ['an answer of the contract', answer(404, { type: 'https://example.com/not-found' })],
  ['an answer that is no JSON', answer(404, '<p>')],
  ['no body', answer(404)],
])('%s is none', (_, reply) => {
  expect(limitOf(reply)).toBeUndefined();
});
