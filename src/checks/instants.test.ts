import { expect, test } from 'vitest';
import { instantOf, laterBy, mayBeSameInstant } from './instants.js';

test.each([
  ['2026-02-26T17:40:00Z', '2026-02-26T17:40:00+00:00'],
  ['2026-02-26T17:40:00.5Z', '2026-02-26T17:40:00.500Z'],
  ['2026-02-26T17:40:00.123Z', '2026-02-26T17:40:00.123456Z'],
  ['2026-03-01T00:30:00+01:00', '2026-02-28T23:30:00Z'],
  ['2024-02-29T23:00:00-02:00', '2024-03-01t01:00:00z'],
  ['2025-12-31T22:00:00-0230', '2026-01-01 00:30:00Z'],
  ['2026-02-26T17:40Z', '2026-02-26T17:40:00Z'],
  ['2026-02-26T17:40:00', '2026-02-26T17:40:00Z'],
  ['2026-02-26T17:40:00', '2026-02-26T17:40:00+02:00'],
  ['2026-02-26', '2026-02-26T17:40:00Z'],
])('%s may be %s', (one, other) => {
  expect([mayBeSameInstant(one, other), mayBeSameInstant(other, one)]).toEqual([true, true]);
});

test.each([
  ['2026-02-26T17:40:00Z', '2026-02-26T17:40:00+01:00'],
  ['2026-02-26T17:40:00Z', '2026-02-26T17:40:01Z'],
  ['2026-02-26T17:40:00.5Z', '2026-02-26T17:40:00.05Z'],
  ['2026-02-26T17:40:00', '2026-02-26T18:40:00Z'],
  ['2026-02-26', '2026-02-27T17:40:00Z'],
  ['2026-02-26', '2026-02-27'],
  ['boat', 'tray'],
])('%s is not %s', (one, other) => {
  expect([mayBeSameInstant(one, other), mayBeSameInstant(other, one)]).toEqual([false, false]);
});

test('times can be put in order, days among them', () => {
  const times = ['2026-02-03', '2026-02-03T02:30:00+02:00', '2026-02-03T01:00', '2026-02-03T01:00:00.5Z'];
  const instants = times.map((time) => (instantOf(time) ?? 0) - (instantOf('2026-02-03T00:00:00Z') ?? 0));
  expect(instants).toEqual([0, 1_800_000, 3_600_000, 3_600_500]);
  expect(instantOf('soon')).toBeUndefined();
});

test.each<[one: string, other: string, later: number | undefined]>([
  ['2026-03-02', '2026-03-01', 86_400_000],
  ['2026-03-01', '2026-03-02', -86_400_000],
  ['2026-03-02T10:00:00Z', '2026-03-02T09:00:00Z', 3_600_000],
  ['2026-03-02T10:00:00Z', '2026-03-02T05:00:00-05:00', 0],
  ['2026-03-02T10:00:00', '2026-03-02T09:00:00', 3_600_000],
  ['2026-03-02T10:00:00Z', '2026-03-02T09:00:00', undefined],
  ['2026-03-02', '2026-03-01T10:00:00', undefined],
  ['soon', '2026-03-02', undefined],
])('%s is later than %s by %s ms', (one, other, later) => {
  expect(laterBy(one, other)).toBe(later);
});
