import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { readIsPure } from './read-is-pure.js';

const BOAT = `
      '200':
        content:
          application/json:
            schema:
              type: object
              properties:
                id: { type: string }
                state: { type: string, enum: [afloat, ashore] }
                sold: { type: boolean }
                berths: { type: integer }
                revision: { type: integer }
                views: { type: integer }
                draws: { type: integer, description: How often it has been drawn; goes up with every read. }
                seenAt: { type: string }
                hull: { type: object, properties: { painted: { type: boolean } } }`;
const ITEM = `/boats/{id}:
  get:
    responses:${BOAT}`;
const LIST = `/boats: { get: { responses: { '200': { content: { application/json: { schema: { type: object } } } } } } }`;

/** A boat that is read for the n-th time. */
type Boat = (time: number) => JsonObject;

test.each<[what: string, boat: Boat, gives: string]>([
  ['stays the same', () => ({ id: 'b1', state: 'afloat', sold: false, revision: 3 }), 'passed'],
  ['changes once', (time) => ({ id: 'b1', state: time < 3 ? 'afloat' : 'ashore' }), 'passed'],
  [
    'moves on from one state to the next',
    (time) => ({ id: 'b1', state: time < 2 ? 'afloat' : 'ashore', revision: time < 3 ? 1 : 2 }),
    'passed',
  ],
  ['has a clock', (time) => ({ id: 'b1', seenAt: `2026-02-03T10:00:0${time}Z` }), 'passed'],
  ['counts its views', (time) => ({ id: 'b1', views: time }), 'passed'],
  ['counts what is said to go up with every read', (time) => ({ id: 'b1', draws: time }), 'passed'],
  ['counts in steps of time', (time) => ({ id: 'b1', berths: 1_770_112_800 + time }), 'passed'],
  ['is changed by others', (time) => ({ id: 'b1', revision: [1, 2, 4, 9][time] ?? 12 }), 'passed'],
  ['has more than is described', (time) => ({ id: 'b1', shown: time % 2 === 0 }), 'passed'],
  ['is another state at each read', (time) => ({ id: 'b1', state: time % 2 ? 'afloat' : 'ashore' }), 'flips'],
  ['is inside out at each read', (time) => ({ id: 'b1', hull: { painted: time % 2 === 1 } }), 'flips'],
  ['has a new revision at each read', (time) => ({ id: 'b1', revision: time }), 'moves'],
  ['loses berths', (time) => ({ id: 'b1', berths: 40 - 2 * time }), 'moves'],
])('a thing that %s', async (_, boat, gives) => {
  let time = 0;
  const host = () => answer(200, boat(time++));
  const found = await checkOn(readIsPure, {
    ...{ paths: ITEM, operation: 'GET /boats/{id}', path: '/boats/b1' },
    host,
  });
  expect(found.gives).toBe(gives);
});

test.each<[what: string, host: (sent: Sent, time: number) => ReturnType<typeof answer>, gives: string]>([
  ['stays', () => answer(200, { id: 'b2' }), 'passed'],
  ['is gone once it was read', (_, time) => (time === 1 ? answer(200, { id: 'b2' }) : answer(404)), 'gone'],
  [
    'is gone already, but another one goes as well',
    (sent, time) => (sent.path.endsWith('b1') && time === 2 ? answer(200, { id: 'b1' }) : answer(410)),
    'gone',
  ],
  ['cannot be read', () => answer(404), 'inconclusive'],
  ['is refused', (_, time) => (time === 1 ? answer(200, { id: 'b2' }) : answer(429)), 'inconclusive'],
  ['fails', (_, time) => (time === 1 ? answer(200, { id: 'b2' }) : answer(500)), 'inconclusive'],
  ['breaks off', () => answer(200, '{"a"', {}, 'cut off'), 'inconclusive'],
  ...[400, 401, 404, 429, 500].map((status): [string, (sent: Sent) => ReturnType<typeof answer>, string] => [
    `is answered with ${status}`,
    () => answer(status),
    'inconclusive',
  ]),
])('a thing of a list that %s', async (_, host, gives) => {
  let time = 0;
  const found = await checkOn(readIsPure, {
    ...{ paths: `${LIST}\n${ITEM}`, operation: 'GET /boats' },
    host: (sent) =>
      sent.path === '/boats' ? answer(200, { data: [{ id: 'b1' }, { id: 'b2' }] }) : host(sent, ++time),
  });
  expect(found.gives).toBe(gives);
});

test.each([400, 401, 404, 429, 500])('a thing that is answered with %i', async (status) => {
  let time = 0;
  const host = () => (time++ === 0 ? answer(200, { id: 'b1' }) : answer(status));
  const of = { paths: ITEM, operation: 'GET /boats/{id}', path: '/boats/b1' };
  expect((await checkOn(readIsPure, { ...of, host })).gives).toBe('inconclusive');
});

