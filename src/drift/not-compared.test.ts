import { describe, expect, test } from 'vitest';
import { expectations, type ExpectedEntry } from '../record/expected.js';
import type { Capability, Run } from '../record/run.js';
import { capability, runOf } from '../testing/runs.js';
import { accept } from './accept.js';
import { driftFromExpected } from './against-expected.js';
import { exitCodeOf } from './change.js';
import { driftBetween } from './pair.js';

const ID = 'POST /things/';
const run = (given: Partial<Capability>, more: Partial<Run> = {}): Run =>
  runOf([capability({ id: ID, safe: false, ...given }), capability({ id: 'GET /items/' })], more);

const CRASH = { outcome: 'broken', layer: 'application', cause: 'crashed', confidence: 'certain' } as const;
const SKIPPED: Partial<Capability> = { outcome: 'skipped', manner: 'real', exchanges: [] };
const REAL = { manner: 'real' } as const;
const ROUTE = {
  manner: 'invalid-token',
  outcome: 'denied',
  layer: 'token',
  cause: 'token-invalid',
  confidence: 'certain',
} as const;
const UNROUTED = {
  outcome: 'unrouted',
  layer: 'gateway',
  cause: 'route-missing',
  confidence: 'certain',
} as const;
const SILENT = runOf([capability({ id: ID, outcome: 'unreachable', layer: 'network' })], { id: 'silent' });

describe('between two runs', () => {
  test.each<[what: string, base: Partial<Capability>, head: Partial<Capability>, kinds: string[]]>([
    ['what works and crashes now', REAL, { ...REAL, ...CRASH }, ['worse']],
    ['what was not asked before', SKIPPED, { ...REAL, ...CRASH }, []],
    ['what is not asked now', REAL, SKIPPED, []],
    ['what is asked in another manner', REAL, ROUTE, []],
    [
      'what is asked in another manner, and not routed now',
      REAL,
      { ...UNROUTED, manner: 'invalid-token' },
      ['worse'],
    ],
    [
      'what is asked in another manner, and routed now',
      { ...UNROUTED, manner: 'invalid-token' },
      REAL,
      ['better'],
    ],
  ])('%s', (_, base, head, kinds) => {
    const { changes, notCompared } = driftBetween(run(base), run(head), new Map());
    expect(changes.map(({ kind }) => kind)).toEqual(kinds);
    expect(notCompared.map(({ operation }) => operation)).toEqual(kinds.length === 0 ? [ID] : []);
  });

  test('of which one proved nothing, nothing is compared', () => {
    for (const [base, head] of [
      [SILENT, run(CRASH)],
      [run({}), SILENT],
    ] as const) {
      const drift = driftBetween(base, head, new Map());
      expect(drift).toMatchObject({ changes: [], compared: 0 });
      expect(drift.notCompared[0]?.why).toBe('the run silent proved nothing');
      expect(exitCodeOf(drift)).toBe(3);
    }
  });
});

describe('against what was expected', () => {
  const against = (head: Run, entry?: ExpectedEntry) =>
    driftFromExpected(
      head,
      expectations({ operations: entry ? { [ID]: entry } : {} }),
      'expected',
      new Map(),
    );

  test('a run that proved nothing is not compared', () => {
    expect(against(SILENT)).toMatchObject({
      changes: [],
      compared: 0,
      notCompared: [{ why: 'the run proved nothing' }],
    });
  });

  test('what was not asked is not compared', () => {
    expect(against(run(SKIPPED))).toMatchObject({
      changes: [],
      compared: 1,
      notCompared: [{ operation: ID }],
    });
  });

  test('a difference is reported, and a defect that is accepted is not', () => {
    const accepted = { reason: 'known', until: '2026-03-01' };
    expect(against(run(CRASH)).changes.map(({ kind }) => kind)).toEqual(['worse']);
    expect(against(run(CRASH), { outcome: 'broken', accepted }).changes).toEqual([]);
    const over = { ...accepted, until: '2026-02-25' };
    expect(against(run(CRASH), { outcome: 'broken', accepted: over }).changes).toHaveLength(1);
  });
});

test('the exit code is 0 for no change, 1 for one, 3 where nothing was compared', () => {
  const drift = driftBetween(run(REAL), run(REAL), new Map());
  expect(exitCodeOf(drift)).toBe(0);
  expect(exitCodeOf(driftBetween(run(REAL), run({ ...REAL, ...CRASH }), new Map()))).toBe(1);
  expect(exitCodeOf({ ...drift, compared: 0 })).toBe(3);
});

describe('when a run is accepted', () => {
  const all = () => true;
  const accepted = { reason: 'known', owner: 'us', until: '2026-03-01', fingerprint: '0123456789abcdef' };
  const before = (entry: ExpectedEntry) => ({
    text: `writes: route\noperations:\n  ${ID}: ${JSON.stringify(entry)}\n`,
    data: { writes: 'route' as const, operations: { [ID]: entry } },
  });

  test('what it did not ask stays as it was', () => {
    const { text, changes } = accept(run(SKIPPED), before({ outcome: 'broken' }), ({ id }) => id === ID);
    expect(text).toContain('broken');
    expect(changes).toEqual([]);
  });

  test('the date of a defect that was accepted is not extended', () => {
    const over = { ...accepted, until: '2026-02-01' };
    const { text, runOut } = accept(
      run(CRASH),
      before({ outcome: 'broken', cause: 'crashed', accepted: over }),
      all,
    );
    expect(text).toContain('2026-02-01');
    expect(runOut).toEqual([ID]);
  });

  test('a defect that was accepted is none any more when another answer comes', () => {
    const other = { ...accepted, fingerprint: 'fedcba9876543210' };
    const { text } = accept(
      run(CRASH),
      before({ outcome: 'broken', cause: 'crashed', accepted: other }),
      all,
    );
    expect(text).not.toContain('known');
  });

  test('a defect is accepted with the answer that it gave', () => {
    const { text } = accept(run(CRASH), undefined, ({ id }) => id === ID, {
      reason: 'known',
      owner: 'us',
      by: 'ada',
      on: '2026-02-26',
      until: '2026-03-01',
    });
    expect(text).toContain('by: ada');
    expect(text).toContain('latency: up to 0.1 s');
    expect(text).toContain('fingerprint: 0123456789abcdef');
  });

  test('a success that breaks the contract is accepted with its shape, without lengths', () => {
    const acceptance = { reason: 'known', owner: 'us', by: 'ada', on: '2026-02-26', until: '2026-03-01' };
    const deviating = { ...REAL, outcome: 'deviates' as const };
    const { text } = accept(run(deviating), undefined, ({ id }) => id === ID, acceptance);
    expect(text).toContain('shape:\n        id: string\n');
    expect(text).not.toContain('fingerprint');
  });

  test('a defect that was accepted is none any more with another status', () => {
    const entry = { outcome: 'broken' as const, cause: 'crashed' as const, status: 503, accepted };
    expect(accept(run(CRASH), before(entry), all).text).not.toContain('known');
    expect(accept(run(CRASH), before({ ...entry, status: 200 }), all).text).toContain('known');
  });
});
