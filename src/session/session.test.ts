import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { HttpRequest, Reply } from '../targets/reply.js';
import type { Target, WritePolicy } from '../targets/targets.js';
import type { TokenSource } from './token.js';
import { leapingClock, standingClock, type TestClock } from '../testing/clock.js';
import { OAUTH, answer, contractOf, silence, targetOf } from '../testing/host.js';
import { fixedCredential, INVALID } from '../request/security/credential.js';
import { Secrets } from '../targets/secrets.js';
import { fixedHeaderCredential } from './credentials/fixed-header.js';
import type { Credential } from './credentials/credential.js';
import { authenticatorOf } from './authenticator.js';
import { noCallers, type Callers } from './callers.js';
import { createBudget, type BudgetKind, NOTHING } from './budget.js';
import { createLedger } from './ledger.js';
import { BRIEF, BRIEF_WITH_OTHERS, STUBBORN, type Patience } from './patience.js';
import { createPace, type Pace } from './pace.js';
import { openSession, type SessionAnswer, type SessionRequest, type SessionSite } from './session.js';

const START = new Date('2026-02-02T12:00:00Z');
const BASE = 'https://api.shop.example';
const contract = contractOf('/things/: { get: {}, delete: {} }\n/things/{id}/: { delete: {} }');

const READ: SessionRequest = {
  request: { method: 'GET', url: `${BASE}/things/`, headers: { accept: 'application/json' } },
  operation: 'GET /things/',
  identity: 'none',
  kind: 'operations',
  atMost: 'none',
  repeatable: true,
};
const ONCE = { ...READ, repeatable: false };

/** A session with a host that gives these replies in turn, the last of them again and again. */
function sessionWith(
  replies: readonly Reply[],
  given: {
    target?: Partial<Target>;
    tokens?: () => TokenSource;
    stop?: AbortController;
    clock?: TestClock;
    onSent?: () => void;
    retries?: number;
    policy?: WritePolicy;
    credentials?: Credential[];
    callers?: Callers;
    patience?: Patience;
    pace?: Pace;
  } = {},
) {
  const { clock = leapingClock(START), retries = 50 } = given;
  const sent: { request: HttpRequest; atMs: number }[] = [];
  const stop = given.stop ?? new AbortController();
  const target = targetOf(given.target);
  const tokens = given.tokens ?? (() => tokensOf(['token-for-tests']));
  const session = openSession({
    sites: [
      {
        rules: {
          policy: given.policy ?? 'none',
          isCreatedHere: () => false,
          isOurs: false,
          facts: { contract, baseUrl: BASE, isGuarded: () => true, isAbsent: (id) => id === '__absent' },
        },
        ledger: createLedger(),
      },
    ],
    budget: createBudget({
      ...NOTHING,
      ...{ operations: 50, controls: 5, spellings: 5, checks: 5, retries, token: 5 },
    }),
    authenticator: authenticatorOf({
      contract,
      target,
      credentials: given.credentials ?? credentialsOf(target, tokens),
      ...(given.callers ? { callers: given.callers } : {}),
    }),
    pace: given.pace ?? createPace(target.requestsPerSecond, clock),
    patience: given.patience ?? BRIEF,
    signal: stop.signal,
    clock,
    sender: {
      send: (request) => {
        const reply = replies[Math.min(sent.length, replies.length - 1)] ?? answer(200);
        sent.push({ request, atMs: clock.ticks() });
        given.onSent?.();
        return Promise.resolve(reply);
      },
      close: () => Promise.resolve(),
    },
  });
  return {
    session,
    sent,
    ask: async (wanted: SessionRequest): Promise<Extract<SessionAnswer, { sent: true }>> => {
      const came = await session.ask(wanted);
      if (!came.sent) throw new Error(`withheld: ${came.refusal.code}`);
      return came;
    },
    authorizations: () => sent.map(({ request }) => request.headers['authorization']),
  };
}

/** A credential in the Authorization header: of a token endpoint that gives these tokens, or fixed. */
function credentialsOf({ authorization }: Target, tokens: () => TokenSource): Credential[] {
  if (!authorization.includes('{token}'))
    return [
      fixedHeaderCredential(
        { kind: 'fixed-header', scheme: undefined, name: 'authorization', value: authorization },
        new Secrets(),
      ),
    ];
  const bad = authorization.replace('{token}', () => INVALID);
  return [
    {
      kind: 'oauth',
      scheme: undefined,
      place: { in: 'header', name: 'authorization' },
      value: async (signal) => {
        const token = await tokens().get(signal);
        return token && authorization.replace('{token}', () => token);
      },
      bad,
      forget: () => undefined,
      lastReply: () => undefined,
      gaveUnsendable: () => false,
      tokenRequest: () => undefined,
    },
  ];
}

