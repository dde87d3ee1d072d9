import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createClient } from '../../generated/client.js';
import { leapingClock } from '../testing/clock.js';
import { serve } from '../testing/serve.js';
import { createApiClient, type ApiClientOptions, type ClientCredential } from './client.js';

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

test('waits where the host asks for it, and reads again; a write is not repeated', async () => {
  let asked = 0;
  const busy: Answer = (request, response) => {
    asked += 1;
    if (asked === 1 || request.method !== 'GET') response.writeHead(429, { 'retry-after': '7' }).end('{}');
    else list(request, response);
  };
  await using host = await startHost([], busy);
  const before = host.clock.ticks();
  const read = await host.client.GET('/v1/practitioners/');
  expect([read.response.status, asked]).toEqual([200, 2]);
  expect(host.clock.ticks() - before).toBeGreaterThanOrEqual(7_000);
  const written = await host.client.DELETE('/v1/practitioners/{id}/', { params: { path: { id: '1' } } });
  expect([written.response.status, asked]).toEqual([429, 3]);
});

test('does not wait for a host that wants to be left in peace for long', async () => {
  await using host = await startHost([], (_, response) => {
    response.writeHead(429, { 'retry-after': '600' }).end('{}');
  });
  const { response } = await host.client.GET('/v1/practitioners/');
  expect([response.status, host.seen.authorizations.length]).toEqual([429, 1]);
});

test('gives up on a host that does not answer', async () => {
  await using host = await startHost([], () => undefined, 200);
  await expect(host.client.GET('/v1/practitioners/')).rejects.toThrow(/abort|timeout/i);
});

test('an operation that the contract does not have is a type error', () => {
  // @ts-expect-error the path is misspelled: no slash at the end
  const wrong: Parameters<ReturnType<typeof createClient>['GET']>[0] = '/v1/practitioners';
  expect(wrong).toBe('/v1/practitioners');
});

describe('how a caller says who it is', () => {
  interface Seen {
    url: string;
    headers: IncomingHttpHeaders;
    body: string;
  }

  /** What a host is sent by a client with these credentials, for a POST with a body. */
  async function seenWith(options: Pick<ApiClientOptions, 'credentials' | 'oauth'>, reply?: Answer) {
    const seen: Seen[] = [];
    await using host = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        seen.push({ url: request.url ?? '', headers: request.headers, body });
        response.setHeader('content-type', 'application/json');
        if (request.url?.startsWith('/v1/') === true && reply) reply(request, response);
        else response.end('{"access_token":"given-for-tests","data":{"token":"given-for-tests"}}');
      });
    });
    const client = createApiClient<ShopPaths>({ baseUrl: host.url, ...options });
    const { response } = await client.POST('/v1/things', {
      params: { query: { q: 'a b' } },
      body: { name: 'ä' },
    });
    await client.close();
    return { seen, status: response.status };
  }

  test.each<[string, ClientCredential[], string, Record<string, string>]>([
    ['nobody', [], '', {}],
    ['bearer', [{ bearer: { token: 'of-ours' } }], '', { authorization: 'Bearer of-ours' }],
    [
      'another header and form',
      [{ bearer: { token: 'of-ours-$&', header: 't={token}', headerName: 'X-Auth' } }],
      '',
      { 'x-auth': 't=of-ours-$&' },
    ],
    ['basic', [{ basic: { user: 'us', password: 'x' } }], '', { authorization: 'Basic dXM6eA==' }],
    ['key in a header', [{ apiKey: { in: 'header', name: 'X-Key', value: 'k' } }], '', { 'x-key': 'k' }],
    ['key in the query', [{ apiKey: { in: 'query', name: 'key', value: 'a&b' } }], '&key=a%26b', {}],
    ['key in a cookie', [{ apiKey: { in: 'cookie', name: 'key', value: 'k' } }], '', { cookie: 'key=k' }],
    ['a header', [{ header: { value: 'Fixed of-ours' } }], '', { authorization: 'Fixed of-ours' }],
    [
      'several',
      [{ basic: { user: 'us', password: 'x' } }, { apiKey: { in: 'query', name: 'key', value: 'k' } }],
      '&key=k',
      { authorization: 'Basic dXM6eA==' },
    ],
    [
      'oauth',
      [{ oauth: { url: '/token', clientId: 'id', clientSecret: 's', header: 'Token {token}' } }],
      '',
      { authorization: 'Token given-for-tests' },
    ],
    [
      'login',
      [{ login: { path: '/login', fields: { user: 'us' }, tokenAt: '/data/token' } }],
      '',
      { authorization: 'Bearer given-for-tests' },
    ],
  ])('%s', async (_, credentials, query, headers) => {
    const { seen } = await seenWith({ credentials });
    const last = seen.at(-1);
    expect(last?.url).toBe(`/v1/things?q=a%20b${query}`);
    expect(last?.body).toBe('{"name":"ä"}');
    expect(last?.headers).toMatchObject({ ...headers, 'content-length': '13' });
    if (!('authorization' in headers)) expect(last?.headers).not.toHaveProperty('authorization');
  });

  test('the short form is written as JSON, and takes all that the long one takes', async () => {
    const oauth = { url: '/token', clientId: 'id', clientSecret: 's', scope: 'read' };
    const { seen } = await seenWith({ oauth: { ...oauth, clientAuthentication: 'basic' } });
    expect(seen[0]?.body).toBe('{"grant_type":"client_credentials","scope":"read"}');
    expect(seen[0]?.headers.authorization).toBe('Basic aWQ6cw==');
  });

  test.each([301, 302, 303, 307, 308])(
    'a redirect (%i) is an answer: neither credential nor body goes to another host',
    async (status) => {
      const asked: string[] = [];
      await using other = await serve((request, response) => {
        asked.push(request.url ?? '');
        response.end('{}');
      });
      const credentials = [{ bearer: { token: 'of-ours' } }];
      for (const query of [[], [{ apiKey: { in: 'query', name: 'key', value: 'k' } } as const]]) {
        const answered = await seenWith({ credentials: [...credentials, ...query] }, (_, response) => {
          response.writeHead(status, { location: `${other.url}/v1/things` }).end();
        });
        expect([answered.status, answered.seen.length]).toEqual([status, 1]);
      }
      expect(asked).toEqual([]);
    },
  );
});

interface ShopPaths {
  '/v1/things': {
    post: {
      parameters: { query?: { q?: string } };
      requestBody: { content: { 'application/json': { name: string } } };
      responses: { 200: { content: { 'application/json': Record<string, never> } } };
    };
  };
}
