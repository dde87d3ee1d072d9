import { expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import { absentId } from './absent-id.js';

test.each<[what: string, other: Answer | NoAnswer, gives: string]>([
  ['does not find it', answer(404), 'passed'],
  ['says that it is gone', answer(410), 'passed'],
  ['refuses such an id', answer(400), 'passed'],
  ['finds something', answer(200, { id: 'x' }), 'found'],
  ['fails', answer(500), 'failed'],
  ['is silent', silence('ECONNRESET'), 'inconclusive'],
  ['breaks off', { ...answer(200), incomplete: 'cut off' }, 'inconclusive'],
])('a host that %s', async (_, other, gives) => {
  const found = await checkOn(absentId, {
    paths: '/things/{id}: { get: {} }',
    operation: 'GET /things/{id}',
    path: '/things/7',
    host: ({ path }) => (path === '/things/7' ? answer(200, { id: '7' }) : other),
  });
  expect([found.gives, found.calls.length]).toEqual([gives, 1]);
});

test.each<[responses: string, other: ReturnType<typeof answer>, gives: string]>([
  ["{ '200': {} }", answer(200, []), 'inconclusive'],
  ["{ '200': {}, '404': {} }", answer(200, []), 'list-of-nothing'],
  ["{ '200': {} }", answer(200, [{ id: 'x' }]), 'found'],
])('a list below what is not there, with the responses %s', async (responses, other, gives) => {
  const found = await checkOn(absentId, {
    paths: `/things/{id}/parts/: { get: { responses: ${responses} } }`,
    operation: 'GET /things/{id}/parts/',
    path: '/things/7/parts/',
    host: ({ path }) => (path === '/things/7/parts/' ? answer(200, [{ id: 'a' }]) : other),
  });
  expect(found.gives).toBe(gives);
  expect(found.calls[0]).toMatch(/^GET \/things\/[^/]+\/parts\/$/);
});

test('an id of a certain form is one of that form', async () => {
  const found = await checkOn(absentId, {
    paths: `/things/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: string, pattern: '^PK[0-9A-Z]{8}$' } }] } }`,
    operation: 'GET /things/{id}',
    path: '/things/PK7Q2M9X41',
    host: ({ path }) => (path === '/things/PK7Q2M9X41' ? answer(200, { id: 'PK7Q2M9X41' }) : answer(404)),
  });
  expect(found.gives).toBe('passed');
  expect(found.calls[0]).toMatch(/^GET \/things\/PK\d[A-Z]\d[A-Z]\d[A-Z]\d\d$/);
});

test('an id that may be that of something by chance is not asked for', async () => {
  const found = await checkOn(absentId, {
    paths: `/things/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: string, pattern: '^[A-Z]{3}$' } }] } }`,
    operation: 'GET /things/{id}',
    path: '/things/ABC',
    host: () => answer(200, { id: 'ABC' }),
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('what has no id in its path is not asked', async () => {
  const host = () => answer(200, []);
  const found = await checkOn(absentId, { paths: '/things: { get: {} }', operation: 'GET /things', host });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});
