import { describe, expect, test } from 'vitest';
import { judgeGate } from '../../gate/gate.js';
import type { Past } from '../../history/past.js';
import type { Need } from '../../impact/consumer.js';
import { type Feature, featuresIn } from '../../impact/features.js';
import type { Capability } from '../../record/run.js';
import { consumerOf } from '../../testing/consumer.js';
import { capability, runOf } from '../../testing/runs.js';
import { overviewOf, type Surroundings } from './overview.js';

const LIST = 'GET /v2/items/';
const SEARCH = 'POST /v2/items/_search/';
const UPLOAD = 'POST /v2/documents/';

const NOTHING: Surroundings = { features: [], past: new Map(), contract: undefined, gates: [] };

function feature(name: string, ...needs: (Partial<Need> & { operation: string })[]): Feature {
  const all = needs.map((need) => ({ loss: 'stops' as const, ...need }));
  return { consumer: 'till', application: 'Till', name, critical: false, needs: all };
}

const crashed = (id: string, given: Partial<Capability> = {}): Capability =>
  capability({
    ...{ id, outcome: 'broken', layer: 'application', cause: 'crashed', confidence: 'certain' },
    ...{ side: 'vendor-application', explanation: `The server failed at ${id}.` },
    ...given,
  });

const unrouted = (id: string, given: Partial<Capability> = {}): Capability =>
  capability({
    ...{ id, outcome: 'unrouted', layer: 'gateway', cause: 'route-missing', confidence: 'certain' },
    ...given,
  });

/** A write that was asked with a token that is wrong on purpose. */
const guarded = (id: string): Capability =>
  capability({
    ...{ id, outcome: 'denied', layer: 'token', cause: 'token-invalid', manner: 'invalid-token' },
    expected: { outcome: 'denied', cause: 'token-invalid', met: true },
  });

const streak = (
  since: string,
  before?: 'works' | 'broken',
): Past extends ReadonlyMap<string, infer One> ? One : never => ({
  since,
  runs: 3,
  before: before && { outcome: before, at: '2026-02-01T00:00:00.000Z', until: '2026-02-25T06:00:00.000Z' },
  routedAt: '2026-02-25T00:00:00.000Z',
  workedAt: undefined,
});

