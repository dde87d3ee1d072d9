import { describe, expect, test } from 'vitest';
import type { Reference } from '../controls/compare.js';
import type { UnknownPath } from '../controls/unknown-path.js';
import type { Redirect } from '../drive/redirect.js';
import type { Exchange } from '../exchange/exchange.js';
import { exchangeOf, seenOf } from '../testing/host.js';
import { OUTCOMES, type Cause, type Layer } from './causes.js';
import { diagnose } from './diagnose.js';
import { OUTCOME_OF } from './outcome.js';
import { questionAlone, type Alike, type Controls, type Question } from './question.js';
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
  words('no-product', 'gateway', 'product-missing'),
  words('no-thing', 'resource', 'resource-missing'),
  words('was-removed', 'resource', 'resource-gone'),
  words('wrong-input', 'application', 'validation-failed'),
  words('parked', 'edge', 'host-gone'),
  words('in-success', 'token', 'token-invalid', { status: ['2xx', 401] }),
  words('in-success-somehow', 'application', 'validation-failed', { status: ['2xx'], ambiguous: true }),
  signature('by-header', 'token', 'token-invalid', { status: ['2xx'], headers: { 'grpc-status': '^16$' } }),
  signature('sign-in', 'token', 'token-missing', {
    status: [302],
    headers: { location: '^a page to sign in$' },
  }),
  words('busy', 'gateway', 'rate-limited', {
    rivals: [{ cause: 'quota-exceeded', distinguishedBy: 'ask tomorrow' }],
  }),
  signature('reset', 'network', 'connection-reset', { failure: ['ECONNRESET'] }),
  // General rules, which fit whoever says what.
  signature('any-500', 'application', 'crashed', { status: [500] }),
  signature('any-401', 'token', 'token-missing', { status: [401] }),
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

/** An answer in words that nobody knows. */
function plain(status: number, fingerprint = `${status} of the application`): Exchange {
  return exchangeOf({ status, fingerprint });
}

function steady(exchange: Exchange): Reference {
  return { seen: seenOf(exchange), steady: 'exact' };
}

/** That an unknown path beside the one in question is answered so. */
function unknown(exchange: Exchange, given: Partial<UnknownPath> = {}): Pick<Controls, 'unknownPath'> {
  const { seen } = steady(exchange);
  const common = { steady: 'exact', isSameDepth: true, isSameMethod: true, refused: undefined } as const;
  return { unknownPath: { seen, ...common, ...given } };
}

const NO_ROUTE = says('no-route', 403);
const NOT_FOUND = plain(404, 'not found');
const GOOD: Controls = {
  knownGood: { operation: 'GET /items/', works: seenOf(exchangeOf()), refused: seenOf(plain(401)) },
};
/** A thing that is not there is answered otherwise than an unknown path. */
const OWN_ABSENT: Controls = {
  knownBadValue: { operation: 'GET /items/{id}', seen: seenOf(plain(404)), isThatOfUnknownPath: 'other' },
};
const COMMON_ABSENT: Controls = {
  knownBadValue: { operation: 'GET /items/{id}', seen: seenOf(NOT_FOUND), isThatOfUnknownPath: 'same' },
};
const WITHOUT_TOKEN: Controls = { withoutToken: seenOf(plain(401)) };

function judge(exchange: Exchange, controls: Controls = {}, given: Partial<Question> = {}): Verdict {
  const alone = questionAlone(exchange, { isToken: false, token: 'valid' });
  return diagnose(
    { ...alone, answer: seenOf(exchange), credentials: 'asked-for', controls, ...given },
    SIGNATURES,
  );
}

/** That the answer is a redirect, and where it leads. */
function leadsTo(redirect: Redirect): Pick<Question, 'answer'> {
  return { answer: { ...seenOf(plain(302)), redirect } };
}

/** What is decided, and how surely. */
function decided({ outcome, cause, confidence }: Verdict): string {
  return `${outcome}, ${cause ?? 'no cause'}, ${confidence ?? 'no confidence'}`;
}

