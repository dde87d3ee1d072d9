import { describe, expect, test } from 'vitest';
import { MANNERS } from '../probe/writes.js';
import { CAUSES, CONFIDENCES, LAYERS, OUTCOMES, type Cause } from '../verdict/causes.js';
import { createProver } from '../gate/proof.js';
import { createHistory } from '../history/history.js';
import { featuresIn } from '../impact/features.js';
import { evidenceOf, featureState, shownBy } from '../impact/state.js';
import { ownerOf } from '../impact/owner.js';
import { consumerOf } from '../testing/consumer.js';
import { capability, runOf } from '../testing/runs.js';
import {
  isAtLeast,
  isProvenToWork,
  isSettled,
  PROOFS,
  proofOf,
  provokedBy,
  stateOf,
  usefulness,
  type Judged,
  type OperationState,
} from './proof.js';

/** How it was asked, what came, and what that proves. */
const TABLE: readonly [Judged, proof: (typeof PROOFS)[number], state: OperationState][] = [
  [{ manner: 'plain', outcome: 'works' }, 'works', 'works'],
  [{ manner: 'real', outcome: 'works' }, 'works', 'works'],
  [{ manner: 'plain', outcome: 'works', findings: [{ inconclusive: true }] }, 'works-unchecked', 'works'],
  [{ manner: 'plain', outcome: 'deviates', confidence: 'certain' }, 'works', 'deviates'],
  [
    { manner: 'plain', outcome: 'rejects', layer: 'application', confidence: 'likely' },
    'permission',
    'fails',
  ],
  [{ manner: 'plain', outcome: 'rejects', layer: 'gateway', confidence: 'likely' }, 'route', 'fails'],
  [{ manner: 'plain', outcome: 'absent', layer: 'resource', confidence: 'likely' }, 'permission', 'fails'],
  [{ manner: 'plain', outcome: 'denied', layer: 'gateway', confidence: 'certain' }, 'route', 'fails'],
  [{ manner: 'plain', outcome: 'denied', layer: 'gateway', confidence: 'possible' }, 'nothing', 'fails'],
  [{ manner: 'plain', outcome: 'denied', layer: 'token', confidence: 'certain' }, 'nothing', 'fails'],
  [{ manner: 'plain', outcome: 'denied', layer: 'edge', confidence: 'likely' }, 'nothing', 'fails'],
  [
    { manner: 'plain', outcome: 'broken', layer: 'application', cause: 'crashed', confidence: 'likely' },
    'route',
    'fails',
  ],
  [
    { manner: 'plain', outcome: 'broken', layer: 'edge', cause: 'edge-error', confidence: 'likely' },
    'nothing',
    'fails',
  ],
  [{ manner: 'plain', outcome: 'throttled', layer: 'gateway', confidence: 'certain' }, 'nothing', 'fails'],
  [{ manner: 'plain', outcome: 'unrouted', layer: 'gateway', confidence: 'certain' }, 'nothing', 'fails'],
  [
    { manner: 'forbidden-body', outcome: 'rejects', layer: 'application', confidence: 'likely' },
    'permission',
    'expected refusal',
  ],
  [
    { manner: 'forbidden-body', outcome: 'absent', layer: 'resource', confidence: 'likely' },
    'permission',
    'expected refusal',
  ],
  [
    { manner: 'forbidden-body', outcome: 'rejects', layer: 'gateway', confidence: 'likely' },
    'route',
    'expected refusal',
  ],
  // The host took what the contract forbids: that it would do what is allowed is still not shown.
  [{ manner: 'forbidden-body', outcome: 'works' }, 'permission', 'let in'],
  [
    { manner: 'invalid-token', outcome: 'denied', layer: 'token', confidence: 'certain' },
    'route',
    'expected refusal',
  ],
  [
    { manner: 'invalid-token', outcome: 'denied', layer: 'token', confidence: 'possible' },
    'nothing',
    'expected refusal',
  ],
  [
    { manner: 'invalid-token', outcome: 'denied', layer: 'gateway', confidence: 'likely' },
    'route',
    'expected refusal',
  ],
  [
    { manner: 'invalid-token', outcome: 'rejects', layer: 'application', confidence: 'likely' },
    'route',
    'expected refusal',
  ],
  [
    { manner: 'invalid-token', outcome: 'unrouted', layer: 'gateway', confidence: 'certain' },
    'nothing',
    'fails',
  ],
  [{ manner: 'not', outcome: 'skipped' }, 'nothing', 'skipped'],
];

test.each(TABLE)('%j proves %s: %s', (judged, proof, state) => {
  expect([proofOf(judged), stateOf(judged)]).toEqual([proof, state]);
});

