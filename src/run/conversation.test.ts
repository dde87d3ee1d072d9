import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Probe } from '../probe/build.js';
import type { HttpRequest, Reply } from '../target/reply.js';
import type { Target } from '../target/targets.js';
import type { TokenSource } from '../target/token.js';
import { leapingClock, standingClock, type TestClock } from '../testing/clock.js';
import { OAUTH, answer, OPEN_REDACTION, silence, targetOf } from '../testing/host.js';
import { converse } from './conversation.js';

const START = new Date('2026-02-02T12:00:00Z');

const PROBE: Probe = {
  operation: 'GET /things/',
  role: 'operation',
  request: {
    method: 'GET',
    url: 'https://api.shop.example/things/',
    headers: { accept: 'application/json' },
  },
  shown: 'https://api.shop.example/things/',
};

/** A conversation with a host that gives these replies in turn, the last of them again and again. */
function conversationOf(
  replies: readonly Reply[],
  given: {
    target?: Partial<Target>;
    tokens?: () => TokenSource;
    stop?: AbortController;
    clock?: TestClock;
    onSent?: () => void;
  } = {},
) {
  const { clock = leapingClock(START) } = given;
  const sent: { request: HttpRequest; atMs: number }[] = [];
  const stop = given.stop ?? new AbortController();
  const conversation = converse({
    target: targetOf(given.target),
    redaction: OPEN_REDACTION,
    signal: stop.signal,
    tokens: given.tokens ?? (() => tokensOf(['token-for-tests'])),
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
    conversation,
    sent,
    authorizations: () => sent.map(({ request }) => request.headers.authorization),
  };
}

/** Gives these tokens in turn, the last of them again and again; undefined where none can be had. */
function tokensOf(tokens: readonly (string | undefined)[]): TokenSource {
  let given = 0;
  return {
    get: () => Promise.resolve(tokens[Math.min(given++, tokens.length - 1)]),
    forget: () => undefined,
    lastReply: () => undefined,
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
    const { conversation, sent } = conversationOf([reply]);
    const { before } = await conversation.ask(PROBE, { token: 'none', repeatable: true });
    expect(sent).toHaveLength(times);
    expect(before).toHaveLength(times - 1);
  });

  test.each(PASSING)('%s, and never when it is not safe', async (_, reply) => {
    const { conversation, sent } = conversationOf([reply]);
    await conversation.ask(PROBE, { token: 'none', repeatable: false });
    expect(sent).toHaveLength(1);
  });

  test.each(STANDING)('not: %s', async (_, reply) => {
    const { conversation, sent } = conversationOf([reply]);
    await conversation.ask(PROBE, { token: 'none', repeatable: true });
    expect(sent).toHaveLength(1);
  });

  test('the second answer counts, and the first is kept beside it', async () => {
    const { conversation } = conversationOf([answer(503), answer(200)]);
    const { exchange, before } = await conversation.ask(PROBE, { token: 'none', repeatable: true });
    expect([exchange.status, before.map(({ status }) => status)]).toEqual([200, [503]]);
  });
});

describe('how long it waits before it repeats', () => {
  const WAITS: [what: string, headers: Record<string, string>, waits: number[]][] = [
    ['as many seconds as Retry-After says', { 'retry-after': '7' }, [7000, 7000, 7000]],
    ['until the date of Retry-After', { 'retry-after': 'Mon, 02 Feb 2026 12:00:20 GMT' }, [20_000, 0, 0]],
    ['no longer than half a minute', { 'retry-after': '3600' }, [30_000, 30_000, 30_000]],
    ['a second more each time where nothing is said', {}, [1000, 2000, 3000]],
    ['the same where what is said cannot be read', { 'retry-after': 'soon' }, [1000, 2000, 3000]],
  ];

  test.each(WAITS)('after 429: %s', async (_, headers, waits) => {
    const { conversation, sent } = conversationOf([answer(429, undefined, headers)]);
    await conversation.ask(PROBE, { token: 'none', repeatable: true });
    expect(differences(sent)).toEqual(waits);
  });

  test('after a failure that passes: a moment', async () => {
    const { conversation, sent } = conversationOf([answer(502), answer(200)]);
    await conversation.ask(PROBE, { token: 'none', repeatable: true });
    expect(differences(sent)).toEqual([200]);
  });

  test('after 429 everybody waits, not only who was refused', async () => {
    const clock = standingClock(START);
    const refusal = answer(429, undefined, { 'retry-after': '9' });
    const { conversation, sent } = conversationOf([refusal, answer(200)], { clock });
    const both = [conversation.ask(PROBE, { token: 'none', repeatable: true })];
    await allHasSettled();
    both.push(conversation.ask(PROBE, { token: 'none', repeatable: false }));
    await allHasSettled();
    clock.advance(8999);
    await allHasSettled();
    expect(sent).toHaveLength(1);
    clock.advance(1);
    await Promise.all(both);
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 9000, 9000]);
  });

  test('requests keep the distance that the target asks for', async () => {
    const { conversation, sent } = conversationOf([answer(200)], { target: { requestsPerSecond: 10 } });
    for (let count = 0; count < 5; count += 1) {
      await conversation.ask(PROBE, { token: 'none', repeatable: true });
    }
    await conversation.sendPlain(PROBE.request);
    expect(Math.min(...differences(sent))).toBeGreaterThanOrEqual(100);
  });

  function differences(sent: readonly { atMs: number }[]): number[] {
    return sent.slice(1).map(({ atMs }, index) => atMs - (sent[index]?.atMs ?? 0));
  }
});