function sentences({ evidence }: Verdict): string {
  return evidence.map(({ sentence }) => sentence).join('\n');
}

interface Case {
  what: string;
  answer: Exchange;
  controls?: Controls;
  given?: Partial<Question>;
  is: string;
}

const check = ({ answer, controls, given, is }: Case): void => {
  expect(decided(judge(answer, controls, given))).toBe(is);
};

describe('a single answer, without controls', () => {
  test.each<Case>([
    { what: 'known words', answer: says('no-product', 403), is: 'denied, product-missing, likely' },
    { what: 'only a status', answer: plain(500), is: 'broken, crashed, possible' },
    { what: 'nothing that is known', answer: plain(418), is: 'broken, undetermined, possible' },
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
  ])('$what: $is', check);

  test('names the causes that it does not rule out, unless it is certain', () => {
    expect(sentences(judge(says('busy', 429)))).toContain('Not ruled out');
  });
});

describe('a success', () => {
  const error = {
    check: 'answer/body-schema',
    code: 'empty',
    severity: 'error',
    message: 'the body is empty',
  } as const;
  const page = exchangeOf({ fingerprint: 'the page', bodyShape: 'html 900' });
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
      what: 'whose body says that it is a refusal, in words that are known to come with a success',
      answer: says('in-success', 200, { bodyShape: { error: 'string 10..10' } }),
      controls: { ...unknown(NOT_FOUND), ...GOOD },
      is: 'denied, token-invalid, likely',
    },
    {
      what: 'whose header says so',
      answer: exchangeOf({ responseHeaders: { 'grpc-status': '16' } }),
      controls: { ...unknown(NOT_FOUND), ...GOOD },
      is: 'denied, token-invalid, likely',
    },
    {
      what: 'whose body says so in words that stand for several causes',
      answer: says('in-success-somehow', 200, { bodyShape: { ok: 'boolean' } }),
      is: 'works, no cause, no confidence',
    },
    {
      what: 'that is a page with the words that are known to come with a success',
      answer: says('in-success', 200, { bodyShape: 'html 900' }),
      is: 'works, no cause, no confidence',
    },
    {
      what: 'that is the page that every unknown path gets',
      answer: page,
      controls: { ...unknown(page), ...GOOD, ...OWN_ABSENT },
      given: { findings: [error] },
      is: 'unrouted, route-missing, certain',
    },
    {
      what: 'that is the page that also a thing gets which is not there',
      answer: page,
      controls: { ...unknown(page), ...GOOD, ...COMMON_ABSENT },
      is: 'unrouted, route-missing, likely',
    },
    {
      what: 'that is the page that every unknown path gets, with a token that nothing is known of',
      answer: page,
      controls: unknown(page),
      is: 'unrouted, route-missing, likely',
    },
    {
      what: 'that is a page with the words of a gateway',
      answer: says('no-product', 200, { bodyShape: 'html 900' }),
      is: 'works, no cause, no confidence',
    },
    { what: 'without a body', answer: exchangeOf({ status: 204 }), is: 'works, no cause, no confidence' },
    {
      what: 'is a redirect that the contract describes',
      answer: plain(302),
      controls: unknown(NOT_FOUND),
      given: { isDescribed: true },
      is: 'works, no cause, no confidence',
    },
    {
      what: 'is not a redirect that it does not describe: it may lead to a page to sign in',
      answer: plain(302),
      controls: { ...unknown(NOT_FOUND), ...GOOD },
      given: leadsTo('host'),
      is: 'unrouted, redirected, likely',
    },
    {
      what: 'is not a redirect to a page to sign in',
      answer: exchangeOf({ status: 302, responseHeaders: { location: 'a page to sign in' } }),
      controls: { ...unknown(NOT_FOUND), ...GOOD },
      given: {
        answer: {
          ...seenOf(exchangeOf({ status: 302, responseHeaders: { location: 'a page to sign in' } })),
          redirect: 'elsewhere',
        },
      },
      is: 'denied, token-missing, likely',
    },
    {
      what: 'is not a redirect to another spelling, whoever asks',
      answer: plain(302),
      controls: unknown(NOT_FOUND),
      given: leadsTo('spelling'),
      is: 'unrouted, redirected, certain',
    },
    {
      what: 'is not a redirect that every unknown path gets, although it is described',
      answer: plain(302),
      controls: { ...unknown(plain(302)), ...GOOD },
      given: { isDescribed: true },
      is: 'unrouted, route-missing, likely',
    },
  ])('$what: $is', check);
});

