import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
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
