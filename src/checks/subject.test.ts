import { expect, test } from 'vitest';
import { answer } from '../testing/host.js';
import type { Json } from '../json.js';
import { NotApplicable } from '../drive/drive.js';
import { checkOn, subjectOn } from '../testing/checks.js';
import { check, passed } from './check.js';
import { statedLists } from './stated/lists.js';
import { jsonOf } from './subject.js';
import { withoutAsking } from './without-asking.js';

/** Passes where the subject is a list. */
const isList = check({
  id: 'list/of-a-test',
  promise: 'It is a list.',
  source: { kind: 'practice', ref: 'a test' },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 0 },
  messages: { never: () => '' },
  run: withoutAsking(({ list }) => (list ? passed : new NotApplicable('it is no list'))),
});

test.each<[path: string, body: Json, list: boolean]>([
  ['/things', [{ id: 1 }], true],
  ['/things', { data: [] }, true],
  ['/things', { id: 1, parts: [{ id: 2 }] }, true],
  ['/things/{id}', { id: 1, parts: [{ id: 2 }] }, false],
  ['/things/{id}/parts', { id: 1, parts: [{ id: 2 }] }, true],
  ['/things/{thing_id}', { id: 1, items: [{ id: 2 }] }, false],
  ['/things/{thing_id}', { thingId: 1, items: [{ id: 2 }] }, false],
  ['/things/{id}', [{ id: 2 }], true],
  ['/things/{id}', { resourceType: 'Bundle', id: 'x', entry: [{ resource: { id: 1 } }] }, true],
  ['/things/{id}', { entry: [{ id: 2 }] }, true],
  ['/status', 'fine', false],
])('an answer of %s: %j', async (path, body, list) => {
  const asked = path.replace(/\{[^}]+\}/, '7');
  const paths = `${path}: { get: {} }`;
  const { gives } = await checkOn(isList, {
    ...{ paths, operation: `GET ${path}`, path: asked },
    host: () => answer(200, body, { 'content-type': 'application/json' }),
  });
  expect(gives).toBe(list ? 'passed' : 'not-applicable');
});

test('a search by POST is no list, and a list that is stated is one whatever it looks like', async () => {
  const subjectFor = async (operation: string, items?: string) => {
    const [method = '', path = ''] = operation.split(' ');
    const { subject } = await subjectOn({
      ...{ paths: `${path}: { ${method.toLowerCase()}: {} }`, operation, path: path.replace('{id}', '7') },
      ...{ host: () => answer(200, { id: 7, parts: [{ id: 2 }] }) },
      ...(items === undefined ? {} : { lists: statedLists({ all: { items } }) }),
    });
    return subject.list?.itemsOf(subject.body);
  };
  expect(await subjectFor('GET /things')).toEqual([{ id: 2 }]);
  expect(await subjectFor('POST /things')).toBeUndefined();
  expect(await subjectFor('GET /things/{id}')).toBeUndefined();
  expect(await subjectFor('GET /things/{id}', '/parts')).toEqual([{ id: 2 }]);
});

test.each<[paths: string, operation: string, item: string | undefined]>([
  ['/things: { get: {} }\n/things/{thing_id}: { get: {} }', 'GET /things', 'GET /things/{thing_id} thing_id'],
  ['/things/: { get: {} }\n/things/{id}: { get: {} }', 'GET /things/', 'GET /things/{id} id'],
  ['/v1/things: { get: {} }\n/v1/things/{id}: { get: {} }', 'GET /v1/things', 'GET /v1/things/{id} id'],
  ['/things: { get: {} }\n/things/{id}: { delete: {} }', 'GET /things', undefined],
  ['/things: { get: {} }\n/things/{id}: { head: {} }', 'GET /things', undefined],
  ['/things: { get: {} }\n/things/{id}/parts: { get: {} }', 'GET /things', undefined],
  ['/things: { get: {} }\n/things/newest: { get: {} }', 'GET /things', undefined],
  ['/things: { post: {} }\n/things/{id}: { get: {} }', 'POST /things', undefined],
])('of %s the things of %s are read by %s', async (paths, operation, item) => {
  const { subject } = await subjectOn({ paths, operation, host: () => answer(200, [{ id: 1 }]) });
  expect(subject.item && `${subject.item.operation.id} ${subject.item.parameter}`).toBe(item);
});

test('only JSON that can be read is the body of an answer', () => {
  expect(jsonOf(answer(200, [1]))).toEqual([1]);
  expect(jsonOf(answer(200, 'a text'))).toBeUndefined();
  expect(jsonOf(answer(200, '[1', { 'content-type': 'application/json' }))).toBeUndefined();
});
