import { describe, expect, test } from 'vitest';
import type { BenchTarget, Consumer, Feature, Need } from '../impact/consumer.js';
import type { Capability } from '../record/run.js';
import { consumerOf } from '../testing/consumer.js';
import { capability, runOf } from '../testing/runs.js';
import { judgeBench, type Bench } from '../impact/bench.js';
import { exitCodeOf, judgeGate } from './gate.js';

const NOW = new Date('2026-02-26T18:00:00Z');
const CRASH = { outcome: 'broken', layer: 'application', cause: 'crashed', confidence: 'certain' } as const;

/** A consumer with these features, judged on a run in which these operations crash and all others work. */
function judge(features: Feature[], crashing: readonly string[] = [], given: Partial<Consumer> = {}) {
  const ids = ['GET /a/', 'GET /b/', 'GET /c/'];
  const run = runOf(
    ids.map((id): Capability => capability({ id, ...(crashing.includes(id) ? CRASH : {}) })),
    { target: 'production' },
  );
  const consumer = { ...consumerOf('shop', {}), features, readiness: { ready: 50, mostly: 25 }, ...given };
  return judgeGate(consumer, [run], undefined, NOW);
}

/** Everything is ready enough: what else shuts the gate is seen alone. */
const LAX = { ready: 0, mostly: 0 };

const HELD_ANSWERS = { asked: 400, somebody: 200, found: 200, wrong: 0, timedOut: 0, failed: 0 };
const WANTED: BenchTarget = { percentile: 'p99', ms: 5 };
/** As earlier versions wrote it, which did not know who is right. */
const EARLIER: Bench = {
  format: 'conform-bench/1',
  finishedAt: '2026-02-26T12:00:00Z',
  target: WANTED,
  verdict: 'holds',
  judged: { variants: ['proposed'], connection: 'kept' },
};
const HELD: Bench = { ...EARLIER, truth: 'made', answers: HELD_ANSWERS };

const need = (operation: string, given: Partial<Need> = {}): Need => ({ operation, loss: 'stops', ...given });
const feature = (name: string, ...operations: Need[]): Feature => ({ name, operations });

describe('a feature', () => {
  test.each<[what: string, open: boolean, needs: Need[], crashing: string[]]>([
    ['whose operations all work is open', true, [need('GET /a/'), need('GET /b/')], []],
    ['without which of one it stops is shut', false, [need('GET /a/'), need('GET /b/')], ['GET /b/']],
    ['that only gets worse without one is open', true, [need('GET /a/', { loss: 'degrades' })], ['GET /a/']],
    [
      'with a workaround is open',
      true,
      [need('GET /a/', { loss: 'workaround', workaround: 'by phone' })],
      ['GET /a/'],
    ],
    [
      'with a workaround that works is open',
      true,
      [need('GET /a/', { loss: 'workaround', workaround: 'b', instead: 'GET /b/' })],
      ['GET /a/'],
    ],
    [
      'with a workaround that does not work either is shut',
      false,
      [need('GET /a/', { loss: 'workaround', workaround: 'b', instead: 'GET /b/' })],
      ['GET /a/', 'GET /b/'],
    ],
    ['that needs what no run has asked is shut', false, [need('GET /nowhere/')], []],
  ])('%s', (_, open, needs, crashing) => {
    expect(judge([feature('one', ...needs)], crashing).features[0]?.open).toBe(open);
  });

  test('that needs a bench that nobody has made is shut', () => {
    expect(judge([{ name: 'one', bench: WANTED }]).features[0]?.open).toBe(false);
  });
});