test('a list whose things cannot be read, and a thing that nothing is said of, are not judged', async () => {
  const list = { paths: LIST, operation: 'GET /boats', host: () => answer(200, { data: [{ id: 'b1' }] }) };
  expect(await checkOn(readIsPure, list)).toMatchObject({ gives: 'not-applicable', calls: [] });
  const plain = { paths: '/boats/{id}: { get: {} }', operation: 'GET /boats/{id}', path: '/boats/b1' };
  const host = () => answer(200, { id: 'b1' });
  expect(await checkOn(readIsPure, { ...plain, host })).toMatchObject({ gives: 'not-applicable', calls: [] });
});

const DESCRIBED = ITEM.replace(
  'sold: { type: boolean }',
  () => `sold: { type: boolean }
                flag: { allOf: [{ type: string }, { enum: [up, down] }] }
                depth: { allOf: [{ minimum: 0 }, { type: integer }] }
                draft: { type: number }`,
);
const stays = async (boat: Boat) => {
  let time = 0;
  const of = { paths: DESCRIBED, operation: 'GET /boats/{id}', path: '/boats/b1' };
  return await checkOn(readIsPure, { ...of, host: () => answer(200, boat(time++)) });
};

test.each<[what: string, boat: Boat, gives: string]>([
  ['has a number for one of a few values', (time) => ({ state: time }), 'passed'],
  ['has no value in between', (time) => ({ state: time === 2 ? null : `state ${time}` }), 'passed'],
  ['loses what a member is in', (time) => ({ hull: time === 2 ? null : { painted: time === 1 } }), 'passed'],
  ['has half a step more each time', (time) => ({ revision: time / 2 }), 'passed'],
  ['has a text for a number in between', (time) => ({ revision: time === 2 ? '2' : time }), 'passed'],
  ['has a large number before a clock', (time) => ({ berths: 999_999_998 + time }), 'moves'],
  ['has the first number of a clock', (time) => ({ berths: 999_999_999 + time }), 'passed'],
  ['has another of its described values each time', (time) => ({ flag: time % 2 ? 'up' : 'down' }), 'flips'],
  ['is one deeper each time', (time) => ({ depth: time }), 'moves'],
  ['has another size that is no whole number', (time) => ({ draft: time }), 'passed'],
])('a thing that %s', async (_, boat, gives) => {
  expect((await stays((time) => ({ id: 'b1', ...boat(time) }))).gives).toBe(gives);
});

test.each([answer(500, { id: 'b1' }), silence('ECONNRESET'), answer(200, [])])(
  'a thing that is not read again is not judged',
  async (again) => {
    let time = 0;
    const of = { paths: ITEM, operation: 'GET /boats/{id}', path: '/boats/b1' };
    const { gives } = await checkOn(readIsPure, {
      ...of,
      host: () => (time++ === 0 ? answer(200, { id: 'b1' }) : again),
    });
    expect(gives).toBe('inconclusive');
  },
);

const inList = (ids: Json[], host: (path: string, time: number) => Answer | NoAnswer, times = 1) => {
  let time = 0;
  return checkOn(readIsPure, {
    ...{ paths: `${LIST}\n${ITEM}`, operation: 'GET /boats', times },
    host: ({ path }) =>
      path === '/boats'
        ? answer(200, { data: ids.map((id) => (typeof id === 'string' ? { id } : id)) })
        : host(path, ++time),
  });
};

test('the last two things of a list are read, and each of them once where it cannot be', async () => {
  for (const none of [answer(404), answer(500, { id: 'b' }), silence('ECONNRESET'), answer(200, 'no JSON')]) {
    const { calls, why } = await inList(['b1', 'b2', 'b3', 'a/b', { name: 'b4' }, 7], () => none);
    expect(calls).toEqual(['GET /boats/b3', 'GET /boats/b2']);
    expect(why).toBe('no thing of the list could be read by its id');
  }
});

test('a list without ids has nothing to read', async () => {
  expect((await inList([{ name: 'a' }], () => answer(404))).why).toBe('it lists nothing with an id');
});

test('a thing that does not answer the second time is not gone', async () => {
  const { why } = await inList(['b1'], (_, time) =>
    time === 1 ? answer(200, { id: 'b1' }) : silence('ECONNRESET'),
  );
  expect(why).toBe('it did not answer when it was asked again');
});

test('what may have changed since others asked is asked for again', async () => {
  const { calls } = await inList(['b1'], () => answer(200, { id: 'b1' }), 2);
  expect(calls).toEqual(['GET /boats/b1', 'GET /boats/b1']);
});

test('only a thing that is read by GET is read again', async () => {
  const boat = () => answer(200, { id: 'b1', state: 'afloat' });
  const search = {
    paths: ITEM.replace('get:', 'post:\n    x-safe: true'),
    operation: 'POST /boats/{id}',
    path: '/boats/b1',
  };
  expect((await checkOn(readIsPure, { ...search, host: boat })).why).toBe(
    'only what GET reads is read again',
  );
  const list = { paths: LIST, operation: 'GET /boats', host: () => answer(200, { data: [] }) };
  expect((await checkOn(readIsPure, list)).why).toBe('its answer is not that of one thing');
});
