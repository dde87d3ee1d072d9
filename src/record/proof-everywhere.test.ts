import { describe, expect, test } from 'vitest';
import { createProver } from '../gate/proof.js';
import { createHistory } from '../history/history.js';
import { featuresIn } from '../impact/features.js';
import { ownerOf } from '../impact/owner.js';
import { evidenceOf, featureState, shownBy } from '../impact/state.js';
import { MANNERS } from '../probe/writes.js';
import { consumerOf } from '../testing/consumer.js';
import { capability, runOf } from '../testing/runs.js';
import { CAUSES, CONFIDENCES, LAYERS, OUTCOMES, type Cause } from '../verdict/causes.js';
import { isProvenToWork, proofOf, stateOf, usefulness, type Judged, type Proof } from './proof.js';

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
  test.each<[string, (judged: Judged, proof: Proof) => boolean]>([
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