describe('the gate', () => {
  const critical: Feature = { ...feature('critical', need('GET /a/')), critical: true };
  const other = feature('other', need('GET /b/'));

  test.each<[what: string, open: boolean, crashing: string[]]>([
    ['everything is open', true, []],
    ['what is not critical is shut', true, ['GET /b/']],
    ['what is critical is shut', false, ['GET /a/']],
  ])('%s', (_, open, crashing) => {
    const verdict = judge([critical, other], crashing);
    expect([verdict.open, exitCodeOf(verdict)]).toEqual([open, open ? 0 : 1]);
  });

  test('is shut while a critical feature is, also where scenarios are counted and all are met', () => {
    const readiness = { ready: 50, mostly: 25, scenarios: [{ id: '1', name: 'one', needs: ['GET /b/'] }] };
    expect(judge([critical], ['GET /a/'], { readiness }).open).toBe(false);
  });

  test('is shut while the readiness is not in the highest band', () => {
    expect(judge([critical, other], ['GET /b/'], { readiness: { ready: 51, mostly: 25 } }).open).toBe(false);
  });

  test('is shut while a critical scenario is not met', () => {
    const scenarios = [
      { id: '1', name: 'one', needs: ['GET /b/'], critical: true },
      { id: '2', name: 'two', needs: ['GET /a/'] },
    ];
    const readiness = { ready: 50, mostly: 25, scenarios };
    expect(judge([critical], [], { readiness }).open).toBe(true);
    expect(judge([critical], ['GET /b/'], { readiness }).open).toBe(false);
    expect(judge([critical], ['GET /a/'], { readiness, features: [other] }).open).toBe(true);
  });

  test('gives no verdict where no run has judged anything that is needed', () => {
    const verdict = judge([feature('one', need('GET /nowhere/'))], [], {
      readiness: { ready: 0, mostly: 0 },
    });
    expect(verdict).toMatchObject({
      open: false,
      judged: false,
      why: 'no run has judged anything that it needs',
    });
    expect(exitCodeOf(verdict)).toBe(3);
  });

  test('lets a deploy pass that a person has let pass', () => {
    expect(exitCodeOf(judge([critical], ['GET /a/']), true)).toBe(0);
  });

  test('is judged by the features of a consumer that says nothing of readiness', () => {
    const consumer = { ...consumerOf('shop', { one: ['GET /a/'] }) };
    delete consumer.readiness;
    const run = runOf([capability({ id: 'GET /a/' })], { target: 'production' });
    expect(judgeGate(consumer, [run], undefined, NOW)).toMatchObject({ open: true, readiness: { of: 1 } });
  });

  test('is judged by a bench alone, where a consumer needs nothing else', () => {
    const consumer = { ...consumerOf('shop', {}), features: [{ name: 'one', bench: WANTED }] };
    expect(judgeGate(consumer, [], HELD, NOW)).toMatchObject({ judged: true, open: true });
    expect(judgeGate(consumer, [], undefined, NOW)).toMatchObject({ judged: false, open: false });
  });
});

describe('the line that says why', () => {
  const critical: Feature = { ...feature('critical', need('GET /a/')), critical: true };
  const other = feature('other', need('GET /b/'));
  const third = feature('third', need('GET /c/'));

  test('has the figures alone where everything is proven', () => {
    expect(judge([critical, other]).why).toBe('2 of 2 features work; readiness 2 of 2 (100 %, ready)');
  });

  test('names what is shut though the gate is open', () => {
    expect(judge([critical, other, third], ['GET /b/', 'GET /c/'], { readiness: LAX }).why).toBe(
      '1 of 3 features work, 2 fail; readiness 1 of 3 (33.3 %, ready); shut: “other”, “third”',
    );
  });

  test('names of what is shut only what shuts the gate', () => {
    expect(judge([critical, other], ['GET /a/', 'GET /b/'], { readiness: LAX }).why).toBe(
      '0 of 2 features work, 2 fail; readiness 0 of 2 (0 %, ready); critical and shut: “critical”',
    );
  });

  test('says that too little is ready', () => {
    expect(judge([critical, other], ['GET /b/'], { readiness: { ready: 51, mostly: 50 } }).why).toBe(
      '1 of 2 features work, 1 fails; readiness 1 of 2 (50 %, mostly ready); the readiness is below what the consumer asks for',
    );
  });

  test('names the critical scenarios that are not met', () => {
    const scenarios = ['1', '2', '3'].map((id) => ({
      ...{ id, name: `number ${id}`, needs: ['GET /b/'], critical: id !== '3' },
    }));
    expect(judge([critical], ['GET /b/'], { readiness: { ...LAX, scenarios } }).why).toBe(
      '1 of 1 features work; readiness 0 of 3 (0 %, ready); critical and not met: 1 number 1, 2 number 2',
    );
  });

  test('says what the policy lets pass, by each of its members', () => {
    const policy = { ...consumerOf('shop', {}).policy, skipped: 'warns' as const };
    const given = { readiness: LAX, policy };
    const nowhere = feature('nowhere', need('GET /nowhere/'));
    const nothing = feature('nothing', need('GET /nothing/'), need('GET /nowhere/'));
    const one = judge([critical, nowhere], [], given);
    expect(one.why).toBe(
      '1 of 2 features work, 1 not proven; readiness 1 of 2, 1 not proven (50 %, ready); by the policy “skipped: warns” and not by proof 1 feature is open',
    );
    expect(one.counts).toEqual({ works: 1, hampered: 0, 'not proven': 1, fails: 0 });
    expect(one.relies).toEqual([{ policy: 'skipped: warns', features: ['nowhere'] }]);
    const two = judge([critical, nowhere, nothing], [], given);
    expect(two.why).toContain('not by proof 2 features are open');
    expect(two.relies).toEqual([{ policy: 'skipped: warns', features: ['nowhere', 'nothing'] }]);
  });
});

