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
  ])('%s', (_, reply, path) => {
    expect(lines(found(reply, path))).toEqual([]);
  });
});

test('every check finds something above', () => {
  expect(CHECKS.map(({ name }) => name)).toEqual([
    'documented-status',
    'content-type',
    'required-headers',
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
      severity: 'warning',
      inconclusive: true,
      message: 'the body was not checked: checking it against the contract took longer than 1 s',
    },
  ]);
});