describe('the answer of an unknown path', () => {
  const known = { ...unknown(NO_ROUTE), ...GOOD };
  const notFound = { ...unknown(NOT_FOUND), ...GOOD };

  test.each<Case>([
    {
      what: 'in words that say so, with a token that is good',
      answer: NO_ROUTE,
      controls: known,
      is: 'unrouted, route-missing, certain',
    },
    {
      what: 'in words that say so, of an operation that needs no token',
      answer: NO_ROUTE,
      controls: unknown(NO_ROUTE),
      given: { credentials: 'none', token: 'none' },
      is: 'unrouted, route-missing, certain',
    },
    {
      what: 'a 403 in common words: it may as well be a permission',
      answer: plain(403),
      controls: { ...unknown(plain(403)), ...GOOD, ...OWN_ABSENT },
      is: 'unrouted, route-missing, likely',
    },
    {
      what: 'a 404, where a thing that is not there is answered otherwise',
      answer: NOT_FOUND,
      controls: { ...notFound, ...OWN_ABSENT },
      is: 'unrouted, route-missing, certain',
    },
    {
      what: 'a 404, where a thing that is not there is answered in the same way',
      answer: NOT_FOUND,
      controls: { ...notFound, ...COMMON_ABSENT },
      is: 'unrouted, route-missing, likely',
    },
    {
      what: 'a 404, where nothing is known of things that are not there',
      answer: NOT_FOUND,
      controls: notFound,
      is: 'unrouted, route-missing, likely',
    },
    ...(['unlisted', 'of-nothing'] as const).map((ids) => ({
      what: `a 404 for an id that is ${ids}`,
      answer: NOT_FOUND,
      controls: { ...notFound, ...OWN_ABSENT },
      given: { ids },
      is: 'unrouted, route-missing, possible',
    })),
    {
      what: 'a 404 for an id that a list has shown',
      answer: NOT_FOUND,
      controls: { ...notFound, ...OWN_ABSENT },
      given: { ids: 'listed' },
      is: 'unrouted, route-missing, certain',
    },
    {
      what: 'with a token of which nothing is known',
      answer: NO_ROUTE,
      controls: unknown(NO_ROUTE),
      is: 'denied, token-invalid, possible',
    },
    {
      what: 'in words about a missing token, with a token of which nothing is known',
      answer: says('no-token', 401),
      controls: unknown(says('no-token', 401)),
      is: 'denied, token-missing, likely',
    },
    {
      what: 'without any token',
      answer: plain(401),
      controls: unknown(plain(401)),
      given: { token: 'none' },
      is: 'denied, token-missing, certain',
    },
    {
      what: 'a 401 of an operation that the contract lets everybody ask',
      answer: plain(401),
      controls: { ...unknown(plain(401)), ...GOOD },
      given: { credentials: 'none', token: 'none' },
      is: 'denied, token-missing, possible',
    },
    {
      what: 'while another method on the path names the methods that there are',
      answer: NOT_FOUND,
      controls: { ...notFound, otherMethod: { seen: seenOf(plain(204)), isRouted: true, allowsIt: false } },
      is: 'unrouted, method-missing, likely',
    },
    {
      what: 'in words that say so, while another method on the path is answered otherwise',
      answer: NO_ROUTE,
      controls: { ...known, otherMethod: { seen: seenOf(plain(400)), isRouted: true, allowsIt: undefined } },
      is: 'unrouted, method-missing, certain',
    },
    {
      what: 'while another method on the path names this one: it is there, and shows nothing',
      answer: NOT_FOUND,
      controls: { ...notFound, otherMethod: { seen: seenOf(plain(204)), isRouted: true, allowsIt: true } },
      is: 'absent, resource-missing, likely',
    },
    {
      what: 'while another method is answered otherwise, and a thing that is not there is not',
      answer: NOT_FOUND,
      controls: {
        ...{ ...notFound, ...COMMON_ABSENT },
        otherMethod: { seen: seenOf(plain(400)), isRouted: true, allowsIt: undefined },
      },
      is: 'absent, resource-missing, likely',
    },
    {
      what: 'at another depth only',
      answer: NO_ROUTE,
      controls: { ...unknown(NO_ROUTE, { isSameDepth: false }), ...GOOD },
      is: 'unrouted, route-missing, likely',
    },
    {
      what: 'where two unknown paths are answered differently',
      answer: plain(404),
      controls: { ...unknown(plain(404), { steady: 'no' }), ...GOOD, ...OWN_ABSENT },
      is: 'absent, resource-missing, possible',
    },
    {
      what: 'the words of a parked host',
      answer: says('parked', 404),
      controls: { ...unknown(says('parked', 404)), ...GOOD },
      is: 'gone, host-gone, likely',
    },
  ])('$what: $is', check);

  test('rules out the token and the permission', () => {
    expect(judge(NO_ROUTE, known).ruledOut.map(({ cause }) => cause)).toEqual([
      'token-invalid',
      'access-denied',
    ]);
  });

  test('is ours to fix where another spelling works, and the gateway’s where none does', () => {
    const spelling = (isUsable: boolean): Controls => ({
      otherSpelling: {
        ...{ method: 'GET', path: '/things/', isUsable, seen: seenOf(exchangeOf()) },
        probe: {
          operation: 'GET /Things/',
          role: 'variant',
          request: { method: 'GET', url: '', headers: {} },
          shown: '',
        },
      },
    });
    const found = judge(NO_ROUTE, { ...known, ...spelling(true) });
    expect([found.side, found.fix?.sentence]).toEqual(['us', 'Use GET /things/.']);
    const refused = judge(NO_ROUTE, { ...known, ...spelling(false) });
    expect([refused.side, refused.fix?.code]).toEqual(['gateway', 'look-up-path']);
    expect(judge(NO_ROUTE, known).side).toBe('gateway');
  });

  test('rules out a header that was changed on its way only when its own hash is echoed', () => {
    const of = (echo: Exchange['echo'], calibration?: Exchange['echo']) => {
      const answer = { ...NO_ROUTE, ...(echo && { echo }) };
      const own = seenOf(exchangeOf({ ...(calibration && { echo: calibration }) }));
      const { ruledOut, evidence } = judge(answer, { ...known, calibration: own });
      return {
        ruledOut: ruledOut.some(({ cause }) => cause === 'token-malformed'),
        changed: evidence.some(({ code }) => code === 'header-changed'),
      };
    };
    expect(of('ours')).toEqual({ ruledOut: true, changed: false });
    expect(of('other', 'ours')).toEqual({ ruledOut: false, changed: true });
    expect(of('other', 'other')).toEqual({ ruledOut: false, changed: false });
    expect(of('other')).toEqual({ ruledOut: false, changed: false });
    expect(of(undefined, 'ours')).toEqual({ ruledOut: false, changed: false });
  });

  test.each([
    [true, 'ask-why-other-host', 'other-host-routed'],
    [false, 'look-up-path', 'other-host-unrouted'],
  ])('is said with what another host has: routed %s', (isRouted, fix, evidence) => {
    const otherHost = { name: 'other', seen: seenOf(plain(401)), unknown: seenOf(plain(404)), isRouted };
    const verdict = judge(NO_ROUTE, { ...known, otherHost });
    expect(verdict.fix?.code).toBe(fix);
    expect(verdict.evidence.map(({ code }) => code)).toContain(evidence);
  });

  test('nothing is said of another host that shows nothing', () => {
    const otherHost = {
      name: 'other',
      seen: seenOf(plain(503)),
      unknown: seenOf(plain(404)),
      isRouted: undefined,
    };
    expect(sentences(judge(NO_ROUTE, { ...known, otherHost }))).not.toContain('On other');
  });
});