describe('with which token it asks', () => {
  test('none: with no Authorization header, and no token is fetched for it', async () => {
    const { conversation, authorizations } = conversationOf([answer(200)], {
      target: { oauth: OAUTH },
      tokens: noTokens,
    });
    await conversation.ask(PROBE, { token: 'none', repeatable: true });
    expect(authorizations()).toEqual([undefined]);
  });

  test('valid: with the one of the token endpoint, in the form that the target wants', async () => {
    const { conversation, authorizations } = conversationOf([answer(200)], {
      target: { oauth: OAUTH, authorization: 'Token t={token}' },
    });
    await conversation.ask(PROBE, { token: 'valid', repeatable: true });
    expect(authorizations()).toEqual(['Token t=token-for-tests']);
  });

  test('valid, but none can be had: with the one that is invalid on purpose', async () => {
    const { conversation, authorizations } = conversationOf([answer(401)], {
      target: { oauth: OAUTH },
      tokens: () => tokensOf([undefined]),
    });
    await conversation.ask(PROBE, { token: 'valid', repeatable: true });
    expect(authorizations()).toEqual(['Bearer conform-deliberately-invalid-token']);
  });

  test('valid, where the target has a fixed value: with that', async () => {
    const { conversation, authorizations } = conversationOf([answer(200)], {
      target: { authorization: 'Bearer fixed-for-tests' },
      tokens: noTokens,
    });
    await conversation.ask(PROBE, { token: 'valid', repeatable: true });
    expect(authorizations()).toEqual(['Bearer fixed-for-tests']);
  });

  test.each([
    ['Bearer {token}', 'Bearer conform-deliberately-invalid-token'],
    ['Token t={token}', 'Token t=conform-deliberately-invalid-token'],
    ['Bearer fixed-for-tests', 'Bearer conform-deliberately-invalid-token'],
    ['fixed-for-tests', 'conform-deliberately-invalid-token'],
  ])('invalid: never with the good one, where the target has “%s”', async (authorization, sent) => {
    const { conversation, authorizations } = conversationOf([answer(401)], {
      target: { oauth: OAUTH, authorization },
      tokens: noTokens,
    });
    await conversation.ask(PROBE, { token: 'invalid', repeatable: false });
    expect(authorizations()).toEqual([sent]);
  });

  test('401 with a token that has run out meanwhile: once more with the new one, also a write', async () => {
    // It is looked at for every request, and once more after the refusal.
    const source = tokensOf(['old', 'new', 'new', 'newest']);
    const { conversation, authorizations } = conversationOf([answer(401)], {
      target: { oauth: OAUTH },
      tokens: () => source,
    });
    const { exchange, before } = await conversation.ask(PROBE, { token: 'valid', repeatable: false });
    expect(authorizations()).toEqual(['Bearer old', 'Bearer new']);
    expect([exchange.status, before]).toEqual([401, []]);
  });
});

describe('when the run has been stopped', () => {
  test('nothing is sent any more', async () => {
    const stop = new AbortController();
    stop.abort();
    const { conversation, sent } = conversationOf([answer(200)], { stop });
    const { reply } = await conversation.ask(PROBE, { token: 'none', repeatable: true });
    expect(reply).toMatchObject({ kind: 'silence', phase: 'aborted' });
    expect(sent).toEqual([]);
  });

  test('nothing is repeated any more', async () => {
    const stop = new AbortController();
    const onSent = () => {
      stop.abort();
    };
    const { conversation, sent } = conversationOf([answer(503)], { stop, onSent });
    const { exchange } = await conversation.ask(PROBE, { token: 'none', repeatable: true });
    expect([exchange.status, sent.length]).toEqual([503, 1]);
  });

  test('what removes a thing that the run has created is sent all the same', async () => {
    const stop = new AbortController();
    stop.abort();
    const { conversation, sent } = conversationOf([answer(204)], { stop });
    const options = { token: 'none', repeatable: true, evenWhenStopped: true } as const;
    const { exchange } = await conversation.ask(PROBE, options);
    expect([exchange.status, sent.length]).toEqual([204, 1]);
  });
});
