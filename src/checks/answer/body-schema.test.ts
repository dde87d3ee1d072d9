import { expect, test } from 'vitest';
import type { Answer } from '../../targets/reply.js';
import { bytes, CONTRACT, foundIn, good, linesOf, TOTAL } from '../../testing/answers.js';
import { answer } from '../../testing/host.js';

test.each<[what: string, reply: Answer, path: string, finding: string]>([
  [
    'a second JSON type: its own schema counts',
    answer(200, {}, { 'content-type': 'application/vnd.api+json' }),
    '/several/',
    'answer/body-schema required, error: the required member “data” is missing',
  ],
  [
    'a version of a type',
    answer(200, [], { 'content-type': 'application/json; version=2' }),
    '/several/',
    'answer/body-schema type, error: should be string, but an array of 0 came',
  ],
  [
    'a type that only a range covers',
    answer(200, {}, { 'content-type': 'application/problem+json' }),
    '/several/',
    'answer/body-schema required, error: the required member “star” is missing',
  ],
  [
    'a type that only the widest range covers',
    answer(200, '{}', { 'content-type': 'model/gltf+json' }),
    '/several/',
    'answer/body-schema required, error: the required member “any” is missing',
  ],
  [
    'JSON that is called a text',
    answer(200, { id: 'x' }, { 'content-type': 'text/json' }),
    '/notes/',
    'answer/body-schema type, error: should be integer, but a string of 1 characters came',
  ],
  [
    'a text that breaks its pattern',
    answer(200, 'id,name', { 'content-type': 'text/csv' }),
    '/files/',
    'answer/body-schema pattern, error: should match the pattern ^name, but a string of 7 characters that does not match came',
  ],
  [
    'a text that should write a number',
    answer(200, 'many', { 'content-type': 'text/plain' }),
    '/files/',
    'answer/body-schema type, error: should be integer, but a string of 4 characters came',
  ],
  [
    'a text in a charset that nobody names',
    bytes([0x6e, 0x61, 0x6d, 0x65, 0xe9], 'text/csv'),
    '/files/',
    'answer/body-schema not-checked, warning: the body was not checked: it is no text in a charset that is known',
  ],
  [
    'a text that is not in its charset',
    bytes([0x6e, 0xe9], 'text/csv; charset=utf-8'),
    '/files/',
    'answer/body-schema unreadable, error: the body is not in the charset that it is said to be in',
  ],
  [
    'JSON that is no UTF-8',
    bytes([0x22, 0xe9, 0x22], 'application/json'),
    '/lists/',
    'answer/body-schema unreadable, error: the body is not valid UTF-8',
  ],
  [
    'XML, which is not held against a schema',
    answer(200, '<a/>', { 'content-type': 'application/xml' }),
    '/files/',
    'answer/body-schema not-checked, warning: the body was not checked: XML is not held against a schema',
  ],
  [
    'a member that is missing',
    good({}),
    '/things/',
    'answer/body-schema required, error: the required member “id” is missing',
  ],
  [
    'a member of another type',
    good({ id: 'x' }),
    '/things/',
    'answer/body-schema type, error: should be integer, but a string of 1 characters came',
  ],
  [
    'a body that was cut off',
    good({ id: 1 }, TOTAL, 'cut off'),
    '/things/',
    'answer/body-schema unreadable, error: the body is cut off',
  ],
  [
    'a body that is not the JSON that it is called',
    good('<p>', { ...TOTAL, 'content-type': 'application/json' }),
    '/things/',
    'answer/body-schema unreadable, error: the body is not JSON',
  ],
  [
    'the body of a refusal',
    answer(410, { error: 'x' }),
    '/things/',
    'answer/body-schema required, error: the required member “since” is missing',
  ],
  [
    'a keyword that cannot be used: a part of the body was not checked',
    answer(200, { id: 1 }),
    '/broken/',
    'answer/body-schema partly-not-checked, warning: a part of the body was not checked, because the contract’s schema cannot be used there: “required” at /paths/~1broken~1/get/responses/200/content/application~1json/schema (its value is none that it can have)',
  ],
  [
    'the default response',
    answer(200, ['x']),
    '/lists/',
    'answer/body-schema type, error: should be integer, but a string of 1 characters came',
  ],
])('%s', (_, reply, path, finding) => {
  expect(linesOf(foundIn(reply, path))).toEqual([finding]);
});

