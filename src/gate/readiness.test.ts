import { describe, expect, test } from 'vitest';
import type { BenchProof } from '../impact/bench.js';
import type { Scenario } from '../impact/consumer.js';
import { consumerOf } from '../testing/consumer.js';
import type { FeatureVerdict, Judges } from './feature.js';
import type { Proof } from './proof.js';
import { judgeReadiness, type Readiness, type ScenarioVerdict } from './readiness.js';

const HELD: BenchProof = { ok: true, state: 'works', why: 'the bench held' };

/** What the runs show of each operation; `loss` is that of the need that was asked about. */
const KNOWN: Readonly<Record<string, Partial<Proof>>> = {
  fast: { latencyMs: 10 },
  slow: { latencyMs: 40.4 },
  untimed: {},
  broken: { ok: false, state: 'fails', why: 'it is broken', latencyMs: 1 },
  unproven: { ok: false, state: 'not proven', why: 'nobody asked' },
  relied: { state: 'not proven', why: 'it is routed', reliesOn: 'writes: route', latencyMs: 1 },
};

function judgesOf(bench: BenchProof): Judges {
  return {
    bench: () => bench,
    prove: ({ operation, loss }) => {
      // A scenario has no use for less than the operation itself.
      if (loss !== 'stops') throw new Error(`asked as ${loss}`);
      return {
        ...{ operation, loss, ok: true, state: 'works', kind: 'read', why: 'it works' },
        ...KNOWN[operation],
      };
    },
  };
}

function judgeScenario(given: Partial<Scenario>, bench = HELD): ScenarioVerdict | undefined {
  const readiness = { ready: 100, mostly: 50, scenarios: [{ id: '1', name: 'one', ...given }] };
  return judgeReadiness({ ...consumerOf('shop', {}), readiness }, [], judgesOf(bench)).scenarios[0];
}

const MET = { met: true, passes: true, why: 'proven' };
const proven = (why: string) => ({ met: false, passes: true, notProven: true, why });
const unproven = (why: string) => ({ met: false, passes: false, notProven: true, why });
const failed = (why: string) => ({ met: false, passes: false, why });

describe('a scenario', () => {
  test.each<[what: string, given: Partial<Scenario>, is: object]>([
    ['of which all is proven', { needs: ['fast', 'slow'] }, MET],
    ['that needs nothing', {}, MET],
    ['that needs what fails', { needs: ['fast', 'broken'] }, failed('broken: it is broken')],
    ['that needs what nobody asked', { needs: ['unproven'] }, unproven('unproven: nobody asked')],
    ['that needs what only the policy lets pass', { needs: ['relied'] }, proven('relied: it is routed')],
    ['with a choice of which one is proven', { needs: [['broken', 'fast']] }, MET],
    [
      'with a choice that the policy lets pass',
      { needs: [['broken', 'relied']] },
      proven('relied: it is routed'),
    ],
    [
      'with a choice of which one may yet be proven',
      { needs: [['broken', 'unproven']] },
      unproven('broken: it is broken; unproven: nobody asked'),
    ],
    [
      'with something against it and something that is not proven',
      { needs: ['unproven', 'broken', 'relied'] },
      failed('broken: it is broken. unproven: nobody asked. relied: it is routed'),
    ],
  ])('%s', (_, given, is) => {
    expect(judgeScenario(given)).toEqual({ id: '1', name: 'one', critical: false, ...is });
  });

  test.each<[what: string, operations: string[], is: object]>([
    ['is kept by the fastest of several', ['slow', 'fast'], MET],
    ['is not kept', ['slow'], failed('it took 40 ms, more than 10 ms')],
    ['was not measured, because it fails', ['broken'], failed('no time was measured')],
    ['was not measured, though it works', ['untimed'], failed('no time was measured')],
    ['was not measured, because nobody asked', ['broken', 'unproven'], unproven('no time was measured')],
    ['of what was not done for real does not count', ['relied'], unproven('no time was measured')],
  ])('whose time %s', (_, operations, is) => {
    const verdict = judgeScenario({ within: { operations, ms: 10 } });
    expect(verdict).toEqual({ id: '1', name: 'one', critical: false, ...is });
  });

  test.each<[what: string, bench: BenchProof, is: object]>([
    ['held', HELD, MET],
    ['missed', { ok: false, state: 'fails', why: 'the bench missed it' }, failed('the bench missed it')],
    ['is not there', { ok: false, state: 'not proven', why: 'no bench' }, unproven('no bench')],
    ['is let pass', { ok: true, state: 'not proven', why: 'it is old' }, proven('it is old')],
  ])('whose bench %s', (_, bench, is) => {
    const verdict = judgeScenario({ bench: { percentile: 'p99', ms: 5 } }, bench);
    expect(verdict).toEqual({ id: '1', name: 'one', critical: false, ...is });
  });
});