describe('where all that was asked gets the answer of an unknown path', () => {
  const alike = (given: Partial<Alike> = {}): Controls => ({
    alike: { of: 9, root: true, tokenEndpoint: false, otherBase: undefined, ...given },
  });
  const all = (answer: Exchange, given: Partial<Alike> = {}) => ({ ...unknown(answer), ...alike(given) });
  const otherBase = {
    baseUrl: 'https://h/v1',
    operation: 'GET /items/',
    seen: seenOf(exchangeOf()),
    works: true,
  };

  test.each<Case>([
    {
      what: '404, also the root',
      answer: NOT_FOUND,
      controls: all(NOT_FOUND),
      is: 'gone, host-gone, likely',
    },
    {
      what: 'a redirect, also the root',
      answer: plain(301),
      controls: all(plain(301)),
      is: 'gone, host-gone, certain',
    },
    {
      what: '404, while the root is there',
      answer: NOT_FOUND,
      controls: all(NOT_FOUND, { root: false }),
      is: 'unrouted, route-missing, possible',
    },
    {
      what: '404, while the token endpoint of the host works',
      answer: NOT_FOUND,
      controls: all(NOT_FOUND, { tokenEndpoint: true }),
      is: 'unrouted, route-missing, possible',
    },
    {
      what: '404, while it works below another base URL',
      answer: NOT_FOUND,
      controls: all(NOT_FOUND, { otherBase }),
      is: 'unrouted, base-url-wrong, certain',
    },
    {
      what: 'too many requests, which says nothing of the host',
      answer: says('busy', 429),
      controls: all(says('busy', 429)),
      is: 'throttled, rate-limited, likely',
    },
    {
      what: '403, while it works below another base URL',
      answer: plain(403),
      controls: all(plain(403), { otherBase }),
      is: 'unrouted, base-url-wrong, certain',
    },
    {
      what: '403, as for a bad token',
      answer: plain(403),
      controls: all(plain(403)),
      is: 'denied, token-invalid, possible',
    },
    {
      what: 'words of a parked host',
      answer: says('parked', 404),
      controls: all(says('parked', 404)),
      is: 'gone, host-gone, certain',
    },
  ])('$what: $is', check);
});