describe('a session with two addresses', () => {
  const FILES = 'https://files.shop.example';
  const files = contractOf('/files/: { get: {}, delete: {} }\n/files/{id}/: { delete: {} }');
  const siteAt = (baseUrl: string, operations = contract, created: readonly string[] = []): SessionSite => ({
    rules: {
      policy: 'full',
      isCreatedHere: (id) => created.includes(id),
      isOurs: false,
      facts: { contract: operations, baseUrl, isGuarded: () => true, isAbsent: (id) => id === '__absent' },
    },
    ledger: createLedger(),
  });
  const open = (sites: readonly [SessionSite, ...SessionSite[]]) => {
    const sent: string[] = [];
    const target = targetOf();
    const session = openSession({
      sites,
      budget: createBudget({ ...NOTHING, operations: 50 }),
      authenticator: authenticatorOf({
        contract: { ...contract, operations: [...contract.operations, ...files.operations] },
        target,
        credentials: credentialsOf(target, () => tokensOf(['token-for-tests'])),
      }),
      pace: createPace(undefined, leapingClock(START)),
      patience: BRIEF,
      signal: new AbortController().signal,
      clock: leapingClock(START),
      sender: {
        send: (request) => {
          sent.push(`${request.method} ${request.url}`);
          const isGood = request.headers['authorization'] === 'Bearer token-for-tests';
          return Promise.resolve(answer(isGood ? 200 : 401));
        },
        close: () => Promise.resolve(),
      },
    });
    const ask = async (call: string, more: Partial<SessionRequest> = {}) => {
      const [method = '', url = ''] = call.split(' ');
      const operation = `${method} ${url.replace(/^https:\/\/[^/]+/, '')}`;
      const request = { method, url, headers: {} };
      const came = await session.ask({ ...READ, request, operation, identity: 'valid', ...more });
      return came.sent ? 'sent' : came.refusal.code;
    };
    return { session, sent, ask };
  };

  test('sends to both of them, and to no other', async () => {
    const { sent, ask } = open([siteAt(BASE), siteAt(FILES, files)]);
    expect(await ask(`GET ${BASE}/things/`)).toBe('sent');
    expect(await ask(`GET ${FILES}/files/`)).toBe('sent');
    for (const url of ['https://other.example/', `${FILES}.example/`, `${BASE}:8443/`, `${FILES}@o.example/`])
      expect(await ask(`GET ${url}`)).toBe('elsewhere');
    expect(sent).toHaveLength(2);
  });

  test('judges a request by what is at the nearest address above it', async () => {
    const { ask } = open([siteAt(BASE), siteAt(`${BASE}/inner`, files, ['ours'])]);
    const full = { atMost: 'full' } as const;
    expect(await ask(`DELETE ${BASE}/inner/files/ours/`, full)).toBe('sent');
    expect(await ask(`DELETE ${BASE}/files/ours/`, full)).toBe('not-created-here');
    expect(await ask(`DELETE ${BASE}/inner/files/theirs/`, full)).toBe('not-created-here');
  });

  test('what was created at one is nothing of the run at the other', async () => {
    const { ask } = open([siteAt(BASE, files, ['ours']), siteAt(FILES, files)]);
    expect(await ask(`DELETE ${BASE}/files/ours/`, { atMost: 'full' })).toBe('sent');
    expect(await ask(`DELETE ${FILES}/files/ours/`, { atMost: 'full' })).toBe('not-created-here');
  });

  test('that one refuses invalid credentials shows nothing about the other', async () => {
    const { session, ask } = open([siteAt(BASE), siteAt(FILES, files)]);
    for (const identity of ['valid', 'invalid'] as const) await ask(`GET ${BASE}/things/`, { identity });
    expect(session.refusalSeen('GET /things/')).toBe(true);
    expect(session.refusalSeen('GET /files/')).toBe(false);
    const route = { identity: 'invalid', atMost: 'route' } as const;
    expect(await ask(`DELETE ${BASE}/things/__absent/`, route)).toBe('sent');
    expect(await ask(`DELETE ${FILES}/files/__absent/`, route)).toBe('declared');
  });

  test('that one has refused a removal shows nothing about the other', async () => {
    const { ask } = open([siteAt(BASE), siteAt(FILES, files)]);
    for (const url of [`${BASE}/things/`, `${FILES}/files/`])
      for (const identity of ['valid', 'invalid'] as const) await ask(`GET ${url}`, { identity });
    const route = { identity: 'invalid', atMost: 'route' } as const;
    expect(await ask(`DELETE ${BASE}/things/__absent/`, route)).toBe('sent');
    expect(await ask(`DELETE ${BASE}/__absent`, route)).toBe('sent');
    expect(await ask(`DELETE ${FILES}/__absent`, route)).toBe('declared');
  });
});

