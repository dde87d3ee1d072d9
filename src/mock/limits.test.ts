import { expect, test } from 'vitest';
import type { Json } from '../json.js';
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

const refused = (...validation: Json[]) =>
  answer(422, { type: 'https://stoplight.io/prism/errors#UNPROCESSABLE_ENTITY', validation });
const ONE_OF = { location: ['path', 'id'], code: 'oneOf', message: 'must match exactly one schema in oneOf' };
const TOO_LARGE = { location: ['body', 'id'], code: 'maximum', message: 'must be <= 9007199254740991' };

test.each<[what: string, validation: Json[], isLimit: boolean]>([
  ['a parameter that it reads in two ways', [ONE_OF], true],
  ['a number that it cannot hold', [TOO_LARGE], true],
  ['both', [ONE_OF, TOO_LARGE], true],
  [
    'one of them beside what is wrong',
    [ONE_OF, { location: ['body'], code: 'required', message: 'x' }],
    false,
  ],
  ['a body that fits two', [{ ...ONE_OF, location: ['body'] }], false],
  ['a number that is too large for the contract', [{ ...TOO_LARGE, message: 'must be <= 9' }], false],
  ['nothing', [], false],
])('a refusal for %s: %s', (_, validation, isLimit) => {
  expect(limitOf(refused(...validation)) !== undefined).toBe(isLimit);
});