/** Every way in which an operation can have been asked and judged. */
function* everything(): Generator<Judged> {
  for (const manner of MANNERS)
    for (const outcome of OUTCOMES)
      for (const layer of [undefined, ...LAYERS])
        for (const cause of [undefined, ...(Object.keys(CAUSES) as Cause[])])
          for (const confidence of [undefined, ...CONFIDENCES])
            for (const findings of [[], [{ inconclusive: true as const }]])
              yield {
                ...{ manner, outcome, findings },
                ...(layer === undefined ? {} : { layer }),
                ...(cause === undefined ? {} : { cause }),
                ...(confidence === undefined ? {} : { confidence }),
              };
}

const ALL = [...everything()];
const BETRAYING = new Set(['skipped', 'unreachable', 'unrouted', 'gone', 'throttled']);

describe('whatever was asked and came', () => {
  test.each<[string, (judged: Judged, proof: (typeof PROOFS)[number]) => boolean]>([
    [
      'a token that is bad on purpose shows a route at the most',
      ({ manner }, proof) => manner !== 'invalid-token' || ['nothing', 'route'].includes(proof),
    ],
    [
      'a body that is wrong on purpose shows a permission at the most',
      ({ manner }, proof) =>
        manner !== 'forbidden-body' || ['nothing', 'route', 'permission'].includes(proof),
    ],
    ['what was not asked shows nothing', ({ manner }, proof) => manner !== 'not' || proof === 'nothing'],
    [
      'what leaves several explanations open shows nothing',
      ({ outcome, confidence }, proof) =>
        confidence !== 'possible' || outcome === 'works' || outcome === 'deviates' || proof === 'nothing',
    ],
    [
      'what is not routed or was not answered shows nothing',
      ({ outcome }, proof) => !BETRAYING.has(outcome) || proof === 'nothing',
    ],
    [
      'only a success for real is proven to work',
      (judged) =>
        !isProvenToWork(judged) ||
        (judged.outcome === 'works' && (judged.manner === 'plain' || judged.manner === 'real')),
    ],
    [
      'a feature works only by what was done for real, and checked',
      (judged, proof) => shownBy(judged) !== 'works' || proof === 'works',
    ],
    [
      'only what we have provoked is an expected refusal',
      (judged) =>
        stateOf(judged) !== 'expected refusal' ||
        ((judged.manner === 'invalid-token' || judged.manner === 'forbidden-body') &&
          ['denied', 'rejects', 'absent'].includes(judged.outcome)),
    ],
    [
      'a good token that is denied fails, though the body was forbidden',
      ({ manner, outcome, ...judged }) =>
        manner !== 'forbidden-body' ||
        outcome !== 'denied' ||
        stateOf({ manner, outcome, ...judged }) === 'fails',
    ],
    [
      'what crashes is of no use, however it was asked',
      (judged) => judged.outcome !== 'broken' || usefulness(judged) === 0,
    ],
  ])('%s', (_, holds) => {
    // The first is enough: thousands take long to print.
    expect(ALL.find((judged) => !holds(judged, proofOf(judged)))).toBeUndefined();
  });
});

test('gate, report, history and who has to act agree of one answer', () => {
  const at = '2026-02-26T17:40:00.000Z';
  const consumer = consumerOf('till', { calls: ['GET /things/'] });
  const needed = { operation: 'GET /things/', loss: 'stops' as const };
  const anchor = capability({ id: 'GET /anchor/' });
  const wrong: string[] = [];
  // The cause is read where an operation has crashed only.
  for (const judged of ALL.filter(({ cause }) => cause === undefined || cause === 'crashed')) {
    const { findings, ...facts } = judged;
    const one = {
      ...capability({ id: 'GET /things/' }),
      ...facts,
      proof: proofOf(judged),
      findings: (findings ?? []).map((finding) => ({
        ...finding,
        ...{ check: 'answer/body-schema', severity: 'warning' as const, message: 'not checked', exchange: 0 },
      })),
    };
    const run = { ...runOf([anchor, one]), target: 'production', startedAt: at };
    const proven = createProver(consumer, [run], new Date(at))(needed);
    const { ok } = proven;
    const history = createHistory('production');
    history.add(run);
    const track = history.sum()?.operations.find(({ operation }) => operation === 'GET /things/');
    const opensOnNothing = ok && judged.outcome !== 'deviates' && proofOf(judged) === 'nothing';
    const isOutageToo = ok && track?.stretches.at(-1)?.usable === false;
    const owner = ownerOf({ ...one, expected: null });
    const blamesSomebody = ['works', 'expected refusal'].includes(stateOf(judged)) && owner !== undefined;
    const [feature] = featuresIn([consumer]);
    const inReport = feature && featureState(feature, evidenceOf(run));
    const disagree = proven.state !== inReport;
    const opensUnchecked = ok && proofOf(judged) === 'works-unchecked';
    if (opensOnNothing || isOutageToo || blamesSomebody || opensUnchecked || disagree)
      wrong.push(JSON.stringify(judged));
  }
  expect(wrong.slice(0, 1)).toEqual([]);
});

