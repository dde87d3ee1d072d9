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
  expect(limitOf(problem(type), false)).toEqual(expect.any(String));
});

test.each<[what: string, reply: ReturnType<typeof answer>]>([
  ['a request that it finds wrong', problem('UNPROCESSABLE_ENTITY')],
  ['missing credentials', problem('UNAUTHORIZED')],
  ['an answer of the contract', answer(404, { type: 'https://example.com/not-found' })],
  ['an answer that is no JSON', answer(404, '<p>')],
  ['no body', answer(404)],
])('%s is none', (_, reply) => {
  expect(limitOf(reply, false)).toBeUndefined();
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
  expect(limitOf(refused(...validation), false) !== undefined).toBe(isLimit);
});

test('a request that was made from the contract, and that the mock finds wrong, says nothing of the API', () => {
  const fault = { location: ['request', 'body'], severity: 'Error', code: 'required', message: 'x' };
  const documented = answer(400, { error: 'invalid' }, { 'sl-violations': JSON.stringify([fault]) });
  for (const reply of [refused({ ...fault, location: ['body'] }), documented]) {
    expect(limitOf(reply, true)).toBe('it finds the body wrong, which was made from the contract');
    expect(limitOf(reply, false)).toBeUndefined();
  }
});

test('what the mock does not complain of is no limit, whoever has made the request', () => {
  const fault = { location: ['request', 'body'], severity: 'Error', code: 'required', message: 'x' };
  const success = answer(200, {}, { 'sl-violations': JSON.stringify([fault]) });
  const warned = answer(400, {}, { 'sl-violations': JSON.stringify([{ ...fault, severity: 'Warning' }]) });
  for (const reply of [success, warned, answer(400, { error: 'invalid' }), problem('UNAUTHORIZED')])
    expect(limitOf(reply, true)).toBeUndefined();
});