const statusOf = (reply: Reply) => (reply.kind === 'answer' ? reply.status : reply.code);

/** Gives these tokens in turn, the last of them again and again; undefined where none can be had. */
function tokensOf(tokens: readonly (string | undefined)[]): TokenSource {
  let given = 0;
  return {
    get: () => Promise.resolve(tokens[Math.min(given++, tokens.length - 1)]),
    forget: () => undefined,
    lastReply: () => undefined,
    gaveUnsendable: () => false,
  };
}

/** Lets everything go on that waits for nothing but promises. */
async function allHasSettled(): Promise<void> {
  for (let count = 0; count < 5; count += 1) await turn();
}

const noTokens = (): TokenSource => {
  throw new Error('nobody may ask for a token here');
};

describe('what is repeated', () => {
  const PASSING: [what: string, reply: Reply, times: number][] = [
    ['429: three times', answer(429), 4],
    ['502: once', answer(502), 2],
    ['503: once', answer(503), 2],
    ['504: once', answer(504), 2],
    ['a connection that was reset: once', silence('ECONNRESET'), 2],
    ['a connection that the host closed: once', silence('UND_ERR_SOCKET'), 2],
    ['a request that could not be written: once', silence('EPIPE'), 2],
    ['an answer that was cut off: once', answer(200, '{"id":', {}, 'cut off'), 2],
  ];
  const STANDING: [what: string, reply: Reply][] = [
    ['a success', answer(200)],
    ['400', answer(400)],
    ['401', answer(401)],
    ['403', answer(403)],
    ['404', answer(404)],
    ['500', answer(500)],
    ['a host without a name', silence('ENOTFOUND', 'connect')],
    ['a port where nothing listens', silence('ECONNREFUSED', 'connect')],
    ['an answer that did not come in time', silence('UND_ERR_HEADERS_TIMEOUT', 'headers')],
    ['an answer that is too large', answer(200, '', {}, 'too large')],
    ['an answer that stalled', answer(200, '', {}, 'stalled')],
  ];

  test.each(PASSING)('%s, when it is safe to repeat', async (_, reply, times) => {
    const { ask, sent } = sessionWith([reply]);
    const { before } = await ask(READ);
    expect(sent).toHaveLength(times);
    expect(before).toHaveLength(times - 1);
  });

  test.each(PASSING)('%s, and never when it is not safe', async (_, reply) => {
    const { ask, sent } = sessionWith([reply]);
    await ask(ONCE);
    expect(sent).toHaveLength(1);
  });

  test.each(STANDING)('not: %s', async (_, reply) => {
    const { ask, sent } = sessionWith([reply]);
    await ask(READ);
    expect(sent).toHaveLength(1);
  });

  test('the second answer counts, and the first is kept beside it', async () => {
    const { ask } = sessionWith([answer(503), answer(200)]);
    const { reply, before } = await ask(READ);
    expect([statusOf(reply), before.map((one) => statusOf(one.reply))]).toEqual([200, [503]]);
  });

  test.each<[kind: BudgetKind, times: number]>([
    ['operations', 2],
    ['controls', 2],
    ['spellings', 2],
    ['checks', 1],
  ])('an error of the server of others, where one answer decides: %s', async (kind, times) => {
    const { ask, sent } = sessionWith([answer(500), answer(404)], { patience: BRIEF_WITH_OTHERS });
    await ask({ ...READ, kind });
    expect(sent).toHaveLength(times);
  });

  test('but not that it has no such method', async () => {
    const { ask, sent } = sessionWith([answer(501)], { patience: BRIEF_WITH_OTHERS });
    await ask(READ);
    expect(sent).toHaveLength(1);
  });
});

