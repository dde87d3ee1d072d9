import { createHash } from 'node:crypto';
import { NO_SENTENCES } from '../verdict/signatures.js';
import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import type { Probe } from '../probe/build.js';
import { redactionFor } from '../engine/redaction.js';
import { Secrets } from '../targets/secrets.js';
import type { Reply } from '../targets/reply.js';
import { answer, contractOf, silence } from '../testing/host.js';
import { jsonOf, record, recordAnswer } from './record.js';

const secrets = new Secrets();
secrets.add('token-for-tests');

const redaction = redactionFor(
  {
    all: [],
    names: ['message'],
    clients: [],
    sentences: NO_SENTENCES,
    texts: [
      { id: 'no-thing', text: 'No {thing} matches the query', status: [404] },
      { id: 'hashed', text: "wrong Authorization header: '{hash:[\\w+/]+=*}'", status: [403] },
      { id: 'expired', text: 'token expired for {whom}', status: [401] },
      { id: 'not-let-in', text: 'error: not_let_in', status: ['2xx', 401], isValue: true },
      { id: 'failed', text: 'ok: false', status: ['2xx'], isValue: true, common: true },
      { id: 'busy-caller', text: 'busy for {whom}', status: [429] },
      { id: 'busy-host', text: 'busy for {what}', status: [503] },
      { id: 'refused', text: 'error: refused', status: [403], isValue: true },
    ],
  },
  secrets,
  contractOf(
    '/things/: { get: { responses: { "200": { description: ok, content: { application/json: { schema: { properties: { id: {} } } } } } } } }\n',
  ),
);

const PROBE: Probe = {
  operation: 'POST /things/{id}/',
  role: 'operation',
  request: {
    method: 'POST',
    url: 'https://api.shop.example/things/of-a-customer/?phone=3035550142',
    headers: {
      Authorization: 'Bearer token-for-tests',
      'content-type': 'application/json',
      'x-tenant': 'tenant-of-ours',
    },
    body: '{"name":"Carla Muster"}',
  },
  shown: 'https://api.shop.example/things/things-1/?phone=%24SHOP_PHONE',
};

const kept = (reply: Reply) => record(PROBE, reply, redaction);

describe('of a request is kept', () => {
  const exchange = kept(answer(200, { id: 1 }));

  test('what was asked, with pseudonyms, and the names of its headers', () => {
    expect(exchange).toMatchObject({
      method: 'POST',
      url: 'https://api.shop.example/things/things-1/?phone=%24SHOP_PHONE',
      requestHeaders: ['authorization', 'content-type', 'x-tenant'],
    });
  });

  test('when it was asked, as what, and how long the answer took, to a tenth of a millisecond', () => {
    const timed = kept({ ...answer(200), at: new Date('2026-02-26T17:40:00.123Z'), durationMs: 12.345 });
    expect(timed).toMatchObject({ at: '2026-02-26T17:40:00.123Z', role: 'operation', durationMs: 12.3 });
    expect(timed).not.toHaveProperty('purpose');
    expect(record({ ...PROBE, purpose: 'page-2' }, answer(200), redaction).purpose).toBe('page-2');
  });

  test('the names of its headers in one order, however they are written', () => {
    const headers = { B: '1', a: '1', C: '1' };
    const probe = { ...PROBE, request: { ...PROBE.request, headers } };
    expect(record(probe, answer(200), redaction).requestHeaders).toEqual(['a', 'b', 'c']);
  });

  test('a command that repeats it, with variables for the host, the token and the body', () => {
    expect(exchange.curl).toBe(
      'curl -i -X POST "$BASE_URL/things/things-1/?phone=%24SHOP_PHONE" -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d @body.json',
    );
  });

  test('nothing else: no id, no value of a header, no body, no token', () => {
    const text = JSON.stringify(exchange);
    for (const value of ['of-a-customer', '3035550142', 'token-for-tests', 'tenant-of-ours', 'Carla']) {
      expect(text).not.toContain(value);
    }
  });
});