describe('another answer than that of an unknown path', () => {
  const good = { ...unknown(NOT_FOUND), ...GOOD };
  const letIn = { ...good, ...WITHOUT_TOKEN };
  test.each<Case>([
    {
      what: '404 without an id: nothing there, or hidden',
      answer: plain(404),
      controls: good,
      is: 'absent, resource-missing, likely',
    },
    {
      what: '404 with an id',
      answer: plain(404),
      controls: good,
      given: { ids: 'unlisted' },
      is: 'absent, resource-missing, likely',
    },
    {
      what: '404 in words of a missing route: they are believed',
      answer: says('no-route', 404),
      controls: good,
      is: 'unrouted, route-missing, likely',
    },
    {
      what: 'a thing that was removed',
      answer: says('was-removed', 410),
      controls: good,
      is: 'absent, resource-gone, likely',
    },
    {
      what: 'words of a missing route, with 403: another kind of credentials',
      answer: says('no-route', 403),
      controls: good,
      is: 'denied, signature-refused, likely',
    },
    {
      what: '401, with a token of which nothing is known',
      answer: plain(401),
      controls: unknown(NOT_FOUND),
      is: 'denied, token-invalid, likely',
    },
    {
      what: '401, although the token is good',
      answer: plain(401),
      controls: good,
      is: 'denied, access-denied, likely',
    },
    {
      what: '401, of an operation that the contract lets everybody ask',
      answer: plain(401),
      controls: good,
      given: { credentials: 'none', token: 'none' },
      is: 'denied, token-missing, likely',
    },
    {
      what: '403, where it is refused otherwise without a token',
      answer: plain(403),
      controls: letIn,
      is: 'denied, permission-denied, certain',
    },
    { what: '403, and no more', answer: plain(403), controls: good, is: 'denied, permission-denied, likely' },
    {
      what: '403 in known words',
      answer: says('no-product', 403),
      controls: letIn,
      is: 'denied, product-missing, certain',
    },
    {
      what: '403, with a token of which nothing is known',
      answer: plain(403),
      controls: unknown(NOT_FOUND),
      is: 'denied, token-invalid, possible',
    },
    { what: '400', answer: plain(400), controls: letIn, is: 'rejects, validation-failed, certain' },
    {
      what: '400, and no more',
      answer: plain(400),
      controls: good,
      is: 'rejects, validation-failed, likely',
    },
    { what: '500', answer: plain(500), controls: letIn, is: 'broken, crashed, certain' },
    { what: '405', answer: plain(405), controls: good, is: 'unrouted, method-missing, certain' },
    {
      what: '405, by another method only',
      answer: plain(405),
      controls: { ...unknown(NOT_FOUND, { isSameMethod: false }), ...GOOD },
      is: 'unrouted, method-missing, likely',
    },
    {
      what: '403, while without a token it fails',
      answer: plain(403),
      controls: { ...good, withoutToken: seenOf(plain(503)) },
      is: 'denied, permission-denied, likely',
    },
    {
      what: '405, which every path gets',
      answer: plain(405),
      controls: { ...unknown(plain(405)), ...GOOD },
      is: 'unrouted, route-missing, likely',
    },
    {
      what: '404, by another method only',
      answer: plain(404),
      controls: { ...unknown(NOT_FOUND, { isSameMethod: false }), ...GOOD },
      is: 'absent, resource-missing, possible',
    },
    {
      what: '404, by another method, where a bad token shows that the path is looked at first',
      answer: plain(404),
      controls: {
        ...unknown(NOT_FOUND, { isSameMethod: false, refused: steady(NOT_FOUND) }),
        ...{ ...GOOD, knownGoodWithBadToken: seenOf(plain(401)) },
      },
      is: 'absent, resource-missing, likely',
    },
    {
      what: '404, by another method, where a bad token is refused first',
      answer: plain(404),
      controls: {
        ...unknown(NOT_FOUND, { isSameMethod: false, refused: steady(plain(401)) }),
        ...{ ...GOOD, knownGoodWithBadToken: seenOf(plain(401)) },
      },
      is: 'absent, resource-missing, possible',
    },
    {
      what: 'nothing that is known',
      answer: plain(418),
      controls: good,
      is: 'broken, undetermined, possible',
    },
  ])('$what: $is', check);

  test('rules out that there is no route; and the token only where that is good', () => {
    const causes = (controls: Controls) => judge(plain(403), controls).ruledOut.map(({ cause }) => cause);
    expect(causes(unknown(NOT_FOUND))).toEqual([]);
    expect(causes(letIn)).toEqual(['route-missing', 'token-invalid', 'token-missing']);
  });
});

