import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import { idEcho } from './id-echo.js';

const UUID = '0b5c9f4e-1111-4222-8333-444455556666';

const on = (host: () => Answer | NoAnswer, path = '/boats/5', template = '/boats/{boat_id}') =>
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
  ['another id than one of letters', '/boats/deadbeef', { id: 'cafebabe' }, 'other-id'],
  ['another id than one that ends in letters', '/boats/5a', { id: '6a' }, 'other-id'],
  ['what a word stands for that ends like an id', '/boats/mydeadbeef', { id: 5 }, 'not-applicable'],
  ['what a word stands for that begins like an id', '/boats/deadbeefly', { id: 5 }, 'not-applicable'],
  ['what a name stands for', '/boats/@own', { id: 5 }, 'not-applicable'],
  ['another id and a member that is not one', '/boats/5', { id: 6, nodes: 5 }, 'other-id'],
  ['another id and a number of its own', '/boats/5', { id: 6, hullNo: 5 }, 'passed'],
  ['another id with a number behind it', '/boats/5', { id: 'boat_15' }, 'other-id'],
  ['another id, and an empty text', '/boats/5', { id: 6, note: '' }, 'other-id'],
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
  answer(500, { id: 6 }),
  answer(200, { name: 'a' }),
  silence('ECONNRESET'),
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
  ['/{boat_id}', '/5'],
])('does not apply to %s', async (template, path) => {
  expect((await on(() => answer(200, { id: 6 }), path, template)).gives).toBe('not-applicable');
});

test('says where in the answer the id is', async () => {
  const placesOf = async (body: Json) =>
    (await on(() => answer(200, body))).broken.map(({ pointer }) => pointer);
  expect(await placesOf({ id: 6 })).toEqual(['/id']);
  expect(await placesOf({ boat: { boatId: 6 } })).toEqual(['/boat/boatId']);
});

test('what may have changed since others asked is asked for again', async () => {
  const paths = '/boats/{boat_id}: { get: {} }';
  const found = await checkOn(idEcho, {
    ...{ paths, operation: 'GET /boats/{boat_id}', path: '/boats/5', times: 2 },
    host: () => answer(200, { id: 6 }),
  });
  expect(found.calls).toEqual(['GET /boats/5']);
});

test('the id is the last segment of the path, whatever the base is', async () => {
  const paths = '/boats/{boat_id}: { get: {} }';
  const found = await checkOn(idEcho, {
    ...{ paths, operation: 'GET /boats/{boat_id}', path: '/boats/5', base: 'https://api.shop.example/v/1' },
    host: () => answer(200, { id: 5 }),
  });
  expect(found.gives).toBe('passed');
});

test('what is read by POST is not judged', async () => {
  const paths = '/boats/{boat_id}: { post: { x-safe: true } }';
  const of = {
    paths,
    operation: 'POST /boats/{boat_id}',
    path: '/boats/5',
    host: () => answer(200, { id: 6 }),
  };
  expect(await checkOn(idEcho, of)).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each([
  ['/boats/{boat}', { id: 6, boat: 'Red One' }, 'not-applicable'],
  ['/boats/{boat_uuid}', { id: '7-7' }, 'other-id'],
  ['/boats/{uuid}', { id: '7-7' }, 'other-id'],
  ['/boats/{id}', { id: '7-7' }, 'other-id'],
])('a thing that is read by %s and gives %j', async (template, body, gives) => {
  expect((await on(() => answer(200, body), '/boats/5-5', template)).gives).toBe(gives);
});