test('the pace knows of each request when it is over', async () => {
  const seen: string[] = [];
  const pace: Pace = {
    turn: () => {
      seen.push('turn');
      return Promise.resolve(() => seen.push('over'));
    },
    pause: () => undefined,
  };
  const { ask } = sessionWith([answer(503), answer(200)], { pace, onSent: () => seen.push('sent') });
  await ask(READ);
  expect(seen).toEqual(['turn', 'sent', 'over', 'turn', 'sent', 'over']);
});

test('a token endpoint that fails for a moment is asked once more, and one that refuses is not', async () => {
  const asked = async (...replies: Reply[]) => {
    const { session, sent } = sessionWith(replies);
    return [statusOf(await session.askForToken(READ.request)), sent.length];
  };
  expect(await asked(answer(503), answer(200))).toEqual([200, 2]);
  expect(await asked(answer(500), answer(200))).toEqual([200, 2]);
  expect(await asked(answer(503))).toEqual([503, 2]);
  expect(await asked(answer(401))).toEqual([401, 1]);
  expect(await asked(answer(429))).toEqual([429, 1]);
});

describe('how long it waits before it repeats', () => {
  const WAITS: [what: string, headers: Record<string, string>, waits: number[]][] = [
    ['as many seconds as Retry-After says', { 'retry-after': '7' }, [7000, 7000, 7000]],
    ['until the date of Retry-After', { 'retry-after': 'Mon, 02 Feb 2026 12:00:20 GMT' }, [20_000, 0, 0]],
    ['no longer than a minute in all', { 'retry-after': '25' }, [25_000, 25_000]],
    ['not at all where it would have to wait for longer', { 'retry-after': '3600' }, []],
    ['a second more each time where nothing is said', {}, [1000, 2000, 3000]],
    ['the same where what is said cannot be read', { 'retry-after': 'soon' }, [1000, 2000, 3000]],
  ];

  test.each(WAITS)('after 429: %s', async (_, headers, waits) => {
    const { ask, sent } = sessionWith([answer(429, undefined, headers)]);
    await ask(READ);
    expect(differences(sent)).toEqual(waits);
  });

  test('after a failure that passes: a moment', async () => {
    const { ask, sent } = sessionWith([answer(502), answer(200)]);
    await ask(READ);
    expect(differences(sent)).toEqual([200]);
  });

  test('after a failure that says how long it lasts: so long', async () => {
    const { ask, sent } = sessionWith([answer(503, undefined, { 'retry-after': '4' }), answer(200)]);
    await ask(READ);
    expect(differences(sent)).toEqual([4000]);
  });

  test.each([
    ['500', answer(500)],
    ['408', answer(408)],
    ['JSON that cannot be read', answer(200, '{"id":', { 'content-type': 'application/json' })],
    ['an answer that stalled', answer(200, '', {}, 'stalled')],
    ['a connection that was reset', silence('ECONNRESET')],
  ])('who is stubborn repeats also %s, and waits twice as long each time', async (_, reply) => {
    const { ask, sent } = sessionWith([reply], { patience: STUBBORN });
    await ask(READ);
    expect(differences(sent)).toEqual([50, 100, 200, 400, 800]);
  });

  test('who is stubborn takes a refusal for an answer', async () => {
    const { ask, sent } = sessionWith([answer(403, { message: 'no' })], { patience: STUBBORN });
    await ask(READ);
    expect(sent).toHaveLength(1);
  });

  test('after 429 everybody waits, not only who was refused', async () => {
    const clock = standingClock(START);
    const refusal = answer(429, undefined, { 'retry-after': '9' });
    const { ask, sent } = sessionWith([refusal, answer(200)], { clock });
    const both = [ask(READ)];
    await allHasSettled();
    both.push(ask(ONCE));
    await allHasSettled();
    clock.advance(8999);
    await allHasSettled();
    expect(sent).toHaveLength(1);
    clock.advance(1);
    await Promise.all(both);
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 9000, 9000]);
  });

  test('after the last 429 the others wait too', async () => {
    const refusal = answer(429, undefined, { 'retry-after': '9' });
    const { ask, sent } = sessionWith([refusal, answer(200)]);
    await ask(ONCE);
    await ask(READ);
    expect(differences(sent)).toEqual([9000]);
  });

  test('who is asked to wait longer than a run waits asks nothing until then', async () => {
    const clock = standingClock(START);
    const { session, sent } = sessionWith([answer(429, undefined, { 'retry-after': '3600' }), answer(200)], {
      clock,
    });
    await session.ask(READ);
    clock.advance(3_599_999);
    const until = new Date(clock.now().getTime() + 1);
    expect(await session.ask(ONCE)).toEqual({ sent: false, refusal: { code: 'asked-to-wait', until } });
    expect(session.counts().sent.operations).toBe(1);
    clock.advance(1);
    await session.ask(ONCE);
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 3_600_000]);
  });

  test('requests keep the distance that the target asks for', async () => {
    const { ask, session, sent } = sessionWith([answer(200)], { target: { requestsPerSecond: 10 } });
    for (let count = 0; count < 5; count += 1) {
      await ask(READ);
    }
    await session.askForToken(READ.request);
    expect(Math.min(...differences(sent))).toBeGreaterThanOrEqual(100);
  });

  function differences(sent: readonly { atMs: number }[]): number[] {
    return sent.slice(1).map(({ atMs }, index) => atMs - (sent[index]?.atMs ?? 0));
  }
});