describe('an answer settles something', () => {
  test.each<[Judged, settles: boolean]>([
    [{ outcome: 'works' }, true],
    [{ outcome: 'unrouted', confidence: 'certain' }, true],
    [{ outcome: 'unrouted', confidence: 'likely' }, true],
    [{ outcome: 'unrouted', confidence: 'possible' }, false],
    [{ outcome: 'gone', confidence: 'likely' }, true],
    [{ outcome: 'denied', layer: 'gateway', confidence: 'possible' }, false],
    [{ outcome: 'denied', layer: 'gateway', confidence: 'likely' }, true],
    [{ outcome: 'throttled', confidence: 'certain' }, false],
    [{ outcome: 'skipped' }, false],
  ])('%j: %s', (judged, settles) => {
    expect(isSettled(judged)).toBe(settles);
  });
});

test.each<[Judged, useful: 0 | 1 | 2]>([
  [{ outcome: 'works' }, 2],
  [{ outcome: 'deviates' }, 1],
  [{ outcome: 'deviates', manner: 'invalid-token' }, 1],
  [{ outcome: 'denied', manner: 'invalid-token', layer: 'token', confidence: 'certain' }, 2],
  [{ outcome: 'works', manner: 'forbidden-body' }, 2],
  [{ outcome: 'denied', layer: 'gateway', confidence: 'certain' }, 0],
  [{ outcome: 'skipped' }, 0],
  [{ outcome: 'works', manner: 'not' }, 0],
])('%j is of use to the degree %i', (judged, useful) => {
  expect(usefulness(judged)).toBe(useful);
});

test.each<[Judged, OperationState]>([
  [{ outcome: 'works', manner: 'invalid-token' }, 'let in'],
  [{ outcome: 'deviates', manner: 'invalid-token' }, 'let in'],
  [{ outcome: 'deviates', manner: 'forbidden-body' }, 'let in'],
  [{ outcome: 'works' }, 'works'],
  [{ outcome: 'works', manner: 'not' }, 'skipped'],
  [{ outcome: 'denied', manner: 'real', layer: 'token', confidence: 'certain' }, 'fails'],
  [{ outcome: 'denied', manner: 'forbidden-body', layer: 'gateway', confidence: 'certain' }, 'fails'],
  [{ outcome: 'rejects', manner: 'forbidden-body', layer: 'application', confidence: 'possible' }, 'fails'],
  [
    { outcome: 'absent', manner: 'invalid-token', layer: 'resource', confidence: 'likely' },
    'expected refusal',
  ],
  [{ outcome: 'absent', manner: 'invalid-token', layer: 'resource', confidence: 'possible' }, 'fails'],
  [{ outcome: 'denied', manner: 'invalid-token', layer: 'edge', confidence: 'certain' }, 'fails'],
  [{ outcome: 'broken', manner: 'invalid-token', cause: 'crashed', confidence: 'certain' }, 'fails'],
])('%j is counted as %s', (judged, state) => {
  expect(stateOf(judged)).toBe(state);
  expect(isProvenToWork(judged)).toBe(state === 'works');
});

test.each<[Judged, proof: (typeof PROOFS)[number]]>([
  [{ outcome: 'absent', layer: 'edge', confidence: 'likely' }, 'route'],
  [{ outcome: 'absent', layer: 'gateway', confidence: 'likely' }, 'route'],
  [{ outcome: 'rejects', layer: 'edge', confidence: 'certain' }, 'route'],
  [{ outcome: 'works', findings: [{ inconclusive: true }, {}] }, 'works-unchecked'],
  [{ outcome: 'works', findings: [{}] }, 'works'],
  [{ outcome: 'works', confidence: 'possible' }, 'works'],
  [{ outcome: 'denied', layer: 'application', confidence: 'likely' }, 'route'],
  [{ outcome: 'gone', layer: 'edge', confidence: 'certain' }, 'nothing'],
  [{ outcome: 'unreachable', layer: 'network', confidence: 'certain' }, 'nothing'],
])('%j proves %s', (judged, proof) => {
  expect(proofOf(judged)).toBe(proof);
});

test('what was wrong on purpose has a name, and a real request has nothing wrong', () => {
  expect(MANNERS.map((manner) => [manner, provokedBy({ manner })])).toEqual(
    expect.arrayContaining([
      ['invalid-token', 'a bad token'],
      ['forbidden-body', 'a forbidden body'],
      ['plain', undefined],
      ['real', undefined],
    ]),
  );
  expect(provokedBy({})).toBeUndefined();
});

test('each proof is at least as strong as itself and those before it, and no stronger', () => {
  for (const [place, proof] of PROOFS.entries())
    expect(PROOFS.filter((wanted) => isAtLeast(proof, wanted))).toEqual(PROOFS.slice(0, place + 1));
});
