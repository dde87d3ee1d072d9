import { expect, test } from 'vitest';
import { say } from '../verdict/sentences.js';
import type { Cause, Outcome } from '../verdict/causes.js';
import { grouped, headlineOf, type Explanation } from './groups.js';
import { UNKNOWN_REQUEST } from './paste.js';

const explained = (status: number | undefined, outcome: Outcome | undefined, cause?: Cause): Explanation => ({
  pasted: {
    request: UNKNOWN_REQUEST,
    reply: { kind: 'answer', status, statusFrom: 'answer', headers: undefined, body: undefined },
  },
  verdict: outcome && {
    outcome,
    ...(cause === undefined ? {} : { cause }),
    explanation: say('works', {}),
    evidence: [],
    ruledOut: [],
  },
});
const shown = (all: readonly Explanation[]) =>
  grouped(all).map(({ last, count }) => [last.verdict?.outcome, count]);

test('what means the same is counted, in the order of the last of it', () => {
  const all = [
    explained(401, 'denied'),
    explained(404, 'absent'),
    explained(401, 'denied'),
    explained(200, 'works'),
  ];
  expect(shown(all)).toEqual([
    ['absent', 1],
    ['denied', 2],
    ['works', 1],
  ]);
});

test('another status or another cause is something else', () => {
  expect(
    shown([explained(401, 'denied'), explained(403, 'denied'), explained(403, 'denied', 'token-missing')]),
  ).toHaveLength(3);
});

test('the last refusal is the headline, and where there is none, the last answer', () => {
  const headline = (...all: Explanation[]) => headlineOf(grouped(all))?.last.pasted.reply;
  expect(headline(explained(401, 'denied'), explained(404, 'absent'), explained(200, 'works'))).toMatchObject(
    {
      status: 404,
    },
  );
  expect(headline(explained(200, 'works'), explained(204, 'works'))).toMatchObject({ status: 204 });
  expect(headline(explained(undefined, undefined))).toBeUndefined();
});