describe('what the gate keeps of the runs', () => {
  test('which they were, and nothing to ask where all was asked', () => {
    const verdict = judge([feature('one', need('GET /a/'))]);
    const { id, target, startedAt } = runOf([], { target: 'production' });
    expect(verdict.evidence).toEqual([{ run: id, target, at: startedAt }]);
    expect(verdict).not.toHaveProperty('unasked');
  });

  test('what none of them has asked, each once, and the command that asks', () => {
    const verdict = judge([
      feature('one', need('GET /a/'), need('GET /nowhere/')),
      feature('two', need('GET /nowhere/'), need('GET /nothing/')),
    ]);
    expect(verdict.unasked).toEqual({
      operations: ['GET /nowhere/', 'GET /nothing/'],
      command: 'conform check --target production',
    });
  });
});

describe('a scenario', () => {
  const met = (scenario: object, crashing: string[] = []) =>
    judge([feature('one', need('GET /a/'))], crashing, {
      readiness: { ready: 100, mostly: 50, scenarios: [{ id: '1', name: 'one', ...scenario }] },
    }).readiness.scenarios[0]?.met;

  test.each<[what: string, met: boolean | null, scenario: object, crashing: string[]]>([
    ['all of whose needs are proven', true, { needs: ['GET /a/', 'GET /b/'] }, []],
    ['one of whose needs is not', false, { needs: ['GET /a/', 'GET /b/'] }, ['GET /b/']],
    ['with a choice, of which one is proven', true, { needs: [['GET /a/', 'GET /b/']] }, ['GET /b/']],
    ['with a choice, of which none is', false, { needs: [['GET /a/', 'GET /b/']] }, ['GET /a/', 'GET /b/']],
    ['with a time that is kept', true, { within: { operations: ['GET /a/'], ms: 2 } }, []],
    ['with a time that is not kept', false, { within: { operations: ['GET /a/'], ms: 1 } }, []],
    [
      'with a time that nobody has measured',
      false,
      { within: { operations: ['GET /a/'], ms: 2 } },
      ['GET /a/'],
    ],
    ['that no run can prove', null, { notCounted: 'by hand' }, []],
  ])('%s', (_, is, scenario, crashing) => {
    expect(met(scenario, crashing)).toBe(is);
  });
});

describe('a bench', () => {
  const consumer = consumerOf('shop', {});

  test.each<[what: string, ok: boolean, bench: Bench | undefined]>([
    ['that held what is needed', true, HELD],
    ['that held more than is needed', true, { ...HELD, target: { percentile: 'p999', ms: 4 } }],
    ['that was held to a longer time', false, { ...HELD, target: { percentile: 'p99', ms: 6 } }],
    ['that was held to fewer calls', false, { ...HELD, target: { percentile: 'p95', ms: 5 } }],
    ['that missed it', false, { ...HELD, verdict: 'breaks' }],
    ['that was inconclusive', false, { ...HELD, verdict: 'uncertain' }],
    ['without a truth', false, { ...HELD, truth: null }],
    ['of an earlier version, which did not know who is right', false, EARLIER],
    ['that found nobody', false, { ...HELD, answers: { ...HELD_ANSWERS, found: 0 } }],
    ['that is too old', false, { ...HELD, finishedAt: '2026-02-25T12:00:00Z' }],
    ['that nobody has made', false, undefined],
  ])('%s', (_, ok, bench) => {
    expect(judgeBench(bench, WANTED, consumer, NOW).ok).toBe(ok);
  });

  test('without a truth, says why and with which command one is given', () => {
    expect(judgeBench({ ...HELD, truth: null }, WANTED, consumer, NOW)).toMatchObject({
      state: 'not proven',
      why: 'the bench held p99 within 5 ms (proposed, connection kept), but nobody has checked whom it names; name a file of phone numbers and the ids that they have: conform bench --sql TEXT --truth FILE',
    });
  });

  test('without a truth lets pass only where the policy lets pass what nobody has asked', () => {
    const policy = { ...consumer.policy, skipped: 'warns' as const };
    expect(judgeBench({ ...HELD, truth: null }, WANTED, { ...consumer, policy }, NOW)).toMatchObject({
      ok: true,
      state: 'not proven',
      reliesOn: 'skipped: warns',
    });
  });
});
