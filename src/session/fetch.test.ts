import { describe, expect, test } from 'vitest';
import type { Reply } from '../targets/reply.js';
import { answer, contractOf, silence } from '../testing/host.js';
import { fetchThrough } from './fetch.js';
import type { SessionAnswer, SessionRequest } from './session.js';

const BASE = 'https://api.shop.example/v2';
const contract = contractOf(`
/things/:
  get: {}
  post: {}
/things/search:
  post: { x-safe: true }
/things/{id}:
  delete: {}
`);

function through(came: Reply | SessionAnswer) {
  const asked: SessionRequest[] = [];
  const session = {
    ask: (wanted: SessionRequest): Promise<SessionAnswer> => {
      asked.push(wanted);
      return Promise.resolve(
        'sent' in came ? came : { sent: true, request: wanted.request, reply: came, before: [] },
      );
    },
  };
  return { asked, fetch: fetchThrough(session, { ...contract, baseUrl: BASE, atMost: 'full' }) };
}

describe('what the typed client sends goes through the session', () => {
  test.each([
    ['GET', '/things/', 'GET /things/', 'none', true],
    ['GET', '/things/?page=2', 'GET /things/', 'none', true],
    ['POST', '/things/', 'POST /things/', 'full', false],
    ['POST', '/things/search', 'POST /things/search', 'none', true],
    ['DELETE', '/things/7', 'DELETE /things/{id}', 'full', false],
    ['GET', '/elsewhere', '', 'full', false],
  ] as const)('%s %s', async (method, path, operation, atMost, repeatable) => {
    const { fetch, asked } = through(answer(200, {}));
    await fetch(new Request(BASE + path, { method }));
    expect(asked).toMatchObject([
      {
        operation,
        atMost,
        repeatable,
        identity: 'valid',
        kind: 'operations',
        request: { method, url: BASE + path },
      },
    ]);
  });

  test('with its body and headers', async () => {
    const { fetch, asked } = through(answer(201, {}));
    const headers = { 'content-type': 'application/json', 'x-own': '1' };
    await fetch(new Request(`${BASE}/things/`, { method: 'POST', body: '{"a":1}', headers }));
    expect(asked[0]?.request).toMatchObject({ body: '{"a":1}', headers });
  });
});

describe('what comes back', () => {
  test('an answer, with all its headers', async () => {
    const { fetch } = through(answer(418, { short: true }, { 'x-from': 'pot' }));
    const response = await fetch(new Request(`${BASE}/things/`));
    expect([response.status, response.headers.get('x-from'), await response.json()]).toEqual([
      418,
      'pot',
      { short: true },
    ]);
  });

  test('one that has no body', async () => {
    const response = await through(answer(204)).fetch(new Request(`${BASE}/things/`));
    expect([response.status, response.body]).toEqual([204, null]);
  });

  test('no answer: an error, as of a fetch', async () => {
    const { fetch } = through(silence('ECONNRESET'));
    await expect(fetch(new Request(`${BASE}/things/`))).rejects.toThrow(
      new TypeError('fetch failed: ECONNRESET'),
    );
  });

  test('what the gate did not let pass: an error with its reason', async () => {
    const { fetch } = through({ sent: false, refusal: { code: 'elsewhere' } });
    await expect(fetch(new Request(`${BASE}/things/`))).rejects.toThrow(
      'GET was not sent: it does not go to the address of the target',
    );
  });
});
