import { describe, expect, test } from 'vitest';
import type { Exchange } from '../exchange/exchange.js';
import { exchangeOf } from '../testing/host.js';
import { OUTCOMES, type Cause, type Layer } from './causes.js';
import { diagnose } from './diagnose.js';
import { OUTCOME_OF } from './outcome.js';
import type { Controls, Question } from './question.js';
import type { Signature } from './signatures.js';
import type { Verdict } from './verdict.js';

/** What one kind of refusal looks like, and means. */
function signature(id: string, layer: Layer, cause: Cause, looks: Partial<Signature>): Signature {
  const texts = { explanation: `It says ${id}.`, fix: 'Ask the vendor.', standing: 'assumed' };
  return { id, stack: 'an invented gateway', layer, cause, ...texts, ...looks };
}

/** One that is known by its words. */
function words(id: string, layer: Layer, cause: Cause, given: Partial<Signature> = {}): Signature {
  return signature(id, layer, cause, { text: `the words of ${id}`, ...given });
}

const SIGNATURES: Signature[] = [
  words('no-route', 'gateway', 'route-missing'),
  words('bad-token', 'token', 'token-invalid'),
  words('no-token', 'token', 'token-missing'),
  words('denied', 'gateway', 'access-denied'),
  words('no-thing', 'resource', 'resource-missing'),
  words('was-removed', 'resource', 'resource-gone'),
  words('wrong-input', 'application', 'validation-failed'),
  words('crash', 'application', 'crashed'),
  words('parked', 'edge', 'host-gone'),
  words('busy', 'gateway', 'rate-limited', { rivals: [{ cause: 'quota-exceeded', told: 'ask tomorrow' }] }),
  signature('reset', 'network', 'connection-reset', { failure: ['ECONNRESET'] }),
  // A general rule, which fits whoever says what.
  signature('any-500', 'application', 'crashed', { status: [500] }),
];

/** An answer with the words of one of the signatures. */
function says(id: string, status: number, given: Partial<Exchange> = {}): Exchange {
  return exchangeOf({
    status,
    text: id,
    message: `the words of ${id}`,
    fingerprint: `${status} ${id}`,
    ...given,
  });
}

const NONSENSE = says('no-route', 403);
const WORKING: Controls['working'] = { operation: 'GET /items/', exchange: exchangeOf() };
const LISTING: Controls['listing'] = { operation: 'GET /things/', exchange: exchangeOf() };

function judge(exchange: Exchange, controls: Controls = {}, given: Partial<Question> = {}): Verdict {
  return diagnose({ exchange, isToken: false, token: 'valid', findings: [], controls, ...given }, SIGNATURES);
}

/** What is decided, and how surely. */
function decided({ outcome, cause, confidence }: Verdict): string {
  return `${outcome}, ${cause ?? 'no cause'}, ${confidence ?? 'no confidence'}`;
}

interface Case {
  what: string;
  answer: Exchange;
  controls?: Controls;
  given?: Partial<Question>;
  is: string;
}

describe('a single answer, without controls', () => {
  test.each<Case>([
    { what: 'known words', answer: says('denied', 403), is: 'denied, access-denied, likely' },
    {
      what: 'no words that are known, only a status',
      answer: exchangeOf({ status: 500, fingerprint: 'x' }),
      is: 'broken, crashed, possible',
    },
    {
      what: 'nothing that is known',
      answer: exchangeOf({ status: 418, fingerprint: 'x' }),
      is: 'broken, undetermined, possible',
    },
    {
      what: 'no answer, with a known error code',
      answer: exchangeOf({ status: null, failure: 'ECONNRESET (send)' }),
      is: 'broken, connection-reset, certain',
    },
    {
      what: 'no answer, with an error code that is not known',
      answer: exchangeOf({ status: null, failure: 'EWHATEVER (send)' }),
      is: 'broken, undetermined, possible',
    },
  ])('$what: $is', ({ answer, is }) => {
    expect(decided(judge(answer))).toBe(is);
  });

  test('names the causes that it does not rule out, unless it is certain', () => {
    expect(judge(says('busy', 429)).evidence.join('\n')).toContain('Not ruled out');
  });
});

