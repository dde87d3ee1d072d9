import { expect, test } from 'vitest';
import type { Verdict } from '../verdict/verdict.js';
import { askingOf } from '../testing/asking.js';
import { contractOf, converseWith, answer, exchangeOf, seenOf } from '../testing/host.js';
import { say } from '../verdict/sentences.js';
import { capabilityOf } from './capability.js';
import type { AskedStep } from './observation.js';

const { plan } = askingOf(
  contractOf('/things/: { get: {} }\n'),
  converseWith(() => answer(200)),
);
const [step] = plan.steps;
if (!step) throw new Error('no step');

const WORKS: Verdict = {
  outcome: 'works',
  explanation: say('works', {}),
  evidence: [say('listed', { operation: 'GET /a/' })],
  ruledOut: [],
};
const ASKED: AskedStep = {
  step,
  asked: true,
  probe: {
    operation: 'GET /things/',
    role: 'operation',
    request: { method: 'GET', url: '', headers: {} },
    shown: '',
  },
  token: 'valid',
  isToken: false,
  ...seenOf(exchangeOf()),
  before: [],
  findings: [],
  listing: undefined,
};

test('a success at the second try is no clean success: the first try is reported', () => {
  const of = (before: AskedStep['before']) =>
    capabilityOf({ ...ASKED, before }, { verdict: WORKS, controls: [] });
  expect(of([]).evidence).toEqual(['GET /a/ works, and lists such things.']);
  const unsteady = of([
    exchangeOf({ status: 503 }),
    exchangeOf({ status: null, failure: 'ECONNRESET (send)' }),
  ]);
  expect(unsteady.evidence).toEqual([
    'GET /a/ works, and lists such things.',
    'Unsteady: before this answer it gave 503, ECONNRESET (send).',
  ]);
  expect(unsteady.statuses).toEqual([503, 200]);
  // An answer that is asked for again, and comes again, is steady.
  expect(of([exchangeOf({ status: 200 })]).evidence).toEqual(['GET /a/ works, and lists such things.']);
});

test('what was not asked, or not judged, is skipped, and says why', () => {
  expect(capabilityOf({ step, asked: false, why: 'no id is known' }, undefined)).toMatchObject({
    outcome: 'skipped',
    explanation: 'No id is known.',
  });
  expect(capabilityOf(ASKED, undefined)).toMatchObject({
    outcome: 'skipped',
    explanation: 'It was asked, but the run ended before it was judged.',
  });
});

test('what removed a thing, and the controls, are kept beside what was asked', () => {
  const after = [exchangeOf({ role: 'control', purpose: 'removal' })];
  const controls = [exchangeOf({ role: 'control', purpose: 'nonsense-sibling' })];
  const { exchanges } = capabilityOf({ ...ASKED, after }, { verdict: WORKS, controls });
  expect(exchanges.map(({ purpose }) => purpose)).toEqual([undefined, 'removal', 'nonsense-sibling']);
});
