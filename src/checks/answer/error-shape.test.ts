import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import type { Answer, Silence } from '../../target/reply.js';
import { errorShape } from './error-shape.js';

const ERROR = '{ type: object, required: [fault], properties: { fault: { type: string } } }';
const OTHER = '{ type: object, required: [errors] }';
const content = (schema: string, type = 'application/json') => `content: { ${type}: { schema: ${schema} } }`;
const PATHS = `
/things/{id}: { get: { responses: { '404': { ${content(ERROR)} }, 4XX: { ${content(OTHER)} } } } }
/boats/{id}: { get: { responses: { '200': {}, default: { ${content(ERROR, 'application/problem+json')} } } } }
/pages/{id}: { get: { responses: { '404': { ${content('{ type: string }', 'text/plain')} } } } }
/silent/{id}: { get: {} }
/things: { get: { responses: { '404': { ${content(ERROR)} } } } }
`;

const on = (path: string, reply: Answer | Silence) =>
  checkOn(errorShape, {
    paths: PATHS,
    operation: `GET ${path}`,
    path: path.replace('{id}', '7'),
    host: ({ path: asked }: Sent) => (/\/7$|things$/.test(asked) ? answer(200, { id: 7 }) : reply),
  });

test.each<[path: string, reply: Answer | Silence, gives: string]>([
  ['/things/{id}', answer(404, { fault: 'none', more: 1 }), 'passed'],
  ['/things/{id}', answer(404, { errors: [] }), 'other-shape'],
  ['/things/{id}', answer(404, []), 'other-shape'],
  ['/things/{id}', answer(400, { errors: [] }), 'passed'],
  ['/things/{id}', answer(422, { fault: 'none' }), 'other-shape'],
  ['/boats/{id}', answer(410, { fault: 'none' }), 'passed'],
  ['/boats/{id}', answer(404, { title: 'none' }), 'other-shape'],
  ['/boats/{id}', answer(404, '<html></html>', { 'content-type': 'text/html' }), 'inconclusive'],
  ['/boats/{id}', answer(404), 'inconclusive'],
  ['/pages/{id}', answer(404, { fault: 1 }), 'not-applicable'],
  ['/silent/{id}', answer(404, { fault: 1 }), 'not-applicable'],
  ['/things', answer(404, {}), 'not-applicable'],
  ['/things/{id}', answer(404, '{"a"', {}, 'cut off'), 'inconclusive'],
  ['/things/{id}', silence('ECONNRESET'), 'inconclusive'],
  ...[200, 301, 401, 403, 409, 429, 500, 503].map((status): [string, Answer, string] => [
    '/things/{id}',
    answer(status, { other: 1 }),
    'inconclusive',
  ]),
])('%s', async (path, reply, gives) => {
  expect((await on(path, reply)).gives).toBe(gives);
});

test('asks once, for an id that it has made', async () => {
  const { calls } = await on('/things/{id}', answer(404, {}));
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatch(/^GET \/things\/conform-absent-/);
});