describe('of an answer is kept', () => {
  test('the shape of its body, with the names that the contract and the signatures know', () => {
    expect(kept(answer(200, { id: 7, message: 'x', name: 'Carla Muster' })).bodyShape).toEqual({
      id: 'integer',
      message: 'string 1..1',
      '…': '1 members of unlisted names',
    });
  });

  test.each<[what: string, body: Json | undefined, is: string]>([
    ['no body', undefined, 'empty'],
    ['a page', '<!doctype html><p>Carla</p>', 'html 27'],
    ['XML', '<a>Carla</a>', 'xml 12'],
    ['a text', 'Carla Muster', 'text 12'],
  ])('of %s its kind and length', (_, body, is) => {
    expect(kept(answer(500, body)).bodyShape).toBe(is);
  });

  test('of bytes that are no text how many they are', () => {
    const bytes = { ...answer(200), body: Buffer.from([0xff, 0xfe, 0xfd]) };
    expect(kept(bytes).bodyShape).toBe('binary 3');
  });

  test('nothing that it does not have', () => {
    for (const member of ['message', 'text', 'failure', 'echo'])
      expect(kept(answer(200, { id: 1 }))).not.toHaveProperty(member);
  });

  test('a text that is known, without what varies in it', () => {
    const exchange = kept(answer(404, { message: 'No Carla Muster matches the query' }));
    expect(exchange).toMatchObject({ text: 'no-thing', message: 'No <thing> matches the query' });
    expect(JSON.stringify(exchange)).not.toContain('Carla');
  });

  test.each<[what: string, status: number, body: Json]>([
    ['that nobody knows', 404, { message: 'Carla Muster is not here' }],
    ['that is the data of a success', 200, { message: 'No Carla Muster matches the query' }],
    ['by which a success may say that it failed, as data may', 200, { ok: false }],
    ['by which no success says that it is a refusal', 200, { error: 'refused' }],
    ['that the data of a success holds', 200, { things: [{ error: 'not_let_in' }] }],
    ['that XML with the status of a success holds', 200, '<a>token expired for Carla</a>'],
    ['that names and values with the status of a success hold', 200, 'message=token expired for Carla'],
  ])('no text %s', (_, status, body) => {
    expect(kept(answer(status, body))).not.toHaveProperty('message');
  });

  test('the member by which the body of a success says that it is a refusal', () => {
    const exchange = kept(answer(200, { error: 'not_let_in', of: 'Carla Muster' }));
    expect(exchange).toMatchObject({ status: 200, text: 'not-let-in', message: 'error: not_let_in' });
    expect(JSON.stringify(exchange)).not.toContain('Carla');
  });

  test('a text that stands alone, whatever the status says', () => {
    expect(kept(answer(200, 'No Carla Muster matches the query')).text).toBe('no-thing');
  });

  test('a text of an answer whose status nobody has kept', () => {
    const { headers, body, incomplete } = answer(200, { message: 'No Carla Muster matches the query' });
    const kept = { headers, body, incomplete, status: null };
    expect(recordAnswer(kept, redaction)).toMatchObject({ status: null, text: 'no-thing' });
  });

  test('of several texts that are known the one that comes with the status', () => {
    const of = (status: number, headers?: Record<string, string>) =>
      kept(answer(status, headers ? undefined : { message: 'busy for Carla' }, headers)).text;
    expect([of(429), of(503)]).toEqual(['busy-caller', 'busy-host']);
    const challenge = { 'www-authenticate': 'Bearer error_description="busy for Carla"' };
    expect([of(429, challenge), of(503, challenge)]).toEqual(['busy-caller', 'busy-host']);
  });

  test('no text of a header that is no challenge', () => {
    const headers = { 'x-note': 'error_description="token expired for Carla"' };
    expect(kept(answer(401, undefined, headers))).not.toHaveProperty('message');
  });

  test('the text of a challenge, where it is known, also of several', () => {
    const several: Reply = {
      ...answer(401),
      headers: [
        ['www-authenticate', 'Negotiate'],
        ['www-authenticate', 'Bearer error_description="token expired for Carla"'],
      ],
    };
    expect(kept(several)).toMatchObject({ message: 'token expired for <whom>' });
  });

  test('the text of a challenge, where it is known', () => {
    const challenge = {
      'www-authenticate': 'Bearer error="invalid_token", error_description="token expired for Carla"',
    };
    const exchange = kept(answer(401, undefined, challenge));
    expect(exchange).toMatchObject({ message: 'token expired for <whom>' });
    expect(JSON.stringify(exchange)).not.toContain('Carla');
  });

  test('no header in which a secret stands', () => {
    expect(kept(answer(200, undefined, { server: 'nginx token-for-tests' })).responseHeaders).toEqual({});
  });

  test('that it is not whole, and why', () => {
    expect(kept(answer(200, '{"id":', {}, 'cut off'))).toMatchObject({
      failure: 'the body is cut off',
      bodyShape: 'unreadable (the body is cut off)',
    });
  });

  test('that none came, and why', () => {
    expect(kept(silence('ECONNRESET'))).toMatchObject({ status: null, failure: 'ECONNRESET (send)' });
  });
});

