import { expect, test } from 'vitest';
import type { Capability } from '../../record/run.js';
import { capability } from '../../testing/runs.js';
import { say, type Said } from '../../verdict/sentences.js';
import type { Cause } from '../../verdict/causes.js';
import { mainObservations, otherObservations, suspicionsOf } from './observations.js';

/** An operation of which a run says this. */
function refused(
  id: string,
  evidence: readonly Said[],
  ruledOut: readonly { cause: Cause; because: Said }[] = [],
): Capability {
  const bare = ({ code, facts }: Said) => ({ code, facts });
  return {
    ...capability({ id, outcome: 'denied' }),
    evidence: evidence.map(({ sentence }) => sentence),
    ruledOut: ruledOut.map(({ cause, because }) => ({ cause, because: because.sentence })),
    codes: {
      explanation: { code: 'permission-refused', facts: {} },
      evidence: evidence.map(bare),
      ruledOut: ruledOut.map(({ because }) => bare(because)),
    },
  };
}

/** The same as a former version has kept it. */
function withoutCodes(operation: Capability): Capability {
  const former = { ...operation };
  delete former.codes;
  return former;
}

const SAME = say('unknown-path-same', { came: '403' });
const OTHER = say('unknown-path-other', { came: '404' });

test('that an unknown path is answered the same is among what is said first', () => {
  const [first, ...others] = mainObservations([refused('GET /a', [SAME]), refused('GET /b', [SAME])]);
  expect(first).toMatch(/^The host gives this very answer to every unknown path, too/);
  expect(first).toContain('a wrong URL all look the same');
  expect(others).toEqual([]);
});

test('what is true of some operations only says of which', () => {
  const found = mainObservations([refused('GET /a', [SAME]), refused('GET /b', [OTHER])]);
  expect(found).toEqual([
    expect.stringMatching(/^GET \/a: The host gives this very answer/),
    expect.stringMatching(/^GET \/b: The host knows the path: a made-up path .* \(404\)\.$/),
  ]);
});

test('the exchange itself, and what was said first, are not said again', () => {
  const answer = say('answer', { method: 'GET', url: '/a', at: '', status: '403', came: '403' });
  const more = say('without-token', { came: '401' });
  expect(otherObservations([refused('GET /a', [answer, SAME, more])])).toEqual([
    'Without a token the answer is 401.',
  ]);
});

test('a suspicion says what was suspected, and which observation excludes it, once', () => {
  const ruledOut = [
    { cause: 'token-invalid' as const, because: say('same-token-works', { operation: 'GET /b' }) },
    { cause: 'route-missing' as const, because: say('unknown-path-in-other-words', {}) },
  ];
  expect(suspicionsOf([refused('GET /a', [], ruledOut), refused('GET /c', [], ruledOut)])).toEqual([
    {
      suspected: 'our token is unknown, expired, revoked, or meant for another environment',
      excluded: 'the same token works on GET /b',
    },
    { suspected: 'the host has no such path or method', excluded: 'a made-up path gets another answer' },
  ]);
});

test('what a former version has kept is said in its own sentences', () => {
  const because = say('same-token-works', { operation: 'GET /b' });
  const former = withoutCodes(refused('GET /a', [SAME], [{ cause: 'crashed', because }]));
  expect(mainObservations([former])).toEqual([]);
  expect(otherObservations([former])).toEqual([SAME.sentence]);
  expect(suspicionsOf([former])).toEqual([
    { suspected: 'the application failed with an unhandled error', excluded: because.sentence },
  ]);
});

test('what excludes a suspicion at some of the operations only says at which', () => {
  const known = {
    cause: 'token-invalid' as const,
    because: say('same-token-works', { operation: 'GET /c' }),
  };
  const other = { cause: 'token-invalid' as const, because: say('unknown-path-in-other-words', {}) };
  const [only, ...others] = suspicionsOf([
    refused('GET /a', [], [known]),
    refused('POST /b', [], [other]),
    refused('GET /d', [], [known]),
  ]);
  expect(only?.excluded).toMatch(/ \(GET \/a, GET \/d\); and because .* \(POST \/b\)$/);
  expect(others).toEqual([]);
});
