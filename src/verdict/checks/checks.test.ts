import { describe, expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { answer, contractOf } from '../../testing/host.js';
import type { Answer, BodyDamage } from '../../target/reply.js';
import type { Finding } from '../verdict.js';
import { CHECKS, findViolations } from './index.js';

const contract = contractOf(`
/things/:
  get:
    responses:
      '200':
        description: ok
        headers:
          X-Total: { required: true, schema: { type: integer } }
          X-Page: { schema: { type: integer } }
          Content-Type: { required: true, schema: { type: string } }
        content: { application/json: { schema: { type: object, required: [id], properties: { id: { type: integer } } } } }
      '204': { description: nothing, content: { application/json: { schema: { type: object } } } }
      4XX: { description: refused, content: { 'text/*': {} } }
      '410':
        description: gone
        content: { application/json: { schema: { type: object, required: [since] } } }
/lists/:
  get:
    responses:
      default: { description: ok, content: { application/json: { schema: { type: array, items: { type: integer } } } } }
/maps/:
  get:
    responses:
      '200':
        description: ok
        content: { application/json: { schema: { type: object, additionalProperties: { type: integer, enum: [1] } } } }
/files/:
  get:
    responses:
      '200':
        description: ok
        content:
          application/pdf: { schema: { type: string, format: binary } }
          text/csv: { schema: { type: string, pattern: '^name' } }
          text/plain: { schema: { type: integer } }
          application/xml: { schema: { type: object } }
/several/:
  get:
    responses:
      '200':
        description: ok
        headers:
          X-List: { schema: { type: array, items: { type: integer } } }
          X-Pair: { schema: { type: object, properties: { a: { type: integer } } } }
          X-Json: { content: { application/json: { schema: { type: object } } } }
        content:
          application/json: { schema: { type: array } }
          application/vnd.api+json: { schema: { type: object, required: [data] } }
          application/json; version=2: { schema: { type: string } }
          application/*: { schema: { type: object, required: [star] } }
          '*/*': { schema: { type: object, required: [any] } }
/broken/:
  get:
    responses:
      '200': { description: ok, content: { application/json: { schema: { type: object, required: no-list } } } }
`);
const validator = contract.validators.answer;

function found(reply: Answer, path = '/things/'): Finding[] {
  const operation = contract.operations.find((one) => one.path === path);
  if (!operation) throw new Error('no such operation');
  return findViolations(operation, reply, validator);
}

const TOTAL = { 'x-total': '1' };
const good = (
  body: Json | undefined = { id: 1 },
  headers: Record<string, string> = TOTAL,
  damage?: BodyDamage,
) => answer(200, body, headers, damage);

/** An answer whose body is bytes that are no UTF-8. */
function bytes(body: readonly number[], type: string): Answer {
  return { ...answer(200, undefined, { 'content-type': type }), body: Buffer.from(body) };
}

/** What is found, as `check, severity: message`. */
function lines(findings: readonly Finding[]): string[] {
  return findings.map(({ check, severity, message }) => `${check}, ${severity}: ${message}`);
}

describe('an answer that breaks the contract in one way has that one finding', () => {
  test.each<[what: string, reply: Answer, path: string, finding: string]>([
    [
      'a success with a status that is not documented',
      answer(201),
      '/things/',
      'documented-status, error: the status 201 is not documented (documented: 200, 204, 410, 4XX)',
    ],
    [
      'a refusal with a status that is not documented: its verdict explains it',
      answer(500),
      '/things/',
      'documented-status, warning: the status 500 is not documented (documented: 200, 204, 410, 4XX)',
    ],
    [
      'a header that is required',
      good({ id: 1 }, {}),
      '/things/',
      'required-headers, error: the required header “X-Total” is missing',
    ],
    [
      'a header of another type',
      good({ id: 1 }, { 'x-total': 'many' }),
      '/things/',
      'header-values, error: the header “X-Total” should be integer, but a string of 4 characters came',
    ],
    [
      'a header with a list of which one is of another type',
      answer(200, [], { 'x-list': '1, two, 3' }),
      '/several/',
      'header-values, error: the header “X-List” should be integer, but a string of 3 characters came',
    ],
    [
      'a header with members of which one is of another type',
      answer(200, [], { 'x-pair': 'a=one' }),
      '/several/',
      'header-values, error: the header “X-Pair” should be integer, but a string of 3 characters came',
    ],
    [
      'a header that is not the JSON that is promised',
      answer(200, [], { 'x-json': '{' }),
      '/several/',
      'header-values, error: the header “X-Json” is not JSON, as the contract promises',
    ],
    [
      'a second JSON type: its own schema counts',
      answer(200, {}, { 'content-type': 'application/vnd.api+json' }),
      '/several/',
      'body, error: the required member “data” is missing',
    ],
    [
      'a version of a type',
      answer(200, [], { 'content-type': 'application/json; version=2' }),
      '/several/',
      'body, error: should be string, but an array of 0 came',
    ],
    [
      'a type that only a range covers',
      answer(200, {}, { 'content-type': 'application/problem+json' }),
      '/several/',
      'body, error: the required member “star” is missing',
    ],
    [
      'a type that only the widest range covers',
      answer(200, '{}', { 'content-type': 'model/gltf+json' }),
      '/several/',
      'body, error: the required member “any” is missing',
    ],
    [
      'a text that breaks its pattern',
      answer(200, 'id,name', { 'content-type': 'text/csv' }),
      '/files/',
      'body, error: should match the pattern ^name, but a string of 7 characters that does not match came',
    ],
    [
      'a text that should write a number',
      answer(200, 'many', { 'content-type': 'text/plain' }),
      '/files/',
      'body, error: should be integer, but a string of 4 characters came',
    ],
    [
      'a text in a charset that nobody names',
      bytes([0x6e, 0x61, 0x6d, 0x65, 0xe9], 'text/csv'),
      '/files/',
      'body, warning: the body was not checked: it is no text in a charset that is known',
    ],
    [
      'a text that is not in its charset',
      bytes([0x6e, 0xe9], 'text/csv; charset=utf-8'),
      '/files/',
      'body, error: the body is not in the charset that it is said to be in',
    ],
    [
      'JSON that is no UTF-8',
      bytes([0x22, 0xe9, 0x22], 'application/json'),
      '/lists/',
      'body, error: the body is not valid UTF-8',
    ],
    [
      'XML, which is not held against a schema',
      answer(200, '<a/>', { 'content-type': 'application/xml' }),
      '/files/',
      'body, warning: the body was not checked: XML is not held against a schema',
    ],
    [
      'another content type',
      good('{"id":1}', { ...TOTAL, 'content-type': 'text/html; charset=utf-8' }),
      '/things/',
      'content-type, error: the content type is text/html, the contract promises application/json',
    ],
    [
      'a content type that is not repeated, as it may hold anything',
      good('{"id":1}', { ...TOTAL, 'content-type': 'application/of-a-customer' }),
      '/things/',
      'content-type, error: the content type is another one, the contract promises application/json',
    ],
    [
      'a body without a content type',
      good('{"id":1}', TOTAL),
      '/things/',
      'content-type, error: a body came without a content type (documented: application/json)',
    ],
    [
      'a body that is missing',
      answer(200, undefined, TOTAL),
      '/things/',
      'body, error: the body is empty, the contract promises one',
    ],
    ['a member that is missing', good({}), '/things/', 'body, error: the required member “id” is missing'],
    [
      'a member of another type',
      good({ id: 'x' }),
      '/things/',
      'body, error: should be integer, but a string of 1 characters came',
    ],
    [
      'a body that was cut off',
      good({ id: 1 }, TOTAL, 'cut off'),
      '/things/',
      'body, error: the body is cut off',
    ],
    [
      'a body that is not the JSON that it is called',
      good('<p>', { ...TOTAL, 'content-type': 'application/json' }),
      '/things/',
      'body, error: the body is not JSON',
    ],
    [
      'the body of a refusal',
      answer(410, { error: 'x' }),
      '/things/',
      'body, error: the required member “since” is missing',
    ],
    [
      'a keyword that cannot be used: a part of the body was not checked',
      answer(200, { id: 1 }),
      '/broken/',
      'body, warning: a part of the body was not checked, because the contract’s schema cannot be used there: “required” at /paths/~1broken~1/get/responses/200/content/application~1json/schema (its value is none that it can have)',
    ],
    [
      'the default response',
      answer(200, ['x']),
      '/lists/',
      'body, error: should be integer, but a string of 1 characters came',
    ],
  ])('%s', (_, reply, path, finding) => {
    expect(lines(found(reply, path))).toEqual([finding]);
  });
});

test('a finding says where in the body it is', () => {
  expect(found(answer(200, [1, 'x']), '/lists/')[0]).toMatchObject({ pointer: '/1' });
});

test('a finding holds nothing of the answer: no value, and no name that is one', () => {
  for (const value of ['Carla Muster', 3035550142, null]) {
    const findings = found(answer(200, { 'Zerlinda Quackenbush': value }), '/maps/');
    expect(findings[0]).toMatchObject({ pointer: '/*' });
    expect(JSON.stringify(findings)).not.toMatch(/Carla|3035550142|Zerlinda/);
  }
});

test('of very many violations the first twenty are listed, and how many more there are', () => {
  const messages = found(
    answer(
      200,
      Array.from({ length: 30 }, () => 'x'),
    ),
    '/lists/',
  ).map(({ message }) => message);
  expect(messages).toHaveLength(21);
  expect(messages.at(-1)).toBe('10 further violations');
});

describe('an answer that keeps the contract has no finding', () => {
  test.each<[what: string, reply: Answer, path: string]>([
    ['as documented', good(), '/things/'],
    ['without a header that is not required', good({ id: 1 }, TOTAL), '/things/'],
    [
      'with a parameter in the content type',
      good('{"id":1}', { ...TOTAL, 'content-type': 'application/json; charset=utf-8' }),
      '/things/',
    ],
    ['without a body, where the status has none', answer(204), '/things/'],
    [
      'in a media type of a range that is documented',
      answer(404, 'no such thing', { 'content-type': 'text/plain' }),
      '/things/',
    ],
    ['with a status that the default stands for', answer(418, [1]), '/lists/'],
    [
      'with headers of which each is of its type',
      answer(200, [], { 'x-list': '1,2, 3', 'x-pair': 'a,1', 'x-json': '{"a":1}' }),
      '/several/',
    ],
    ['with an empty list in a header', answer(200, [], { 'x-list': '' }), '/several/'],
    [
      'in a type that differs in its charset only',
      answer(200, [], { 'content-type': 'Application/JSON;charset=UTF-8' }),
      '/several/',
    ],
    ['with a file', bytes([0x25, 0x50, 0x44, 0x46, 0xff, 0xfe], 'application/pdf'), '/files/'],
    [
      'with a text in the charset that it names',
      bytes([0x6e, 0x61, 0x6d, 0x65, 0xe9], 'text/csv; charset=latin1'),
      '/files/',
    ],
    ['with a text that writes a number', answer(200, '12', { 'content-type': 'text/plain' }), '/files/'],
  ])('%s', (_, reply, path) => {
    expect(lines(found(reply, path))).toEqual([]);
  });
});

test('every check finds something above', () => {
  expect(CHECKS.map(({ name }) => name)).toEqual([
    'documented-status',
    'content-type',
    'required-headers',
    'header-values',
    'body',
  ]);
});

test('a body that could not be checked in time is neither right nor wrong', () => {
  const [operation] = contract.operations.filter(({ path }) => path === '/lists/');
  if (!operation) throw new Error('the contract has no such operation');
  const slow = { ...validator, check: () => ({ kind: 'not checked', why: 'time' }) as const };
  expect(findViolations(operation, answer(200, [1]), slow)).toEqual([
    {
      check: 'body',
      code: 'not-checked',
      severity: 'warning',
      inconclusive: true,
      message: 'the body was not checked: checking it against the contract took longer than 1 s',
    },
  ]);
});