describe('a success', () => {
  const error = { check: 'body', severity: 'error', message: 'the body is empty' } as const;
  test.each<Case>([
    { what: 'that keeps the contract', answer: exchangeOf(), is: 'works, no cause, no confidence' },
    {
      what: 'that breaks the contract',
      answer: exchangeOf(),
      given: { findings: [error] },
      is: 'deviates, no cause, certain',
    },
    {
      what: 'of which something is not sure',
      answer: exchangeOf(),
      given: { findings: [{ ...error, severity: 'warning' }] },
      is: 'works, no cause, no confidence',
    },
    {
      what: 'whose body cannot be read',
      answer: exchangeOf({ failure: 'the body is cut off' }),
      is: 'broken, response-malformed, certain',
    },
    {
      what: 'that is a page of a parked host',
      answer: says('parked', 200, { bodyShape: 'html 900' }),
      is: 'gone, host-gone, likely',
    },
    {
      what: 'whose data has the words of a parked host in it',
      answer: says('parked', 200, { bodyShape: { note: 'string 900..900' } }),
      is: 'works, no cause, no confidence',
    },
    {
      what: 'that is a page with the words of a gateway',
      answer: says('denied', 200, { bodyShape: 'html 900' }),
      is: 'works, no cause, no confidence',
    },
    { what: 'without a body', answer: exchangeOf({ status: 204 }), is: 'works, no cause, no confidence' },
    { what: 'is not a redirect', answer: exchangeOf({ status: 302 }), is: 'broken, undetermined, possible' },
  ])('$what: $is', ({ answer, given, is }) => {
    expect(decided(judge(answer, {}, given))).toBe(is);
  });
});

describe('the answer of a path that nobody can have routed', () => {
  const unrouted = says('no-route', 403);
  const known = { nonsense: NONSENSE, working: WORKING };

  test.each<Case>([
    {
      what: 'while something works with the same token',
      answer: unrouted,
      controls: known,
      is: 'unrouted, route-missing, certain',
    },
    {
      what: 'in words about the token, while something works with the same token',
      answer: says('bad-token', 401),
      controls: { ...known, nonsense: says('bad-token', 401) },
      is: 'unrouted, route-missing, certain',
    },
    {
      what: 'while nothing works: it may as well be the token',
      answer: unrouted,
      controls: { nonsense: NONSENSE },
      is: 'denied, token-invalid, possible',
    },
    {
      what: 'in words about a missing token, while nothing works',
      answer: says('no-token', 401),
      controls: { nonsense: says('no-token', 401) },
      is: 'denied, token-missing, possible',
    },
    {
      what: 'without the control: the words alone',
      answer: unrouted,
      controls: { working: WORKING },
      is: 'unrouted, route-missing, likely',
    },
    {
      what: 'while another method on the path is answered otherwise',
      answer: unrouted,
      controls: { ...known, otherMethod: says('wrong-input', 400) },
      is: 'unrouted, method-missing, certain',
    },
    {
      what: 'while another method gets the same answer',
      answer: unrouted,
      controls: { ...known, otherMethod: unrouted },
      is: 'unrouted, route-missing, certain',
    },
    ...[429, 500, 503].map((status) => ({
      what: `while another method meets ${status}, which says nothing of the route`,
      answer: unrouted,
      controls: { ...known, otherMethod: exchangeOf({ status, fingerprint: 'x' }) },
      is: 'unrouted, route-missing, certain',
    })),
    {
      what: 'while another method got no answer',
      answer: unrouted,
      controls: { ...known, otherMethod: exchangeOf({ status: null, fingerprint: 'x' }) },
      is: 'unrouted, route-missing, certain',
    },
  ])('$what: $is', ({ answer, controls, is }) => {
    expect(decided(judge(answer, controls))).toBe(is);
  });

  test('rules out the token and the permission', () => {
    expect(judge(unrouted, known).ruledOut.map(({ cause }) => cause)).toEqual([
      'token-invalid',
      'access-denied',
    ]);
  });

  test('rules out a header that was changed on its way only when its own hash is echoed', () => {
    const of = (echo: Exchange['echo'], calibration?: Exchange['echo']) => {
      const answer = { ...unrouted, ...(echo && { echo }) };
      const own = exchangeOf({ ...(calibration && { echo: calibration }) });
      const { ruledOut, evidence } = judge(answer, { ...known, calibration: own });
      return {
        ruledOut: ruledOut.some(({ cause }) => cause === 'token-malformed'),
        changed: evidence.some((line) => line.includes('something between us changes the header')),
      };
    };
    expect(of('ours')).toEqual({ ruledOut: true, changed: false });
    expect(of('other', 'ours')).toEqual({ ruledOut: false, changed: true });
    expect(of('other', 'other')).toEqual({ ruledOut: false, changed: false });
    expect(of('other')).toEqual({ ruledOut: false, changed: false });
    expect(of(undefined, 'ours')).toEqual({ ruledOut: false, changed: false });
  });

  describe('on another host of the vendor', () => {
    const elsewhere = (answer: Exchange, nonsense = says('no-route', 404)) =>
      judge(unrouted, { ...known, otherHost: { name: 'other', exchange: answer, nonsense } });

    test('is routed when it is answered otherwise than an unknown path', () => {
      const { fix, evidence } = elsewhere(says('no-token', 401));
      expect(fix).toBe('Ask the vendor why other has it and this host has not.');
      expect(evidence.join('\n')).toContain('On other it is routed');
    });

    test('is not routed when it is answered like an unknown path', () => {
      const { fix, evidence } = elsewhere(says('no-route', 404));
      expect(fix).not.toContain('other');
      expect(evidence.join('\n')).toContain('On other it is not routed either');
    });

    test.each([
      [429, exchangeOf({ status: 429, fingerprint: 'x' })],
      [503, exchangeOf({ status: 503, fingerprint: 'x' })],
      ['no answer', exchangeOf({ status: null, fingerprint: 'x' })],
    ])('is not known when it gives %s', (_, answer) => {
      expect(elsewhere(answer).evidence.join('\n')).not.toContain('On other');
    });
  });
});