describe('with which token it asks', () => {
  test('none: with no Authorization header, and no token is fetched for it', async () => {
    const { ask, authorizations } = sessionWith([answer(200)], {
      target: { oauth: OAUTH },
      tokens: noTokens,
    });
    await ask(READ);
    expect(authorizations()).toEqual([undefined]);
  });

  test('valid: with the one of the token endpoint, in the form that the target wants', async () => {
    const { ask, authorizations } = sessionWith([answer(200)], {
      target: { oauth: OAUTH, authorization: 'Token t={token}' },
    });
    await ask({ ...READ, identity: 'valid' });
    expect(authorizations()).toEqual(['Token t=token-for-tests']);
  });

  test('valid, but none can be had: with the one that is invalid on purpose', async () => {
    const { ask, authorizations } = sessionWith([answer(401)], {
      target: { oauth: OAUTH },
      tokens: () => tokensOf([undefined]),
    });
    await ask({ ...READ, identity: 'valid' });
    expect(authorizations()).toEqual(['Bearer conform-deliberately-invalid-token']);
  });

  test('valid, where the target has a fixed value: with that', async () => {
    const { ask, authorizations } = sessionWith([answer(200)], {
      target: { authorization: 'Bearer fixed-for-tests' },
      tokens: noTokens,
    });
    await ask({ ...READ, identity: 'valid' });
    expect(authorizations()).toEqual(['Bearer fixed-for-tests']);
  });

  test.each([
    ['Bearer {token}', 'Bearer conform-deliberately-invalid-token'],
    ['Token t={token}', 'Token t=conform-deliberately-invalid-token'],
    ['Bearer fixed-for-tests', 'Bearer conform-deliberately-invalid-token'],
    ['fixed-for-tests', 'conform-deliberately-invalid-token'],
  ])('invalid: never with the good one, where the target has “%s”', async (authorization, sent) => {
    const { ask, authorizations } = sessionWith([answer(401)], {
      target: { oauth: OAUTH, authorization },
      tokens: noTokens,
    });
    await ask({ ...ONCE, identity: 'invalid' });
    expect(authorizations()).toEqual([sent]);
  });

  test('401 with a token that has expired meanwhile: once more with the new one, also a write', async () => {
    // It is looked at for every request, and once more after the refusal.
    const source = tokensOf(['old', 'new', 'new', 'newest']);
    const { ask, authorizations } = sessionWith([answer(401)], {
      target: { oauth: OAUTH },
      tokens: () => source,
    });
    const { reply, before } = await ask({ ...ONCE, identity: 'valid' });
    expect(authorizations()).toEqual(['Bearer old', 'Bearer new']);
    expect([statusOf(reply), before]).toEqual([401, []]);
  });
});