describe('the hash of the Authorization header that a gateway echoes', () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64');
  const echo = (echoed: string, headers: Record<string, string>) =>
    record(
      { ...PROBE, request: { ...PROBE.request, headers } },
      answer(403, { message: `wrong Authorization header: '${echoed}'` }),
      redaction,
    ).echo;

  test('is ours, another one, or says nothing', () => {
    const authorization = 'Bearer token-for-tests';
    expect(echo(hash(authorization), { authorization })).toBe('ours');
    expect(echo(hash('Bearer another'), { authorization })).toBe('other');
    expect(echo(hash(''), {})).toBeUndefined();
    const request = { ...PROBE.request, headers: { authorization } };
    expect(record({ ...PROBE, request }, answer(403, { id: 1 }), redaction)).not.toHaveProperty('echo');
  });
});

test('the value of a body is known to the stages that look at it, where it is JSON', () => {
  expect(jsonOf(answer(200, { id: 1 }))).toEqual({ id: 1 });
  expect(jsonOf(answer(200, 'a text'))).toBeUndefined();
});

describe('the fingerprint', () => {
  const of = (reply: Reply) => kept(reply).fingerprint;

  test('has 16 hexadecimal digits', () => {
    expect(of(answer(200))).toMatch(/^[0-9a-f]{16}$/);
  });

  const base = answer(404, { message: 'No person matches the query' });

  test.each<[what: string, reply: Reply]>([
    ['what varies in a known text', answer(404, { message: 'No Carla Muster matches the query' })],
    [
      'a request id',
      answer(
        404,
        { message: 'No person matches the query' },
        { 'x-request-id': '6b8e3a4c-0d1f-4c2b-9a7e-5f6d7c8b9a0e' },
      ),
    ],
    ['the time that it took', { ...base, durationMs: 900, at: new Date(1) }],
  ])('does not depend on %s', (_, reply) => {
    expect(of(reply)).toBe(of(base));
  });

  test.each<[what: string, reply: Reply]>([
    ['the status', { ...base, status: 403 }],
    ['the text', answer(404, { message: 'something else' })],
    ['the shape of the body', answer(404, { message: 'No person matches the query', id: 1 })],
    [
      'the kind of error in the headers',
      answer(404, { message: 'No person matches the query' }, { 'x-amzn-errortype': 'NotFoundException' }),
    ],
    ['that it is not whole', { ...base, incomplete: 'cut off' }],
    ['that there is none', silence('ECONNRESET')],
  ])('depends on %s', (_, reply) => {
    expect(of(reply)).not.toBe(of(base));
  });

  test('of no answer depends on why there is none', () => {
    expect(of(silence('ECONNRESET'))).not.toBe(of(silence('ECONNREFUSED', 'connect')));
  });
});