describe('a whole host that is retired', () => {
  const gone = (status: number) => says('no-route', status);
  const alike = (answered: number, of: number) => ({ alike: { answered, of } });

  test.each<Case>([
    ...[301, 302, 303, 307, 308, 404, 410].map((status) => ({
      what: `all of three operations answer ${status}`,
      answer: gone(status),
      controls: { nonsense: gone(status), ...alike(3, 3) },
      is: 'gone, host-gone, certain',
    })),
    {
      what: 'only two operations were asked',
      answer: gone(404),
      controls: { nonsense: gone(404), ...alike(2, 2) },
      is: 'gone, host-gone, likely',
    },
    {
      what: 'only one operation was asked',
      answer: gone(404),
      controls: { nonsense: gone(404), ...alike(1, 1) },
      is: 'gone, host-gone, likely',
    },
    {
      what: 'one of many answers otherwise',
      answer: gone(404),
      controls: { nonsense: gone(404), ...alike(9, 10) },
      is: 'denied, token-invalid, possible',
    },
    {
      what: 'one of many works',
      answer: gone(404),
      controls: { nonsense: gone(404), working: WORKING, ...alike(9, 9) },
      is: 'unrouted, route-missing, certain',
    },
    {
      what: 'all refuse with 403, as for a bad token',
      answer: gone(403),
      controls: { nonsense: gone(403), ...alike(9, 9) },
      is: 'denied, token-invalid, possible',
    },
    {
      what: 'all crash',
      answer: says('crash', 500),
      controls: { nonsense: says('crash', 500), ...alike(9, 9) },
      is: 'denied, token-invalid, possible',
    },
    {
      what: 'the words of a parked host',
      answer: says('parked', 404),
      controls: { nonsense: says('parked', 404), working: WORKING },
      is: 'gone, host-gone, likely',
    },
  ])('$what: $is', ({ answer, controls, is }) => {
    expect(decided(judge(answer, controls))).toBe(is);
  });
});

