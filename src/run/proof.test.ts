import { describe, expect, test } from 'vitest';
import { MANNERS } from '../probe/writes.js';
import { CAUSES, CONFIDENCES, LAYERS, OUTCOMES, type Cause } from '../verdict/causes.js';
import { createProver } from '../gate/proof.js';
import { createHistory } from '../history/history.js';
import { whoseTurn } from '../render/whose-turn.js';
import { consumerOf } from '../testing/consumer.js';
import { capability, runOf } from '../testing/runs.js';
import {
  isAsIntended,
  isProvenToWork,
  isSettled,
  PROOFS,
  proofOf,
  provesAll,
  usefulness,
  type Judged,
} from './proof.js';

/** How it was asked, what came, and what that proves. */
const TABLE: readonly [Judged, proof: (typeof PROOFS)[number], meant: boolean][] = [
  [{ manner: 'plain', outcome: 'works' }, 'works', true],
  [{ manner: 'real', outcome: 'works' }, 'works', true],
  [{ manner: 'plain', outcome: 'works', findings: [{ inconclusive: true }] }, 'works-unchecked', false],
  [{ manner: 'plain', outcome: 'deviates', confidence: 'certain' }, 'works', false],
  [{ manner: 'plain', outcome: 'rejects', layer: 'application', confidence: 'likely' }, 'permission', false],
  [{ manner: 'plain', outcome: 'rejects', layer: 'gateway', confidence: 'likely' }, 'route', false],
  [{ manner: 'plain', outcome: 'absent', layer: 'resource', confidence: 'likely' }, 'permission', false],
  [{ manner: 'plain', outcome: 'denied', layer: 'gateway', confidence: 'certain' }, 'route', false],
  [{ manner: 'plain', outcome: 'denied', layer: 'gateway', confidence: 'possible' }, 'nothing', false],
  [{ manner: 'plain', outcome: 'denied', layer: 'token', confidence: 'certain' }, 'nothing', false],
  [{ manner: 'plain', outcome: 'denied', layer: 'edge', confidence: 'likely' }, 'nothing', false],
  [
    { manner: 'plain', outcome: 'broken', layer: 'application', cause: 'crashed', confidence: 'likely' },
    'route',
    false,
  ],
  [
    { manner: 'plain', outcome: 'broken', layer: 'edge', cause: 'edge-error', confidence: 'likely' },
    'nothing',
    false,
  ],
  [{ manner: 'plain', outcome: 'throttled', layer: 'gateway', confidence: 'certain' }, 'nothing', false],
  [{ manner: 'plain', outcome: 'unrouted', layer: 'gateway', confidence: 'certain' }, 'nothing', false],
  [
    { manner: 'forbidden-body', outcome: 'rejects', layer: 'application', confidence: 'likely' },
    'permission',
    true,
  ],
  [
    { manner: 'forbidden-body', outcome: 'absent', layer: 'resource', confidence: 'likely' },
    'permission',
    true,
  ],
  [{ manner: 'forbidden-body', outcome: 'rejects', layer: 'gateway', confidence: 'likely' }, 'route', false],
  // The host took what the contract forbids: that it would do what is allowed is still not shown.
  [{ manner: 'forbidden-body', outcome: 'works' }, 'permission', true],
  [{ manner: 'invalid-token', outcome: 'denied', layer: 'token', confidence: 'certain' }, 'route', true],
  [{ manner: 'invalid-token', outcome: 'denied', layer: 'token', confidence: 'possible' }, 'nothing', true],
  [{ manner: 'invalid-token', outcome: 'denied', layer: 'gateway', confidence: 'likely' }, 'route', true],
  [
    { manner: 'invalid-token', outcome: 'rejects', layer: 'application', confidence: 'likely' },
    'route',
    true,
  ],
  [
    { manner: 'invalid-token', outcome: 'unrouted', layer: 'gateway', confidence: 'certain' },
    'nothing',
    false,
  ],
  [{ manner: 'not', outcome: 'skipped' }, 'nothing', false],
];

test.each(TABLE)('%j proves %s; as intended: %s', (judged, proof, meant) => {
  expect([proofOf(judged), isAsIntended(judged)]).toEqual([proof, meant]);
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
      'what could not be checked does not prove all',
      (judged, proof) => proof !== 'works-unchecked' || !provesAll(judged),
    ],
    [
      'what proves all is as useful as it can be',
      (judged) => !provesAll(judged) || judged.outcome === 'deviates' || usefulness(judged) === 2,
    ],
  ])('%s', (_, holds) => {
    expect(ALL.filter((judged) => !holds(judged, proofOf(judged)))).toEqual([]);
  });
});

test('gate, history and who has to act agree of one answer', () => {
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
    const { ok } = createProver(consumer, [run], new Date(at))(needed);
    const history = createHistory('production');
    history.add(run);
    const track = history.sum()?.operations.find(({ operation }) => operation === 'GET /things/');
    const opensOnNothing = ok && judged.outcome !== 'deviates' && proofOf(judged) === 'nothing';
    const isOutageToo = ok && track?.stretches.at(-1)?.usable === false;
    const blamesSomebody = isAsIntended(judged) && whoseTurn(one) !== undefined;
    const opensUnchecked = ok && proofOf(judged) === 'works-unchecked';
    if (opensOnNothing || isOutageToo || blamesSomebody || opensUnchecked) wrong.push(JSON.stringify(judged));
  }
  expect(wrong).toEqual([]);
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