describe('what is broken', () => {
  test('is by its cause: who acts and what is to be done is said once', () => {
    const run = runOf([crashed('GET /a'), capability({ id: LIST }), crashed('GET /b'), unrouted('GET /c')]);
    const { causes } = overviewOf(run, NOTHING);
    expect(
      causes.map(({ label, owner, members }) => [
        label,
        owner.who,
        members.map(({ operation }) => operation.id),
      ]),
    ).toEqual([
      ['broken', 'vendor', ['GET /a', 'GET /b']],
      ['unrouted', 'us', ['GET /c']],
    ]);
    expect(causes[0]?.title).toBe('the application failed with an unhandled error');
  });

  test('what is unexpected comes before what is known, and that before what is written down', () => {
    const run = runOf([
      unrouted('GET /a', { expected: { outcome: 'unrouted', met: true } }),
      unrouted('GET /b', {
        expected: {
          outcome: 'unrouted',
          met: true,
          accepted: { reason: 'a ticket is open', until: '2026-12-31' },
        },
      }),
      unrouted('GET /c'),
    ]);
    const { causes, verdict } = overviewOf(run, NOTHING);
    expect(causes.map(({ standing, accepted }) => [standing, accepted?.reason])).toEqual([
      ['unexpected', undefined],
      ['known', 'a ticket is open'],
      ['expected', undefined],
    ]);
    expect([verdict.word, verdict.surprises]).toEqual(['Not as expected', 1]);
    expect(verdict.causes).toBe('1 unknown path');
    // Nobody is sent after what is known while something is not.
    expect(verdict.actors.map(({ operations }) => operations)).toEqual([['GET /c']]);
  });

  test('what shows the same is counted in words, the most frequent first, and the same to do is one task', () => {
    const run = runOf([unrouted('GET /c'), crashed('GET /a', { confidence: 'possible' }), crashed('GET /b')]);
    const { verdict, causes } = overviewOf(run, NOTHING);
    expect(causes).toHaveLength(3);
    expect(verdict.causes).toBe('2 server errors, 1 unknown path');
    expect(verdict.actors.map(({ tasks }) => tasks.map(({ operations }) => operations))).toEqual([
      [['GET /a', 'GET /b']],
      [['GET /c']],
    ]);
  });

  test('answers that break the same component of the contract are one cause', () => {
    const finding = {
      ...{ check: 'answer/body-schema', code: 'type', severity: 'error' as const, exchange: 0 },
      ...{ schema: '#/components/schemas/Item', message: 'the price is a number' },
    };
    const deviating = (id: string) => capability({ id, outcome: 'deviates', findings: [finding] });
    const { causes } = overviewOf(runOf([deviating('GET /a'), deviating('GET /b')]), NOTHING);
    expect(causes.map(({ title, members }) => [title, members.length])).toEqual([
      ['Item: the price is a number', 2],
    ]);
  });

  test('what works although that was not expected is news, and nothing broken', () => {
    const run = runOf([capability({ id: LIST, expected: { outcome: 'broken', met: false } })]);
    const { causes, verdict } = overviewOf(run, NOTHING);
    expect(causes.map(({ state, standing }) => [state, standing])).toEqual([['works', 'unexpected']]);
    expect(verdict.broken).toBe('Nothing that was asked');
  });

  test('a refusal that we provoked, and what was not asked, are with what works', () => {
    const run = runOf([
      guarded(UPLOAD),
      capability({ id: 'GET /d', outcome: 'skipped' }),
      capability({ id: LIST }),
    ]);
    const { causes, tags } = overviewOf(run, NOTHING);
    expect(causes).toEqual([]);
    expect(tags.map(({ works, refused, skipped }) => [works.length, refused.length, skipped.length])).toEqual(
      [[1, 1, 1]],
    );
  });

  test('of a cause with several cures each is a task for its operations, and what has none goes by its owner', () => {
    const run = runOf([
      unrouted('GET /a', { fix: 'Write a.' }),
      unrouted('GET /b', { fix: 'Write b.' }),
      unrouted('GET /c'),
      unrouted('GET /d', { fix: 'Write a.' }),
    ]);
    const { causes, verdict } = overviewOf(run, NOTHING);
    expect(causes).toHaveLength(1);
    expect(
      verdict.actors.map(({ tasks }) => tasks.map(({ operations, todo }) => [operations, todo])),
    ).toEqual([
      [
        [['GET /a', 'GET /d'], 'Write a.'],
        [['GET /b'], 'Write b.'],
        [['GET /c'], 'no run has seen this path routed: first correct the spelling or the address'],
      ],
    ]);
  });

  test('another spelling that was found is the cure', () => {
    const run = runOf([
      unrouted('GET /v2/Items', {
        fix: 'Use GET /v2/items/.',
        codes: {
          ...{ explanation: { code: 'not-routed', facts: {} }, evidence: [], ruledOut: [] },
          fix: { code: 'use-spelling', facts: { method: 'GET', path: '/v2/items/' } },
        },
      }),
    ]);
    const { verdict } = overviewOf(run, NOTHING);
    expect(verdict.actors).toEqual([
      {
        who: 'us',
        operations: ['GET /v2/Items'],
        tasks: [{ label: 'unrouted', operations: ['GET /v2/Items'], todo: 'Write GET /v2/items/ instead.' }],
      },
    ]);
  });
});

