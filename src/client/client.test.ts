import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { createClient } from '../../generated/client.js';
import { leapingClock } from '../testing/clock.js';
import { serve } from '../testing/serve.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A host with a token endpoint; `lifetimes` are what each token in turn says that it lives, in seconds. */
async function startHost(lifetimes: readonly string[], answer: Answer, timeoutMs = 30_000) {
  const clock = leapingClock();
  const seen = { tokens: 0, authorizations: [] as (string | undefined)[] };
  const server = await serve((request, response) => {
    if (request.url === '/oauth/accesstoken') {
      seen.tokens += 1;
      const lifetime = lifetimes[seen.tokens - 1] ?? '3599';
      const token = { access_token: `token-${seen.tokens}-for-tests`, expires_in: lifetime };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(token));
      return;
    }
    seen.authorizations.push(request.headers.authorization);
    answer(request, response);
  });
  const { url } = server;
  const client = createClient({
    baseUrl: url,
    oauth: {
      url: '/oauth/accesstoken',
      clientId: 'client-id-for-tests',
      clientSecret: 'client-secret-for-tests',
    },
    requestsPerSecond: 1000,
    timeoutMs,
    clock,
  });
  return {
    seen,
    clock,
    client,
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

const list: Answer = (_, response) => {
  response.setHeader('content-type', 'application/json').end('{"resourceType":"Bundle","totalRecords":3}');
};

test('asks with one token for many calls, and the answer is typed', async () => {
  await using host = await startHost([], list);
  for (let turn = 0; turn < 3; turn++) {
    const { data } = await host.client.GET('/v1/practitioners/', { params: { query: { _count: 1 } } });
    expect(data?.totalRecords).toBe(3);
  }
  expect(host.seen.tokens).toBe(1);
  expect(new Set(host.seen.authorizations)).toEqual(new Set(['Bearer token-1-for-tests']));
});

test('renews the token before it runs out; the lifetime is a string', async () => {
  await using host = await startHost(['1', '3599'], list);
  await host.client.GET('/v1/practitioners/');
  host.clock.advance(700);
  await host.client.GET('/v1/practitioners/');
  expect(host.seen.authorizations).toEqual(['Bearer token-1-for-tests', 'Bearer token-2-for-tests']);
});

test('a read that is refused with 401 is repeated once with a new token, a write is not', async () => {
  const refuse: Answer = (request, response) => {
    if (request.headers.authorization === 'Bearer token-1-for-tests') response.writeHead(401).end('{}');
    else list(request, response);
  };
  await using host = await startHost([], refuse);
  const written = await host.client.DELETE('/v1/practitioners/{id}/', { params: { path: { id: '1' } } });
  expect(written.response.status).toBe(401);
  expect(host.seen.tokens).toBe(1);
  const read = await host.client.GET('/v1/practitioners/');
  expect(read.response.status).toBe(200);
  expect(host.seen.tokens).toBe(2);
});

test('gives up on a host that does not answer', async () => {
  await using host = await startHost([], () => undefined, 200);
  await expect(host.client.GET('/v1/practitioners/')).rejects.toThrow(/abort|timeout/i);
});

test('an operation that the contract does not have is a type error', () => {
  // @ts-expect-error the path is misspelt: no slash at the end
  const wrong: Parameters<ReturnType<typeof createClient>['GET']>[0] = '/v1/practitioners';
  expect(wrong).toBe('/v1/practitioners');
});