describe('when the run has been stopped', () => {
  test('nothing is sent any more', async () => {
    const stop = new AbortController();
    stop.abort();
    const { ask, sent } = sessionWith([answer(200)], { stop });
    const { reply } = await ask(READ);
    expect(reply).toMatchObject({ kind: 'no-answer', phase: 'aborted' });
    expect(sent).toEqual([]);
  });

  test('nothing is repeated any more', async () => {
    const stop = new AbortController();
    const onSent = () => {
      stop.abort();
    };
    const { ask, sent } = sessionWith([answer(503)], { stop, onSent });
    const { reply } = await ask(READ);
    expect([statusOf(reply), sent.length]).toEqual([503, 1]);
  });

  test('what removes a thing that the run has created is sent all the same', async () => {
    const stop = new AbortController();
    stop.abort();
    const { ask, sent } = sessionWith([answer(204)], { stop });
    const { reply } = await ask({ ...READ, evenWhenStopped: true });
    expect([statusOf(reply), sent.length]).toEqual([204, 1]);
  });
});

describe('the budget', () => {
  test('repetitions are taken from it, and what is there of an answer stands when it is used up', async () => {
    const { ask, session, sent } = sessionWith([answer(503)], { retries: 0 });
    const { reply } = await ask(READ);
    expect([statusOf(reply), sent.length]).toEqual([503, 1]);
    expect(session.counts().sent).toMatchObject({ operations: 1, retries: 0 });
  });

  test('everything that is sent is counted, tokens too, and nothing goes beyond it', async () => {
    const { session, sent } = sessionWith([answer(503), answer(200)]);
    await session.ask(READ);
    for (let count = 0; count < 9; count += 1) await session.askForToken(READ.request);
    expect(session.counts().sent).toEqual({ ...NOTHING, operations: 1, retries: 1, token: 5 });
    expect(sent).toHaveLength(7);
  });

  test('the waiting of a whole run has an end, however many requests are throttled', async () => {
    const { session, sent } = sessionWith([answer(429, undefined, { 'retry-after': '20' })]);
    for (let count = 0; count < 5; count += 1) await session.ask(READ);
    const last = sent.at(-1)?.atMs ?? 0;
    expect(last).toBeLessThanOrEqual(60_000);
  });
});

test('what the gate does not let pass is not sent, and is answered with the reason', async () => {
  const { session, sent } = sessionWith([answer(204)]);
  const removal: SessionRequest = {
    ...ONCE,
    request: { method: 'DELETE', url: `${BASE}/things/`, headers: {} },
    atMost: 'full',
  };
  expect(await session.ask(removal)).toMatchObject({
    sent: false,
    refusal: { code: 'policy', effect: 'full' },
  });
  expect(sent).toEqual([]);
});

test('that credentials are refused is learnt from a read that works with the good ones', async () => {
  const { session, ask } = sessionWith([answer(200), answer(401)], {
    target: { authorization: 'Bearer fixed' },
  });
  expect(session.refusalSeen('DELETE /things/')).toBe(false);
  await ask({ ...READ, identity: 'valid' });
  await ask({ ...READ, identity: 'invalid' });
  expect(session.refusalSeen('DELETE /things/')).toBe(true);
});

test('it is learnt from safe requests only', async () => {
  const { session, ask } = sessionWith([answer(200), answer(401)], {
    target: { authorization: 'Bearer fixed' },
  });
  await ask({ ...READ, identity: 'valid', atMost: 'full' });
  await ask({ ...READ, identity: 'invalid' });
  expect(session.refusalSeen('DELETE /things/')).toBe(false);
});

test('only 401 has newer credentials looked for', async () => {
  const source = tokensOf(['old', 'new']);
  const { ask, sent } = sessionWith([answer(403)], { target: { oauth: OAUTH }, tokens: () => source });
  await ask({ ...ONCE, identity: 'valid' });
  expect(sent).toHaveLength(1);
});

test('what is harmless with refused credentials passes once they were seen refused', async () => {
  const { session, ask, sent } = sessionWith([answer(200), answer(401)], {
    target: { authorization: 'Bearer fixed' },
    policy: 'route',
  });
  const route: SessionRequest = {
    ...ONCE,
    request: { method: 'DELETE', url: `${BASE}/things/__absent/`, headers: {} },
    operation: 'DELETE /things/{id}/',
    identity: 'invalid',
    atMost: 'route',
  };
  expect(await session.ask(route)).toMatchObject({ sent: false, refusal: { code: 'policy' } });
  await ask({ ...READ, identity: 'valid' });
  await ask({ ...READ, identity: 'invalid' });
  await ask(route);
  expect(sent).toHaveLength(3);
});