describe('where the contract does not ask for the credentials that were sent', () => {
  const sent: Partial<Question> = { credentials: 'sent-unasked' };
  const alike: Controls = { ...unknown(NOT_FOUND), withoutToken: seenOf(plain(403)) };
  test.each<Case>([
    {
      what: '401, and nothing works that refuses others: the credentials may be bad',
      answer: plain(401),
      controls: unknown(NOT_FOUND),
      given: sent,
      is: 'denied, token-invalid, likely',
    },
    {
      what: '403, as without them: the operation is not blamed',
      answer: plain(403),
      controls: alike,
      given: sent,
      is: 'denied, token-invalid, possible',
    },
    {
      what: '403 of an unknown path in words that say so: it may be the answer to everybody who is not known',
      answer: NO_ROUTE,
      controls: unknown(NO_ROUTE),
      given: sent,
      is: 'denied, token-invalid, possible',
    },
    {
      what: 'a redirect to another path, which may ask to sign in',
      answer: plain(302),
      controls: unknown(NOT_FOUND),
      given: { ...sent, ...leadsTo('host') },
      is: 'denied, token-invalid, possible',
    },
    {
      what: '403, where the credentials work elsewhere',
      answer: plain(403),
      controls: { ...alike, ...GOOD },
      given: sent,
      is: 'denied, permission-denied, likely',
    },
    {
      what: '404 of an unknown path: a host may hide so what the caller may not see',
      answer: NOT_FOUND,
      controls: { ...unknown(NOT_FOUND), ...OWN_ABSENT },
      given: sent,
      is: 'unrouted, route-missing, likely',
    },
    {
      what: '404 of its own',
      answer: plain(404),
      controls: unknown(NOT_FOUND),
      given: sent,
      is: 'absent, resource-missing, likely',
    },
  ])('$what: $is', check);
});

