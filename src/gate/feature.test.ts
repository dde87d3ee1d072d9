import { describe, expect, test } from 'vitest';
import type { BenchProof } from '../impact/bench.js';
import type { Feature, Need } from '../impact/consumer.js';
import { judgeFeature, type FeatureVerdict, type Judges } from './feature.js';
import type { Proof } from './proof.js';

const OPEN: BenchProof = { ok: true, state: 'works', why: 'the bench held' };

/** What is known of operations, by id; what is not given works. Only a need that stops is asked for a workaround. */
function judgesOf(known: Readonly<Record<string, Partial<Proof>>>, bench: BenchProof = OPEN): Judges {
  return {
    bench: () => bench,
    prove: ({ operation, loss }) => ({
      ...{ operation, loss, ok: true, state: 'works', kind: 'read', why: 'it works' },
      ...known[operation],
    }),
  };
}

const need = (operation: string, given: Partial<Need> = {}): Need => ({ operation, loss: 'stops', ...given });

const broken: Partial<Proof> = { ok: false, state: 'fails', kind: 'none', why: 'it is broken' };
const relied: Partial<Proof> = { state: 'not proven', kind: 'route', reliesOn: 'writes: route' };

function judge(
  feature: Partial<Feature>,
  known: Readonly<Record<string, Partial<Proof>>> = {},
  bench?: BenchProof,
): FeatureVerdict {
  return judgeFeature({ name: 'one', ...feature }, judgesOf(known, bench));
}

describe('a feature of which everything is proven', () => {
  test('is open, lacks nothing and relies on nothing', () => {
    expect(judge({ operations: [need('GET /a/')] })).toEqual({
      ...{ name: 'one', open: true, state: 'works', critical: false, reliesOn: [], losses: [], lacks: [] },
      why: 'everything that it needs is proven',
      proof: [
        { operation: 'GET /a/', loss: 'stops', ok: true, state: 'works', kind: 'read', why: 'it works' },
      ],
    });
  });

  test('and a bench says what the bench shows, and keeps it', () => {
    expect(judge({ bench: { percentile: 'p99', ms: 5 } })).toMatchObject({
      ...{ open: true, why: 'the bench held', bench: OPEN, proof: [] },
    });
  });
});

describe('what a feature lacks', () => {
  test('is why it is shut, with what it only loses beside it; the reason is what stops it alone', () => {
    const verdict = judge(
      { operations: [need('GET /a/'), need('GET /b/', { loss: 'degrades' })] },
      { 'GET /a/': broken, 'GET /b/': { ...broken, why: 'it is denied' } },
    );
    expect(verdict).toMatchObject({
      ...{ open: false, state: 'fails', why: 'GET /a/: it is broken' },
      losses: ['GET /b/: degraded: it is denied'],
      lacks: [
        { operation: 'GET /a/', why: 'it is broken' },
        { operation: 'GET /b/', why: 'degraded: it is denied' },
      ],
    });
  });

  test('for the same reason is said once, and different reasons one after the other', () => {
    const verdict = judge(
      { operations: [need('GET /a/'), need('GET /b/'), need('GET /c/')] },
      { 'GET /a/': broken, 'GET /b/': broken, 'GET /c/': { ...broken, why: 'it is denied' } },
    );
    expect(verdict.why).toBe('GET /a/, GET /b/: it is broken. GET /c/: it is denied');
  });

  test('of a workaround that does not work stands beside what it is for', () => {
    const verdict = judge(
      { operations: [need('GET /a/', { loss: 'workaround', workaround: 'b', instead: 'GET /b/' })] },
      { 'GET /a/': broken, 'GET /b/': { ...broken, why: 'it is denied' } },
    );
    expect(verdict).toMatchObject({ open: false, why: 'GET /a/: it is broken. GET /b/: it is denied' });
    expect(verdict.proof.map(({ operation, loss }) => [operation, loss])).toEqual([
      ['GET /a/', 'workaround'],
      ['GET /b/', 'stops'],
    ]);
  });

  test('and has a workaround for names the workaround', () => {
    const operations = [need('GET /a/', { loss: 'workaround', workaround: 'by phone' })];
    const verdict = judge({ operations }, { 'GET /a/': broken });
    expect(verdict).toMatchObject({ open: true, state: 'hampered' });
    expect(verdict.losses).toEqual(['GET /a/: it is broken; workaround: by phone']);
  });

  test('is said of evidence that will do with a warning', () => {
    const verdict = judge(
      { operations: [need('GET /a/'), need('GET /b/')] },
      { 'GET /a/': { warning: 'it breaks the contract' } },
    );
    expect(verdict).toMatchObject({ open: true, why: 'GET /a/: it breaks the contract' });
    expect(verdict.losses).toEqual(['GET /a/: it breaks the contract']);
  });

  test('is said of a bench without an operation, whether it shuts or only warns', () => {
    const feature: Partial<Feature> = { bench: { percentile: 'p99', ms: 5 } };
    expect(judge(feature, {}, { ok: false, state: 'fails', why: 'the bench missed it' })).toMatchObject({
      ...{ open: false, state: 'fails', why: 'the bench missed it' },
    });
    const warns: BenchProof = {
      ...{ ok: true, state: 'not proven', why: 'it is old', warning: 'it is old', reliesOn: 'stale: warns' },
    };
    expect(judge(feature, {}, warns)).toMatchObject({
      ...{ open: true, state: 'not proven', losses: ['it is old'], reliesOn: ['stale: warns'] },
      why: 'not all that it needs is proven; “stale: warns” of the policy lets it pass. it is old',
    });
  });
});

describe('what the policy lets pass', () => {
  test('is named once, however many operations rely on it', () => {
    const verdict = judge(
      { operations: [need('PUT /a/'), need('PUT /b/')] },
      { 'PUT /a/': relied, 'PUT /b/': relied },
    );
    expect(verdict).toMatchObject({
      ...{ open: true, state: 'not proven', reliesOn: ['writes: route'], losses: [] },
      why: 'not all that it needs is proven; “writes: route” of the policy lets it pass',
    });
  });

  test('also where it is the workaround that is not proven', () => {
    const verdict = judge(
      { operations: [need('PUT /a/', { loss: 'workaround', workaround: 'b', instead: 'PUT /b/' })] },
      { 'PUT /a/': broken, 'PUT /b/': relied },
    );
    expect(verdict).toMatchObject({ open: true, state: 'not proven', reliesOn: ['writes: route'] });
  });

  test('opens nothing that is shut by something else, and is not given as a reason', () => {
    const verdict = judge(
      { operations: [need('PUT /a/'), need('GET /b/')] },
      { 'PUT /a/': relied, 'GET /b/': broken },
    );
    expect(verdict).toMatchObject({ open: false, reliesOn: [], why: 'GET /b/: it is broken' });
  });
});
