import { describe, expect, test } from 'vitest';
import { MANNERS } from '../probe/writes.js';
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
  // Where nothing is said of how it was asked, it was asked as it is.
  [{ outcome: 'works' }, 'works', 'works'],
  [{ outcome: 'skipped' }, 'nothing', 'skipped'],
  [{ outcome: 'rejects', layer: 'application' }, 'permission', 'fails'],
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
