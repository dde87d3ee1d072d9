import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import type { Answer } from '../../targets/reply.js';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { idEcho } from './id-echo.js';

const UUID = '0b5c9f4e-1111-4222-8333-444455556666';

const on = (host: () => Answer, path = '/boats/5', template = '/boats/{boat_id}') =>
  checkOn(idEcho, { paths: `${template}: { get: {} }`, operation: `GET ${template}`, path, host });

test.each<[what: string, path: string, body: Json, gives: string]>([
  ['the same id', '/boats/5', { id: 5 }, 'passed'],
  ['a text of it', '/boats/5', { id: '5' }, 'passed'],
  ['a member of the name of the parameter', '/boats/5', { boatId: '5' }, 'passed'],
  ['an encoded one', '/boats/a%20b1', { id: 'a b1' }, 'passed'],
  ['one with a slash behind it', '/boats/5/', { id: 5 }, 'passed'],
  ['a wrapped one', '/boats/5', { data: { id: 5 } }, 'passed'],
  ['an id of its kind', '/boats/5', { id: 'boat_5' }, 'passed'],
  ['a UUID without hyphens', `/boats/${UUID}`, { id: UUID.replaceAll('-', '').toUpperCase() }, 'passed'],
  ['what is found by another member', '/boats/red-1', { id: 5, slug: 'red-1' }, 'passed'],
  ['another id', '/boats/5', { id: 6 }, 'other-id'],
  ['another id and a size', '/boats/5', { id: 6, size: 5 }, 'other-id'],
  ['another wrapped one', '/boats/5', { boat: { id: 6 } }, 'other-id'],
  ['an id that only ends like it', '/boats/5', { id: '15' }, 'other-id'],
  ['what a word stands for', '/boats/me', { id: 5 }, 'not-applicable'],
  ['no id', '/boats/5', { name: 'a' }, 'not-applicable'],
  ['a list', '/boats/5', [{ id: 6 }], 'not-applicable'],
  ['a text', '/boats/5', '"a"', 'inconclusive'],
])('a host that gives %s', async (_, path, body, gives) => {
  expect((await on(() => answer(200, body), path)).gives).toBe(gives);
});

test('says where it is and asks no more than once', async () => {
  const found = await on(() => answer(200, { id: 6 }));
  expect(found).toMatchObject({ calls: ['GET /boats/5'], messages: [expect.stringContaining('boat_id')] });
});

test.each([
  answer(400),
  answer(401),
  answer(404),
  answer(429),
  answer(500),
  answer(200, '{"a"', {}, 'cut off'),
])('what does not answer so again is not blamed', async (other) => {
  let asked = 0;
  expect((await on(() => ((asked += 1) === 1 ? answer(200, { id: 6 }) : other))).gives).toBe('inconclusive');
});

test('what is right when it is asked again is not blamed', async () => {
  let asked = 0;
  expect((await on(() => answer(200, { id: (asked += 1) === 1 ? 6 : 5 }))).gives).toBe('inconclusive');
});

test('of another id than that of the things, only the member of its name is looked at', async () => {
  const template = '/boats/{tax_id}';
  const body = (taxId: string) => () => answer(200, { id: 6, taxId });
  expect([
    (await on(body('12-34'), '/boats/1234', template)).gives,
    (await on(body('12-35'), '/boats/1234', template)).gives,
  ]).toEqual(['passed', 'other-id']);
});

test('a cut body is no answer', async () => {
  expect((await on(() => answer(200, '{"a"', {}, 'cut off'))).gives).toBe('inconclusive');
});

test.each([
  ['/boats/{slug}', '/boats/a1'],
  ['/boats/{tax_id}', '/boats/a1'],
  ['/boats/{boat}', '/boats/a1'],
  ['/boats/{owner_id}/{boat_id}', '/boats/1/2'],
  ['/boats', '/boats'],
])('does not apply to %s', async (template, path) => {
  expect((await on(() => answer(200, { id: 6 }), path, template)).gives).toBe('not-applicable');
});