test('a finding says where in the body it is', () => {
  expect(foundIn(answer(200, [1, 'x']), '/lists/')[0]).toMatchObject({ pointer: '/1' });
});

test('a finding holds nothing of the answer: no value, and no name that is one', () => {
  for (const value of ['Carla Muster', 3035550142, null]) {
    const findings = foundIn(answer(200, { 'Zerlinda Quackenbush': value }), '/maps/');
    expect(findings[0]).toMatchObject({ pointer: '/*' });
    expect(JSON.stringify(findings)).not.toMatch(/Carla|3035550142|Zerlinda/);
  }
});

test('of very many violations the first twenty are listed, and how many more there are', () => {
  const messages = foundIn(
    answer(
      200,
      Array.from({ length: 30 }, () => 'x'),
    ),
    '/lists/',
  ).map(({ message }) => message);
  expect(messages).toHaveLength(21);
  expect(messages.at(-1)).toBe('10 further violations');
});

test('a body that could not be checked in time is neither right nor wrong', () => {
  const slow = {
    ...CONTRACT.validators.answer,
    check: () => ({ kind: 'not checked', why: 'time' }) as const,
  };
  expect(foundIn(answer(200, [1]), '/lists/', 'plain', slow)).toEqual([
    {
      check: 'answer/body-schema',
      code: 'not-checked',
      severity: 'warning',
      inconclusive: true,
      message: 'the body was not checked: checking it against the contract took longer than 1 s',
    },
  ]);
});

test('where there are too many violations to examine, that is said', () => {
  const values = Array.from({ length: 25_000 }, () => 'x');
  expect(foundIn(answer(200, values), '/lists/').map(({ code }) => code)).toContain('not-all-examined');
});

test('a finding says what makes it this one', () => {
  expect(foundIn(good({}), '/things/')[0]).toMatchObject({ facts: { member: 'id' } });
  expect(foundIn(good({ id: 'x' }), '/things/')[0]).not.toHaveProperty('schema');
  const findings = foundIn(
    answer(
      200,
      Array.from({ length: 21 }, () => 'x'),
    ),
    '/lists/',
  );
  expect(findings.at(-1)).toMatchObject({ code: 'more', facts: { count: 1 }, pointer: '' });
});

test('of twenty violations there are no more than the listed ones', () => {
  const findings = foundIn(
    answer(
      200,
      Array.from({ length: 20 }, () => 'x'),
    ),
    '/lists/',
  );
  expect(findings.map(({ code }) => code)).toEqual(Array.from({ length: 20 }, () => 'type'));
});

test.each<[what: string, reply: Answer, path: string]>([
  ['a file', bytes([1, 2, 0xff], 'application/pdf'), '/files/'],
  ['a file that is a text', answer(200, 'a text', { 'content-type': 'application/pdf' }), '/files/'],
  ['a file that is JSON', answer(200, '{}', { 'content-type': 'application/pdf' }), '/files/'],
  ['a text that is as it should be', answer(200, 'name', { 'content-type': 'text/csv' }), '/files/'],
  ['a text that writes a number', answer(200, '12', { 'content-type': 'text/plain' }), '/files/'],
  ['what nothing is promised of', answer(404, 'no', { 'content-type': 'text/plain' }), '/things/'],
  ['no body at all', answer(200), '/lists/'],
])('nothing is found in the body of %s', (_, reply, path) => {
  expect(foundIn(reply, path).filter(({ check }) => check === 'answer/body-schema')).toEqual([]);
});