describe('since when', () => {
  test('what did something else in the run before is new, and comes first', () => {
    const run = runOf([crashed('GET /a'), crashed('GET /b'), unrouted('GET /c')]);
    const past: Past = new Map([
      ['GET /a', streak('2026-02-02T00:00:00.000Z', 'works')],
      ['GET /b', streak('2026-02-03T00:00:00.000Z', 'works')],
      ['GET /c', streak(run.startedAt, 'works')],
    ]);
    const { causes, verdict } = overviewOf(run, { ...NOTHING, past });
    expect(causes.map(({ label, fresh, since }) => [label, fresh, since.at])).toEqual([
      ['unrouted', 1, run.startedAt],
      ['broken', 0, '2026-02-02T00:00:00.000Z'],
    ]);
    expect([verdict.since, verdict.newSince]).toEqual([
      '1 of 3 new',
      'since the run of 2026-02-25 06:00 UTC; the oldest since 2026-02-02, 3 runs',
    ]);
  });

  test('a feature fails since its workaround does', () => {
    const run = runOf([unrouted(SEARCH), crashed(LIST)]);
    const find = feature('Find', { operation: SEARCH, loss: 'workaround', instead: LIST });
    const past: Past = new Map([
      [SEARCH, streak('2026-02-02T00:00:00.000Z')],
      [LIST, streak(run.startedAt, 'works')],
    ]);
    const [line] = overviewOf(run, { ...NOTHING, past, features: [find] }).features;
    expect([line?.state, line?.since?.isNew]).toEqual(['fails', true]);
  });

  test('what is known or expected is no news when it comes back', () => {
    const known = { reason: 'a ticket is open', until: '2026-12-31' };
    const run = runOf([
      crashed('GET /a', { expected: { outcome: 'works', met: true, accepted: known } }),
      crashed('GET /b', { expected: { outcome: 'broken', met: true } }),
    ]);
    const past: Past = new Map(
      ['GET /a', 'GET /b'].map((operation) => [operation, streak(run.startedAt, 'works')]),
    );
    const { causes, verdict } = overviewOf(run, { ...NOTHING, past });
    expect(causes.map(({ standing, fresh }) => [standing, fresh])).toEqual([
      ['known', 0],
      ['expected', 0],
    ]);
    expect(verdict.since).toBe('2026-02-26, 3 runs');
  });

  test('what works and did not in the run before has recovered', () => {
    const run = runOf([capability({ id: 'GET /a' }), capability({ id: 'GET /b' }), crashed('GET /c')]);
    const past: Past = new Map([
      ['GET /a', streak(run.startedAt, 'broken')],
      ['GET /b', streak('2026-02-03T00:00:00.000Z', 'broken')],
      ['GET /c', streak(run.startedAt, 'works')],
    ]);
    expect(overviewOf(run, { ...NOTHING, past }).recovered).toEqual(['GET /a']);
  });

  test('what no earlier run shows otherwise is not called new', () => {
    const { causes } = overviewOf(runOf([crashed('GET /a')]), NOTHING);
    expect(causes.map(({ fresh }) => fresh)).toEqual([0]);
  });
});

describe('a feature', () => {
  const OTHER = 'GET /v2/items/all/';
  const RUN = runOf([capability({ id: LIST }), unrouted(SEARCH), unrouted(OTHER), guarded(UPLOAD)]);
  const lineOf = (one: Feature) => {
    const [line] = overviewOf(RUN, { ...NOTHING, features: [one] }).features;
    return [line?.state, line?.reason];
  };

  test.each<[Feature, string, string]>([
    [feature('Sell', { operation: LIST }), 'works', 'what it needs works'],
    [
      feature('Find', { operation: SEARCH, loss: 'workaround', instead: LIST, workaround: 'the list' }),
      'hampered',
      `${SEARCH}: unknown path; the list`,
    ],
    [
      feature('Suggest', { operation: LIST }, { operation: SEARCH, loss: 'degrades' }),
      'hampered',
      `${SEARCH}: unknown path; it can do without`,
    ],
    [feature('Find', { operation: SEARCH }), 'fails', `${SEARCH}: unknown path`],
    [
      feature('Look', { operation: SEARCH, loss: 'workaround', instead: OTHER }),
      'fails',
      `neither ${SEARCH} works nor its workaround ${OTHER}`,
    ],
    [feature('File', { operation: UPLOAD }), 'not proven', `${UPLOAD} was asked with a bad token only`],
    [
      feature('File', {
        operation: UPLOAD,
        defect: { what: 'answers 500', since: '2026-02-22', ticket: 'T-7' },
      }),
      'fails',
      'known defect of the vendor since 2026-02-22: answers 500 (ticket “T-7”)',
    ],
    [{ ...feature('Greet'), bench: 'fails' }, 'fails', 'the bench missed its target'],
    [{ ...feature('Greet'), bench: 'not proven' }, 'not proven', 'no bench shows that it is fast enough'],
  ])('says why it is in its state: %o', (one, state, reason) => {
    expect(lineOf(one)).toEqual([state, reason]);
  });

  test('that fails comes first', () => {
    const features = [feature('Sell', { operation: LIST }), feature('Find', { operation: SEARCH })];
    const overview = overviewOf(RUN, { ...NOTHING, features });
    expect(overview.features.map(({ feature: { name } }) => name)).toEqual(['Find', 'Sell']);
    expect(overview.causes[0]?.stops).toEqual(['Find']);
  });
});