describe('another answer than that of a path that nobody can have routed', () => {
  test.each<Case>([
    {
      what: 'words of a missing route, with 404: the resource',
      answer: says('no-route', 404),
      controls: { nonsense: NONSENSE, listing: LISTING },
      is: 'absent, resource-missing, certain',
    },
    {
      what: 'words of a missing route, with 410: the resource',
      answer: says('no-route', 410),
      controls: { nonsense: NONSENSE },
      is: 'absent, resource-missing, likely',
    },
    {
      what: 'words of a missing route, with 401: another kind of credentials',
      answer: says('no-route', 401),
      controls: { nonsense: NONSENSE, working: WORKING },
      is: 'denied, signature-refused, likely',
    },
    {
      what: 'no such resource, with an id that a listing has shown',
      answer: says('no-thing', 404),
      controls: { nonsense: NONSENSE, listing: LISTING },
      is: 'absent, resource-missing, certain',
    },
    {
      what: 'no such resource, with an id that no listing has shown',
      answer: says('no-thing', 404),
      controls: { nonsense: NONSENSE },
      is: 'absent, resource-missing, likely',
    },
    {
      what: 'a resource that was removed',
      answer: says('was-removed', 410),
      controls: { nonsense: NONSENSE, listing: LISTING },
      is: 'absent, resource-gone, certain',
    },
    {
      what: 'the token is blamed, and nothing works',
      answer: says('bad-token', 401),
      controls: { nonsense: NONSENSE },
      is: 'denied, token-invalid, certain',
    },
    {
      what: 'the token is blamed, although it works elsewhere',
      answer: says('bad-token', 401),
      controls: { nonsense: NONSENSE, working: WORKING },
      is: 'denied, access-denied, likely',
    },
    {
      what: 'known words, while something works',
      answer: says('denied', 403),
      controls: { nonsense: NONSENSE, working: WORKING },
      is: 'denied, access-denied, certain',
    },
    {
      what: 'known words, while nothing works',
      answer: says('denied', 403),
      controls: { nonsense: NONSENSE },
      is: 'denied, access-denied, likely',
    },
    {
      what: 'no words that are known, while something works',
      answer: exchangeOf({ status: 500, fingerprint: 'x' }),
      controls: { nonsense: NONSENSE, working: WORKING },
      is: 'broken, crashed, possible',
    },
    {
      what: 'nothing that is known, while something works',
      answer: exchangeOf({ status: 418, fingerprint: 'x' }),
      controls: { nonsense: NONSENSE, working: WORKING },
      is: 'broken, undetermined, possible',
    },
  ])('$what: $is', ({ answer, controls, is }) => {
    expect(decided(judge(answer, controls))).toBe(is);
  });

  test('rules out that there is no route; and the token only where that works elsewhere', () => {
    const causes = (controls: Controls) =>
      judge(says('denied', 403), controls).ruledOut.map(({ cause }) => cause);
    expect(causes({ nonsense: NONSENSE })).toEqual(['route-missing']);
    expect(causes({ nonsense: NONSENSE, working: WORKING })).toEqual(['route-missing', 'token-invalid']);
  });
});

