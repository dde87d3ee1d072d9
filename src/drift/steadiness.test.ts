import { describe, expect, test } from 'vitest';
import type { Capability, Run } from '../record/run.js';
import { capability, runOf } from '../testing/runs.js';
import { createSeries, STEADY, type Steadiness } from './series.js';

const ID = 'GET /things/';
const START = Date.UTC(2026, 1, 1, 9);
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A run so many milliseconds after the first one. */
function at(afterMs: number, given: Partial<Capability>): Run {
  const startedAt = new Date(START + afterMs).toISOString();
  return runOf([capability({ id: ID, ...given })], { id: startedAt, startedAt });
}

const CRASH = { outcome: 'broken', layer: 'application', cause: 'crashed', confidence: 'certain' } as const;
const SILENT = {
  outcome: 'unreachable',
  layer: 'network',
  cause: 'dns-failure',
  confidence: 'certain',
} as const;

/** What a series shows: one letter for each run, `.` as it was, `x` crashed, `-` nothing proven. */
function seen(nights: string, steadiness: Steadiness = STEADY, apartMs = DAY) {
  const series = createSeries(steadiness, new Map());
  Array.from(nights).forEach((night, index) => {
    series.add(at(index * apartMs, night === 'x' ? CRASH : night === '-' ? SILENT : {}));
  });
  const drift = series.drift();
  const found = drift?.changes.length ? 'changed' : drift?.unsteady.length ? 'unsteady' : 'nothing';
  return { found: drift ? found : 'no comparison', drift, provedNothing: series.provedNothing() };
}

describe('over a series of nights', () => {
  test.each([
    ['..', 'nothing'],
    ['.x', 'unsteady'],
    ['.x.', 'unsteady'],
    ['.xx', 'changed'],
    ['.x.x', 'changed'],
    ['.xxx', 'changed'],
    ['.xx.', 'changed'],
    ['.xx..', 'unsteady'],
    ['.xx...', 'nothing'],
    ['.x..', 'unsteady'],
    ['.x...', 'nothing'],
    ['.x.x.x', 'unsteady'],
    ['.x.x.xxx', 'unsteady'],
    ['.x.x.xxxxxx', 'changed'],
  ])('%s: %s', (nights, found) => {
    expect(seen(nights).found).toBe(found);
  });

  test('a night that proved nothing is no sighting', () => {
    expect(seen('.x-').found).toBe('unsteady');
    expect(seen('.x-x').found).toBe('changed');
    expect(seen('-.x').found).toBe('unsteady');
    expect(seen('-.xx-')).toMatchObject({ found: 'changed', provedNothing: 2 });
  });

  test('of less than two nights that proved something nothing is said', () => {
    expect(seen('').found).toBe('no comparison');
    expect(seen('.').found).toBe('no comparison');
    expect(seen('.--').found).toBe('no comparison');
  });

  test('runs that start soon after one another are one sighting', () => {
    expect(seen('.xx', STEADY, 9 * MINUTE).found).toBe('unsteady');
    expect(seen('.xx', STEADY, 10 * MINUTE).found).toBe('changed');
    // A sighting ends, however close the runs of a long row are.
    expect(seen('.xxx', STEADY, 6 * MINUTE).found).toBe('changed');
    // Of one sighting the newest run counts.
    expect(seen('.x.', STEADY, 9 * MINUTE).found).toBe('nothing');
  });

  test('how often something has to be seen can be said', () => {
    expect(seen('.x', { ...STEADY, seen: 1, of: 1 }).found).toBe('changed');
    expect(seen('.xx', { ...STEADY, seen: 3, of: 3 }).found).toBe('unsteady');
    expect(seen('.xxx', { ...STEADY, seen: 3, of: 3 }).found).toBe('changed');
  });

  test('a change is reported with the start of the run in which it began', () => {
    expect(seen('..xx').drift?.changes[0]?.since).toBe(new Date(START + 2 * DAY).toISOString());
    expect(seen('.x.xx').drift?.changes[0]?.since).toBe(new Date(START + 3 * DAY).toISOString());
  });

  test('what is unsteady is reported with how often it was seen', () => {
    expect(seen('.x.').drift?.unsteady[0]).toMatchObject({ seen: 1, of: 2 });
  });
});