describe('a permission that is refused', () => {
  const good = { ...unknown(NOT_FOUND), ...GOOD };
  test.each<[what: string, controls: Controls, given: Partial<Question>, says: string]>([
    [
      'otherwise than without a token',
      { ...good, ...WITHOUT_TOKEN },
      {},
      'without a token it is refused differently',
    ],
    ['as without a token', { ...good, withoutToken: seenOf(plain(403)) }, {}, 'refused in the same way'],
    ['where nothing was asked without one', good, {}, 'refuses this caller, whose token works elsewhere.'],
    ['where none was sent', good, { credentials: 'none', token: 'none' }, 'requests without credentials'],
  ])('%s: the sentence says no more than was seen', (_, controls, given, says) => {
    expect(judge(plain(403), controls, given).explanation.sentence).toContain(says);
  });
});

describe('asked with a token that is invalid on purpose', () => {
  const refusal = plain(401);
  const elsewhere: Controls = { knownGoodWithBadToken: seenOf(refusal) };
  const order = (isMethodFirst: boolean): Controls => ({
    guardOrder: { seen: seenOf(plain(405)), isMethodFirst },
  });
  const given: Partial<Question> = { token: 'invalid' };

  test.each<Case>([
    {
      what: 'refused, where a method that is not there is not',
      answer: refusal,
      controls: { ...unknown(NOT_FOUND), ...elsewhere, ...order(true) },
      is: 'denied, token-invalid, certain',
    },
    {
      what: 'refused, as a method is that is not there',
      answer: refusal,
      controls: { ...unknown(NOT_FOUND), ...elsewhere, ...order(false) },
      is: 'denied, token-invalid, possible',
    },
    {
      what: 'refused otherwise than an unknown path, and nothing is known of methods',
      answer: refusal,
      controls: { ...unknown(NOT_FOUND), ...elsewhere },
      is: 'denied, token-invalid, possible',
    },
    {
      what: 'refused as an unknown path is, and a routed operation is not',
      answer: NO_ROUTE,
      controls: { ...unknown(NO_ROUTE), ...elsewhere },
      is: 'unrouted, route-missing, certain',
    },
    {
      what: 'everything is refused alike: the token is looked at before the route',
      answer: refusal,
      controls: { ...unknown(refusal), ...elsewhere },
      is: 'denied, token-invalid, possible',
    },
    {
      what: 'refused as an unknown path is, and nothing is known of a routed operation',
      answer: NO_ROUTE,
      controls: unknown(NO_ROUTE),
      is: 'denied, token-invalid, possible',
    },
    {
      what: '404 as an unknown path, and a routed operation refuses the token',
      answer: NOT_FOUND,
      controls: { ...unknown(NOT_FOUND), ...elsewhere },
      is: 'unrouted, route-missing, likely',
    },
    {
      what: '403 as an unknown path, in words that do not say so: what would change something may be refused first',
      answer: plain(403),
      controls: { ...unknown(plain(403)), ...elsewhere },
      is: 'unrouted, route-missing, possible',
    },
    {
      what: '403 as an unknown path, in such words, while another method is routed',
      answer: plain(403),
      controls: {
        ...unknown(plain(403)),
        ...elsewhere,
        otherMethod: { seen: seenOf(plain(400)), isRouted: true, allowsIt: undefined },
      },
      is: 'unrouted, method-missing, possible',
    },
    {
      what: '404 as an unknown path, for an id of nothing',
      answer: NOT_FOUND,
      controls: { ...unknown(NOT_FOUND), ...elsewhere },
      given: { ids: 'of-nothing' },
      is: 'unrouted, route-missing, possible',
    },
    {
      what: '404, as every operation says to a bad token',
      answer: NOT_FOUND,
      controls: { ...unknown(NOT_FOUND), knownGoodWithBadToken: seenOf(NOT_FOUND) },
      is: 'denied, token-invalid, possible',
    },
    {
      what: '405',
      answer: plain(405),
      controls: { ...unknown(NOT_FOUND), ...elsewhere },
      is: 'unrouted, method-missing, certain',
    },
    {
      what: '404 otherwise than an unknown path: it looks for the thing before the token',
      answer: plain(404),
      controls: { ...unknown(NOT_FOUND), ...elsewhere },
      given: { ids: 'of-nothing' },
      is: 'absent, resource-missing, possible',
    },
    {
      what: '400: it reads the body before the token',
      answer: says('wrong-input', 400),
      controls: { ...unknown(NOT_FOUND), ...elsewhere },
      is: 'rejects, validation-failed, likely',
    },
    {
      what: 'it was let in',
      answer: exchangeOf(),
      controls: { ...unknown(NOT_FOUND), ...elsewhere },
      given: { findings: [{ check: 'any', code: 'let-in', severity: 'error', message: 'it was let in' }] },
      is: 'deviates, no cause, certain',
    },
  ])('$what: $is', ({ given: more, ...one }) => {
    check({ ...one, given: { ...given, ...more } });
  });
});