describe('how ready a consumer is', () => {
  const scenarios = (...needs: string[]): Scenario[] =>
    needs.map((operation, index) => ({ id: String(index), name: operation, needs: [operation] }));

  function judge(given: { ready: number; mostly: number; scenarios: Scenario[] }): Readiness {
    return judgeReadiness({ ...consumerOf('shop', {}), readiness: given }, [], judgesOf(HELD));
  }

  test('is a share of what is counted, with how many are only not proven', () => {
    const counted = scenarios('fast', 'broken', 'unproven');
    const byHand: Scenario = { id: 'x', name: 'by hand', notCounted: 'by hand' };
    const readiness = judge({ ready: 90, mostly: 50, scenarios: [...counted, byHand] });
    expect(readiness).toMatchObject({
      ...{ met: 1, of: 3, notProven: 1, percent: 33.3, band: 'not ready', passes: false },
    });
    // Nothing can be against what nobody can prove.
    expect(readiness.scenarios.at(-1)).toEqual({
      ...{ id: 'x', name: 'by hand', critical: false, met: null, passes: true, why: 'by hand' },
    });
  });

  test.each<[band: Readiness['band'], ready: number, mostly: number]>([
    ['ready', 50, 50],
    ['mostly ready', 51, 50],
    ['not ready', 52, 51],
  ])('“%s” begins at the share that it names', (band, ready, mostly) => {
    expect(judge({ ready, mostly, scenarios: scenarios('fast', 'broken') }).band).toBe(band);
  });

  test('is nothing where nothing is counted', () => {
    expect(judge({ ready: 90, mostly: 50, scenarios: [] })).toMatchObject({
      of: 0,
      percent: 0,
      passes: false,
    });
  });

  test('counts features where no scenarios are named, and those that are hampered as met', () => {
    const feature = (name: string, given: Partial<FeatureVerdict>): FeatureVerdict => ({
      ...{ name, open: true, state: 'works', reliesOn: [], critical: false, why: `why ${name}` },
      ...{ proof: [], losses: [], lacks: [] },
      ...given,
    });
    const features = [
      feature('works', { critical: true }),
      feature('hampered', { state: 'hampered' }),
      feature('relied', { state: 'not proven' }),
      feature('fails', { state: 'fails', open: false }),
      feature('shut', { open: false }),
    ];
    const { scenarios: counted, ...figures } = judgeReadiness(
      { ...consumerOf('shop', {}), readiness: { ready: 60, mostly: 40 } },
      features,
      judgesOf(HELD),
    );
    expect(figures).toEqual({ met: 2, of: 5, notProven: 1, percent: 40, band: 'mostly ready', passes: true });
    expect(counted).toEqual([
      { id: 'works', name: 'works', critical: true, met: true, passes: true, why: 'why works' },
      { id: 'hampered', name: 'hampered', critical: false, met: true, passes: true, why: 'why hampered' },
      {
        ...{ id: 'relied', name: 'relied', critical: false, met: false, passes: true, why: 'why relied' },
        notProven: true,
      },
      { id: 'fails', name: 'fails', critical: false, met: false, passes: false, why: 'why fails' },
      { id: 'shut', name: 'shut', critical: false, met: false, passes: false, why: 'why shut' },
    ]);
  });
});