describe('asked with a token that is invalid on purpose', () => {
  const refusal = says('bad-token', 401);
  const guarded = says('bad-token', 401);
  const given: Partial<Question> = { token: 'invalid' };

  test.each<Case>([
    {
      what: 'refused as a routed operation is, and an unknown path is not',
      answer: refusal,
      controls: { nonsense: NONSENSE, workingWithInvalidToken: guarded },
      is: 'denied, token-invalid, certain',
    },
    {
      what: 'refused otherwise than an unknown path, and nothing is known of a routed one',
      answer: refusal,
      controls: { nonsense: NONSENSE },
      is: 'denied, token-invalid, likely',
    },
    {
      what: 'refused otherwise than both',
      answer: says('denied', 403),
      controls: { nonsense: NONSENSE, workingWithInvalidToken: guarded },
      is: 'denied, token-invalid, likely',
    },
    {
      what: 'refused as an unknown path is, and a routed operation is not',
      answer: says('no-route', 403),
      controls: { nonsense: NONSENSE, workingWithInvalidToken: guarded },
      is: 'unrouted, route-missing, certain',
    },
    {
      what: 'everything is refused alike: the token is looked at before the route',
      answer: refusal,
      controls: { nonsense: refusal, workingWithInvalidToken: guarded },
      is: 'denied, token-invalid, possible',
    },
    {
      what: 'refused as an unknown path is, and nothing is known of a routed operation',
      answer: says('no-route', 403),
      controls: { nonsense: NONSENSE },
      is: 'denied, token-invalid, possible',
    },
    {
      what: 'without the control',
      answer: refusal,
      controls: { workingWithInvalidToken: guarded },
      is: 'denied, token-invalid, likely',
    },
  ])('$what: $is', ({ answer, controls, is }) => {
    expect(decided(judge(answer, controls, given))).toBe(is);
  });

  test('names the operation that is routed, where one is near', () => {
    const nearest = { method: 'POST', path: '/things/', exchange: guarded };
    const controls = { nonsense: NONSENSE, workingWithInvalidToken: guarded, nearest };
    expect(judge(says('no-route', 403), controls, given).fix).toBe('Use POST /things/.');
  });
});

describe('asked with an id of nothing, and answered as an unknown path is', () => {
  const unknown = says('no-route', 404);
  const guarded = says('bad-token', 401);
  const controls = { nonsense: unknown, working: WORKING, workingWithInvalidToken: guarded };

  test.each(['valid', 'invalid'] as const)('by a 404, with a token that is %s, either may be so', (token) => {
    const verdict = judge(unknown, controls, { token, ofNothing: true });
    expect(decided(verdict)).toBe('unrouted, route-missing, possible');
    expect(verdict.explanation).toContain('an id of nothing');
    expect(decided(judge(unknown, controls, { token, ofNothing: false }))).toBe(
      'unrouted, route-missing, certain',
    );
  });

  test('by a refusal, it is the route that is missing', () => {
    const verdict = judge(says('no-route', 403), { ...controls, nonsense: NONSENSE }, { ofNothing: true });
    expect(decided(verdict)).toBe('unrouted, route-missing, certain');
  });
});

describe('what is not held against the controls', () => {
  const controls = { nonsense: says('busy', 429), working: WORKING };

  test('too many requests: everything gets that answer, and it says nothing of the route', () => {
    expect(decided(judge(says('busy', 429), controls))).toBe('throttled, rate-limited, likely');
  });

  test('the token endpoint: it is no operation of the API', () => {
    const answer = says('bad-token', 401);
    expect(decided(judge(answer, { nonsense: answer, working: WORKING }, { isToken: true }))).toBe(
      'denied, token-invalid, likely',
    );
  });

  test('no answer', () => {
    const answer = exchangeOf({ status: null, failure: 'ECONNRESET (send)' });
    expect(decided(judge(answer, { nonsense: answer, working: WORKING }))).toBe(
      'broken, connection-reset, certain',
    );
    const unknown = exchangeOf({ status: null, failure: 'EWHATEVER (send)' });
    expect(decided(judge(unknown, { nonsense: unknown, working: WORKING }))).toBe(
      'broken, undetermined, possible',
    );
  });
});

test('evidence of the token is given only where a good token was sent', () => {
  const evidenceFor = (token: Question['token']) =>
    judge(says('denied', 403), { nonsense: NONSENSE, working: WORKING }, { token }).evidence.join('\n');
  expect(evidenceFor('valid')).toContain('GET /items/ works with the same token');
  expect(evidenceFor('none')).not.toContain('works with the same token');
});

test('no cause of a refusal has the outcome of a success, or of what was not asked', () => {
  const allowed = OUTCOMES.filter((outcome) => !['works', 'deviates', 'skipped'].includes(outcome));
  for (const [cause, outcome] of Object.entries(OUTCOME_OF)) expect(allowed, cause).toContain(outcome);
});