describe('what is not held against the controls', () => {
  test('words that everybody says of too many requests: not even where all that was asked gets them', () => {
    const controls = { ...unknown(plain(429)), ...GOOD };
    expect(decided(judge(plain(429), controls))).toBe('broken, undetermined, possible');
  });

  test('too many requests: everything gets that answer, and it says nothing of the route', () => {
    const controls = { ...unknown(says('busy', 429)), ...GOOD };
    expect(decided(judge(says('busy', 429), controls))).toBe('throttled, rate-limited, likely');
  });

  test('the token endpoint: it is no operation of the API', () => {
    const answer = says('bad-token', 401);
    const controls = { ...unknown(answer), ...GOOD };
    expect(decided(judge(answer, controls, { isToken: true }))).toBe('denied, token-invalid, likely');
  });
});

test('evidence of the token is given only where a good token was sent', () => {
  const evidenceFor = (token: Question['token']) =>
    sentences(judge(plain(403), { ...unknown(NOT_FOUND), ...GOOD }, { token }));
  expect(evidenceFor('valid')).toContain('GET /items/ works with the same token');
  expect(evidenceFor('none')).not.toContain('works with the same token');
});

test('no cause of a refusal has the outcome of a success, or of what was not asked', () => {
  const allowed = OUTCOMES.filter((outcome) => !['works', 'deviates', 'skipped'].includes(outcome));
  for (const [cause, outcome] of Object.entries(OUTCOME_OF)) expect(allowed, cause).toContain(outcome);
});
