import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { successCarriesError } from './success-carries-error.js';

const ERROR = `{ type: object, required: [fault], properties: { fault: { type: string } } }`;
const content = (schema: string, type = 'application/json') => `content: { ${type}: { schema: ${schema} } }`;
const THING =
  '{ type: object, required: [id], properties: { id: { type: integer }, name: { type: string } } }';
const PATHS = `
/things: { get: { responses: { '200': { ${content(`{ type: array, items: ${THING} }`)} }, 4XX: { ${content(ERROR)} } } } }
/thing: { get: { responses: { '200': { ${content(THING)} }, default: { ${content(ERROR, 'application/vnd.fault+json')} } } } }
/free: { get: { responses: { '200': { ${content('{ type: object }')} }, '500': { ${content(ERROR)} } } } }
/loose: { get: { responses: { '200': { ${content(THING)} }, '500': { ${content('{ type: object }')} } } } }
/alike:
  get:
    responses:
      '200': { ${content('{ type: object, required: [id, fault], properties: { fault: { type: string } } }')} }
      '500': { ${content(ERROR)} }
/either: { get: { responses: { '200': { ${content(`{ oneOf: [${THING}, ${ERROR}] }`)} }, '500': { ${content(ERROR)} } } } }
/silent: { get: {} }
/things/$validate: { get: {} }
/OperationOutcome/1: { get: {} }
/default: { get: { responses: { default: { ${content(ERROR)} } } } }
/problems: { get: { responses: { '200': { ${content('{ type: object }', 'application/problem+json')} } } } }
/checked:
  get:
    responses:
      '200': { ${content('{ type: object, required: [resourceType], properties: { resourceType: { enum: [OperationOutcome] } } }')} }
`;

const outcome = (...severities: string[]) => ({
  resourceType: 'OperationOutcome',
  issue: severities.map((severity) => ({ severity })),
});

test.each<[path: string, body: Json, gives: string]>([
  ['/things', [{ id: 1 }], 'passed'],
  ['/things', [], 'passed'],
  ['/things', { fault: 'none' }, 'error-in-success'],
  ['/things', { data: [] }, 'passed'],
  ['/thing', { id: 1 }, 'passed'],
  ['/thing', { fault: 'none' }, 'error-in-success'],
  // One that has all that a thing has, and a member more; or a thing of which one value is wrong.
  ['/thing', { id: 1, fault: 'none' }, 'passed'],
  ['/thing', { id: 'a', fault: 'none' }, 'passed'],
  ['/thing', { id: 1, name: null }, 'passed'],
  ['/thing', {}, 'passed'],
  ['/free', { fault: 'none' }, 'passed'],
  ['/loose', { fault: 'none' }, 'passed'],
  ['/alike', { fault: 'none' }, 'passed'],
  ['/either', { fault: 'none' }, 'passed'],
  ['/silent', { fault: 'none', error: true }, 'passed'],
  ['/default', { fault: 'none' }, 'passed'],
  ['/silent', outcome('error'), 'operation-outcome'],
  ['/thing', outcome('warning', 'fatal'), 'operation-outcome'],
  ['/silent', outcome('warning', 'information'), 'passed'],
  ['/silent', { resourceType: 'Bundle', entry: [{ resource: outcome('error') }] }, 'passed'],
  ['/checked', outcome('error'), 'passed'],
  ['/things/$validate', outcome('error'), 'passed'],
  ['/OperationOutcome/1', outcome('error'), 'passed'],
])('%s %j', async (path, body, gives) => {
  const host = () => answer(200, body);
  const found = await checkOn(successCarriesError, { paths: PATHS, operation: `GET ${path}`, host });
  expect(found).toMatchObject({ gives, calls: [] });
});

const PROBLEM = { 'content-type': 'application/problem+json; charset=utf-8' };

test.each<[path: string, reply: ReturnType<typeof answer>, gives: string]>([
  ['/things', answer(200, '{}', PROBLEM), 'problem-in-success'],
  ['/problems', answer(200, '{}', PROBLEM), 'passed'],
  ['/things', answer(204), 'passed'],
  ['/things', answer(200, 'a text'), 'passed'],
  ['/things', answer(200, '{"a"', PROBLEM, 'cut off'), 'inconclusive'],
  ...[400, 401, 404, 429, 500].map((status): [string, ReturnType<typeof answer>, string] => [
    '/things',
    answer(status, { fault: 'one' }),
    'inconclusive',
  ]),
])('%s, other answers', async (path, reply, gives) => {
  const found = await checkOn(successCarriesError, {
    paths: PATHS,
    operation: `GET ${path}`,
    host: () => reply,
  });
  expect(found.gives).toBe(gives);
});
