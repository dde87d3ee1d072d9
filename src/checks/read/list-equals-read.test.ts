import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { listEqualsRead } from './list-equals-read.js';

const THING = `{ type: object, properties: { id: { type: integer }, name: { type: string } } }`;
const PATHS = `
/boats:
  get:
    responses: { 200: { description: all, content: { application/json: { schema: { type: array, items: ${THING} } } } } }
/boats/{boat_id}: { get: {} }
`;

const isRead = ({ path }: Sent) => path !== '/boats';
const on = (host: (sent: Sent) => Answer | NoAnswer) =>
  checkOn(listEqualsRead, { paths: PATHS, operation: 'GET /boats', host });
const between =
  (listed: Json, read: Json) =>
  (sent: Sent): Answer =>
    answer(200, isRead(sent) ? read : [listed]);

test.each<[what: string, listed: Json, read: Json, gives: string]>([
  ['the same', { id: 5, name: 'a' }, { id: 5, name: 'a' }, 'passed'],
  ['more where it is read', { id: 5, name: 'a' }, { id: 5, name: 'a', note: 'n' }, 'passed'],
  ['null where it is listed', { id: 5, name: null }, { id: 5, name: 'a' }, 'passed'],
  ['an empty text where it is listed', { id: 5, secret: '' }, { id: 5, secret: 'a' }, 'passed'],
  ['a number as a text', { id: 5, size: 12.5 }, { id: '5', size: '12.50' }, 'passed'],
  [
    'another offset',
    { id: 5, at: '2026-01-01T01:00:00+01:00' },
    { id: 5, at: '2026-01-01T00:00:00.0Z' },
    'passed',
  ],
  ['a nested difference', { id: 5, owner: { name: 'a' } }, { id: 5, owner: { name: 'b' } }, 'passed'],
  [
    'a text of which the start is listed',
    { id: 5, text: 'a'.repeat(50) },
    { id: 5, text: 'a'.repeat(60) },
    'passed',
  ],
  ['a masked text', { id: 5, phone: '***12' }, { id: 5, phone: '44412' }, 'passed'],
  ['what it is', { id: 5, kind: 'boatInList', _score: 1 }, { id: 5, kind: 'boat', _score: 2 }, 'passed'],
  ['a longer short text', { id: 5, name: 'a' }, { id: 5, name: 'ab' }, 'other-value'],
  ['a shortened text', { id: 5, text: 'Once upon …' }, { id: 5, text: 'Once upon a time' }, 'passed'],
  [
    'a signed address',
    { id: 5, image: 'https://a.example/1?s=1' },
    { id: 5, image: 'https://a.example/1?s=2' },
    'passed',
  ],
  ['another name', { id: 5, name: 'a' }, { id: 5, name: 'b' }, 'other-value'],
  ['a rounded number', { id: 5, size: 12.35 }, { id: 5, size: 12.345 }, 'other-value'],
  ['two others', { id: 5, name: 'a', size: 1 }, { id: 5, name: 'b', size: 2 }, 'other-value, other-value'],
  ['a wrapped thing', { id: 5, name: 'a' }, { data: { id: 5, name: 'b' } }, 'other-value'],
  ['another state', { id: 5, name: 'a', updatedAt: 1 }, { id: 5, name: 'b', updatedAt: 2 }, 'inconclusive'],
  ['another thing', { id: 5, name: 'a' }, { id: 6, name: 'b' }, 'inconclusive'],
  ['a list', { id: 5, name: 'a' }, [{ id: 5, name: 'b' }], 'inconclusive'],
  ['no id', { name: 'a' }, { name: 'a' }, 'not-applicable'],
  ['an id that is no segment', { id: 'a/b' }, { id: 'a/b' }, 'not-applicable'],
])('a host that reads %s', async (_, listed, read, gives) => {
  expect((await on(between(listed, read))).gives).toBe(gives);
});

test.each([400, 401, 404, 429, 500])('the status %i of the read says nothing', async (status) => {
  expect((await on((sent) => (isRead(sent) ? answer(status) : answer(200, [{ id: 5 }])))).gives).toBe(
    'inconclusive',
  );
});