describe('the verdict', () => {
  /** What is said to a consumer that has one critical feature. */
  const verdictOf = (operations: Capability[], given: { complete?: boolean } = {}) => {
    const till = consumerOf('till', { Selling: [LIST] });
    const critical = { ...till, features: till.features.map((one) => ({ ...one, critical: true })) };
    const run = runOf(operations, { target: 'production', ...given });
    const gates = [judgeGate(critical, [run], undefined, new Date(run.finishedAt))];
    const { verdict } = overviewOf(run, { ...NOTHING, features: featuresIn([critical]), gates });
    return [verdict.word, verdict.tone, verdict.sentence];
  };

  test.each<[Capability[], string, string, string]>([
    [
      [capability({ id: LIST })],
      'May deploy',
      'good',
      'till may be deployed. Everything that was judged is as expected.',
    ],
    [
      [capability({ id: LIST }), crashed('GET /b')],
      'May deploy',
      'warn',
      'till may be deployed. 1 operation is not as expected.',
    ],
    [[crashed(LIST)], 'Do not deploy', 'bad', 'till must wait: 1 critical feature stops: “Selling”.'],
    [
      [capability({ id: 'GET /b' })],
      'No verdict',
      'none',
      'till: no run has judged anything that it needs. Everything that was judged is as expected.',
    ],
    [
      [crashed('GET /b')],
      'Not as expected',
      'bad',
      'till: no run has judged anything that it needs. 1 operation is not as expected.',
    ],
    [
      [capability({ id: LIST, outcome: 'skipped', explanation: 'Nobody asked.' })],
      'No verdict',
      'none',
      'Nothing could be judged. Nobody asked.',
    ],
    [[], 'No verdict', 'none', 'Nothing could be judged. There was nothing to ask.'],
  ])('is that of the gate where there is one: %#', (operations, word, tone, sentence) => {
    expect(verdictOf(operations)).toEqual([word, tone, sentence]);
  });

  test('says that the run was stopped early', () => {
    const [, , sentence] = verdictOf([capability({ id: LIST })], { complete: false });
    expect(sentence).toMatch(/ The run was stopped early\.$/);
  });

  test('is that of the run where nobody depends on its target', () => {
    const { verdict } = overviewOf(runOf([capability({ id: LIST })]), NOTHING);
    expect([verdict.word, verdict.tone]).toEqual(['As expected', 'good']);
  });

  test('a run that proved nothing names the reason', () => {
    const silent = capability({
      ...{ id: LIST, outcome: 'unreachable', layer: 'network', cause: 'dns-failure', confidence: 'certain' },
      ...{ explanation: 'The host name does not resolve.', fix: 'Look at the name.', statuses: [] },
    });
    const { verdict, causes } = overviewOf(runOf([silent]), NOTHING);
    expect([verdict.word, verdict.run]).toEqual(['No verdict', 'nothing proven']);
    expect(verdict.sentence).toBe('Nothing could be judged. The host name does not resolve.');
    expect(verdict.actors).toEqual([
      {
        who: 'us',
        operations: [LIST],
        tasks: [{ label: 'unreachable', operations: [LIST], todo: 'Look at the name.' }],
      },
    ]);
    expect(causes).toHaveLength(1);
  });
});