describe('on a host that refuses reads, a path of nothing is asked by a method that changes something', () => {
  const onHostThat = async (answersWrites: Reply) => {
    const { session, ask, sent } = sessionWith([answer(200), answer(401), answersWrites], {
      target: { authorization: 'Bearer fixed' },
      policy: 'validate',
    });
    const route = (path: string): SessionRequest => ({
      ...ONCE,
      request: { method: 'DELETE', url: BASE + path, headers: {} },
      operation: 'DELETE /things/{id}/',
      identity: 'invalid',
      atMost: 'route',
    });
    await ask({ ...READ, identity: 'valid' });
    await ask({ ...READ, identity: 'invalid' });
    const nothing = async () => (await session.ask(route('/__absent/'))).sent;
    const before = await nothing();
    await ask(route('/things/__absent/'));
    return { before, after: await nothing(), sent };
  };

  test.each([401, 403])('once the host has refused one beside it with %i, and not before', async (status) => {
    const { before, after, sent } = await onHostThat(answer(status));
    expect({ before, after }).toEqual({ before: false, after: true });
    expect(sent).toHaveLength(4);
  });

  test.each([
    ['let it in', answer(204)],
    ['said that there is no such thing', answer(404)],
    ['said that it is invalid', answer(422)],
    ['given no answer', silence('ECONNRESET')],
  ])('never where it has %s', async (_, reply) => {
    const { before, after, sent } = await onHostThat(reply);
    expect({ before, after }).toEqual({ before: false, after: false });
    expect(sent).toHaveLength(3);
  });
});

test('the gate looks at a request with its credentials', async () => {
  const place = { in: 'header', name: 'x-http-method' } as const;
  const credential = fixedCredential({ kind: 'api-key', scheme: undefined, place, bad: 'PUT' }, 'DELETE');
  const { session } = sessionWith([answer(200)], { credentials: [credential] });
  const came = await session.ask({ ...READ, identity: 'valid' });
  expect(came).toMatchObject({ sent: false, refusal: { code: 'method-override' } });
});

describe('in the name of another caller', () => {
  const tokenOf = (...values: string[]): Credential => ({
    ...fixedCredential(
      {
        kind: 'oauth',
        scheme: undefined,
        place: { in: 'header', name: 'authorization' },
        bad: `Bearer ${INVALID}`,
      },
      '',
    ),
    value: () => Promise.resolve(values.length > 1 ? values.shift() : values[0]),
  });
  const callers: Callers = {
    ...noCallers('not named'),
    reader: { credentials: [tokenOf('Bearer of a reader')] },
    expired: { credentials: [tokenOf('Bearer old', 'Bearer new')] },
  };
  const given = { callers, target: { authorization: 'Bearer fixed' } };

  test('a request goes with its credentials', async () => {
    const { ask, authorizations } = sessionWith([answer(200)], given);
    await ask({ ...READ, identity: 'reader' });
    expect(authorizations()).toEqual(['Bearer of a reader']);
  });

  test('nothing is sent where it has none', async () => {
    const { session, sent } = sessionWith([answer(200)], given);
    expect(await session.ask({ ...READ, identity: 'other' })).toEqual({
      sent: false,
      refusal: { code: 'no-credentials', caller: 'other' },
    });
    expect(sent).toEqual([]);
  });

  test('a refusal has nothing renewed', async () => {
    const { ask, authorizations } = sessionWith([answer(401)], given);
    await ask({ ...ONCE, identity: 'expired' });
    expect(authorizations()).toEqual(['Bearer old']);
  });

  test('to be refused or let in shows nothing about invalid credentials', async () => {
    const { session, ask } = sessionWith([answer(200), answer(401)], given);
    await ask({ ...READ, identity: 'reader' });
    await ask({ ...READ, identity: 'invalid' });
    expect(session.refusalSeen('DELETE /things/')).toBe(false);
  });

  test('a request that could change something needs what it needs with ours', async () => {
    const { session, sent } = sessionWith([answer(200), answer(401)], { ...given, policy: 'route' });
    await session.ask({ ...READ, identity: 'valid' });
    await session.ask({ ...READ, identity: 'invalid' });
    const route: SessionRequest = {
      ...ONCE,
      request: { method: 'POST', url: `${BASE}/__absent/`, headers: {} },
      operation: 'DELETE /things/',
      identity: 'expired',
      atMost: 'full',
    };
    expect(await session.ask(route)).toMatchObject({
      sent: false,
      refusal: { code: 'policy', effect: 'full' },
    });
    expect(sent).toHaveLength(2);
  });
});