test('a cut body says nothing', async () => {
  const cut = answer(200, '{"a"', {}, 'cut off');
  expect((await on((sent) => (isRead(sent) ? cut : answer(200, [{ id: 5 }])))).gives).toBe('inconclusive');
});

test('what changes meanwhile is not blamed', async () => {
  let asked = 0;
  const changing = await on((sent) =>
    answer(200, isRead(sent) ? { id: 5, name: 'b' } : [{ id: 5, name: (asked += 1) === 1 ? 'a' : 'b' }]),
  );
  let times = 0;
  const vanishing = await on((sent) =>
    answer(200, isRead(sent) ? { id: 5, name: 'b' } : (times += 1) === 1 ? [{ id: 5, name: 'a' }] : []),
  );
  expect([changing.gives, vanishing.gives]).toEqual(['inconclusive', 'inconclusive']);
});

test('the first thing whose id can be in a path is read, and only names of the contract are reported', async () => {
  const found = await on((sent) =>
    answer(
      200,
      isRead(sent) ? { id: 5, name: 'b', secret: 2 } : [{ id: 'a/b' }, { id: 5, name: 'a', secret: 1 }],
    ),
  );
  expect(found.calls).toEqual(['GET /boats/5', 'GET /boats']);
  expect(found.messages).toEqual([
    expect.stringContaining('the member name has'),
    expect.stringContaining('the member that the contract does not name has'),
  ]);
});

test('applies only to lists of what can be read', async () => {
  const found = await checkOn(listEqualsRead, {
    paths: '/boats: { get: {} }',
    operation: 'GET /boats',
    host: () => answer(200, [{ id: 5 }]),
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each<[what: string, listed: Json, read: Json, gives: string]>([
  ['another of its ids', { id: 5, boat_id: 'x' }, { id: 6, boat_id: 'x' }, 'passed'],
  ['an empty text where it is read', { id: 5, name: 'a' }, { id: 5, name: '' }, 'passed'],
  ['the id in other letters', { id: 'b5', name: 'a' }, { id: 'B5', name: 'b' }, 'other-value'],
  ['a number for a masked text', { id: 5, phone: '***12' }, { id: 5, phone: 12 }, 'other-value'],
  ['a masked text for a number', { id: 5, phone: 12 }, { id: 5, phone: '***12' }, 'other-value'],
  [
    'a text that was shortened inside of it',
    { id: 5, text: 'Once ... a time' },
    { id: 5, text: 'Once upon a time' },
    'other-value',
  ],
  [
    'a text that was shortened inside of a word',
    { id: 5, text: 'Once up…' },
    { id: 5, text: 'Once upon a time' },
    'passed',
  ],
  [
    'a text that was shortened before a comma',
    { id: 5, text: 'Once upon …' },
    { id: 5, text: 'Once upon, a time' },
    'passed',
  ],
  ['a start of 40 letters', { id: 5, text: 'a'.repeat(40) }, { id: 5, text: 'a'.repeat(50) }, 'passed'],
  ['a start of 39 letters', { id: 5, text: 'a'.repeat(39) }, { id: 5, text: 'a'.repeat(50) }, 'other-value'],
  [
    'a text of which the end is listed',
    { id: 5, text: 'b'.repeat(45) },
    { id: 5, text: `a${'b'.repeat(45)}` },
    'other-value',
  ],
])('a host that reads %s', async (_, listed, read, gives) => {
  expect((await on(between(listed, read))).gives).toBe(gives);
});

test('an error shows no thing, whatever it has', async () => {
  for (const other of [answer(500, { id: 5, name: 'b' }), silence('ECONNRESET')])
    expect((await on((sent) => (isRead(sent) ? other : answer(200, [{ id: 5, name: 'a' }])))).why).toBe(
      'the thing could not be read by its id',
    );
});

test('the list is asked for again where others have asked for it', async () => {
  const { calls } = await checkOn(listEqualsRead, {
    ...{ paths: PATHS, operation: 'GET /boats', times: 2 },
    host: between({ id: 5, name: 'a' }, { id: 5, name: 'b' }),
  });
  expect(calls).toEqual(['GET /boats']);
});
