import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { dateOrder } from './date-order.js';

const described = (properties: Record<string, string>) => {
  const members = Object.entries(properties).map(
    ([name, format]) => `${name}: { type: string, format: ${format} }`,
  );
  return `/trips: { get: { responses: { '200': { content: { application/json: { schema: { type: object, properties: { data: { type: array, items: { type: object, properties: { ${members.join(', ')} } } } } } } } } } } }`;
};
const on = (properties: Record<string, string>, ...data: Json[]) =>
  checkOn(dateOrder, {
    ...{ paths: described(properties), operation: 'GET /trips' },
    host: () => answer(200, { data }),
  });

const TIMES = { start: 'date-time', end: 'date-time' };
const DAYS = { start_date: 'date', end_date: 'date' };

test.each<[what: string, thing: Json, gives: string]>([
  ['ends later', { start: '2026-03-02T10:00:00Z', end: '2026-03-02T11:00:00Z' }, 'passed'],
  ['ends at once', { start: '2026-03-02T10:00:00Z', end: '2026-03-02T10:00:00Z' }, 'passed'],
  ['ends earlier', { start: '2026-03-02T10:00:00Z', end: '2026-03-02T09:00:00Z' }, 'ends-before-it-starts'],
  [
    'ends earlier by another zone only',
    { start: '2026-03-02T10:00:00Z', end: '2026-03-02T09:00:00-05:00' },
    'passed',
  ],
  [
    'ends earlier, without zones',
    { start: '2026-03-02T10:00:00', end: '2026-03-02T09:00:00' },
    'ends-before-it-starts',
  ],
  ['says its zone once only', { start: '2026-03-02T10:00:00Z', end: '2026-03-02T09:00:00' }, 'passed'],
  ['is cut to whole seconds', { start: '2026-03-02T10:00:00.500Z', end: '2026-03-02T10:00:00Z' }, 'passed'],
  ['has no end', { start: '2026-03-02T10:00:00Z', end: null }, 'inconclusive'],
  ['has the first day for no end', { start: '2026-03-02T10:00:00Z', end: '0001-01-01T00:00:00Z' }, 'passed'],
  ['starts on the last day', { start: '9999-12-31T00:00:00Z', end: '2026-03-02T10:00:00Z' }, 'passed'],
  ['has a day for a time', { start: '2026-03-02T10:00:00Z', end: '2026-03-01' }, 'passed'],
  ['has words', { start: 'soon', end: 'later' }, 'passed'],
])('a thing that %s', async (_, thing, gives) => {
  expect(await on(TIMES, thing)).toMatchObject({ gives, calls: [] });
});

test.each<[first: string, second: string, gives: string]>([
  ['startDate', 'endDate', 'ends-before-it-starts'],
  ['valid_from', 'valid_to', 'ends-before-it-starts'],
  ['validFrom', 'validUntil', 'ends-before-it-starts'],
  ['createdAt', 'updatedAt', 'changed-before-it-was-made'],
  ['date_created', 'date_modified', 'changed-before-it-was-made'],
  ['movedFrom', 'movedTo', 'not-applicable'],
  ['startDate', 'paidDate', 'not-applicable'],
  ['plannedStart', 'actualEnd', 'not-applicable'],
])('%s and %s', async (first, second, gives) => {
  const thing = { [first]: '2026-03-02', [second]: '2026-03-01' };
  expect((await on({ [first]: 'date', [second]: 'date' }, thing)).gives).toBe(gives);
});

test('what the contract calls a day and a time is not compared, nor what it calls a text', async () => {
  const thing = { start: '2026-03-02', end: '2026-03-01' };
  expect((await on({ start: 'date', end: 'date-time' }, thing)).gives).toBe('not-applicable');
  expect((await on({ start: 'date', end: 'word' }, thing)).gives).toBe('not-applicable');
});

test('clocks of two machines may differ by some seconds', async () => {
  const format = { created: 'date-time', updated: 'date-time' };
  const created = '2026-03-02T10:00:30Z';
  expect((await on(format, { created, updated: '2026-03-02T10:00:00Z' })).gives).toBe('passed');
});

test('says how many there are, and no value', async () => {
  const wrong = { start_date: '2026-03-02', end_date: '2026-03-01' };
  const { messages } = await on(DAYS, wrong, { start_date: '2026-03-02', end_date: '2026-03-03' }, wrong);
  expect(messages).toEqual(['things of its answer in which “end_date” is earlier than “start_date”: 2']);
});

test('a body that is cut off says nothing', async () => {
  const host = () => answer(200, '{"data":[', {}, 'cut off');
  expect((await checkOn(dateOrder, { paths: described(DAYS), operation: 'GET /trips', host })).gives).toBe(
    'inconclusive',
  );
});

test('what came of a body that is no JSON, or not whole, is not known', async () => {
  const on = (body: Json, cut: boolean) =>
    checkOn(dateOrder, {
      ...{ paths: described(DAYS), operation: 'GET /trips' },
      host: () => answer(200, body, { 'content-type': 'application/json' }, cut ? 'cut off' : undefined),
    });
  const wrong = { data: [{ start_date: '2026-03-02', end_date: '2026-03-01' }] };
  expect((await on('no JSON', false)).why).toBe('its body is no JSON');
  expect((await on(wrong, true)).why).toBe('its body is no JSON');
});

test('two dates are enough, whatever others there could be', async () => {
  const format = { ...DAYS, created: 'date', updated: 'date' };
  expect((await on(format, { start_date: '2026-03-02', end_date: '2026-03-03' })).gives).toBe('passed');
  expect((await on(format, { end_date: '2026-03-03', created: '2026-03-03' })).gives).toBe('inconclusive');
});

test.each([
  ['1971-01-01', '1970-12-31', 'passed'],
  ['1971-01-02', '1971-01-01', 'ends-before-it-starts'],
  ['2999-01-02', '2999-01-01', 'ends-before-it-starts'],
  ['3000-01-02', '3000-01-01', 'passed'],
])('of %s and %s, what is far off stands for no date', async (start, end, gives) => {
  expect((await on(DAYS, { start_date: start, end_date: end })).gives).toBe(gives);
});

test('of many pairs only some are listed', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].flatMap((letter) => [
    [`start_${letter}`, '2026-03-02'],
    [`end_${letter}`, '2026-03-01'],
  ]);
  const format = Object.fromEntries(names.map(([name]) => [name ?? '', 'date']));
  const { broken } = await on(
    format,
    Object.fromEntries(names.map(([name, day]) => [name ?? '', day ?? ''])),
  );
  expect(broken.length).toBeLessThan(8);
});

test('a name whose words are joined in another way is read in its words', async () => {
  const pairs = [
    ['__start', '__end'],
    ['trip.startDay', 'trip.endDay'],
    ['day1Start', 'day1End'],
  ];
  for (const [first = '', second = ''] of pairs) {
    const thing = { [first]: '2026-03-02', [second]: '2026-03-01' };
    expect((await on({ [`'${first}'`]: 'date', [`'${second}'`]: 'date' }, thing)).gives).toBe(
      'ends-before-it-starts',
    );
  }
});
