import { describe, expect, test } from 'vitest';
import type { Reference } from '../../controls/compare.js';
import type { DriveResult } from '../../drive/drive.js';
import { answer, exchangeOf, seenOf, targetOf } from '../../testing/host.js';
import { entryOf } from '../../targets/credential-entry.js';
import type { Answer } from '../../targets/reply.js';
import type { Found } from '../line.js';
import type { Certificate, Network } from '../network.js';
import type { Survey } from '../survey.js';
import { address } from './address.js';
import { baseUrl } from './base-url.js';
import type { Host, HostCheck } from './check.js';
import { clock } from './clock.js';
import { connection } from './connection.js';
import { dns } from './dns.js';
import { examineHost, HOST_CHECKS } from './index.js';
import { knownGood } from './known-good.js';
import { otherAddresses } from './other-addresses.js';
import { rate } from './rate.js';
import { requests } from './requests.js';
import { token } from './token.js';
import { unknownPath } from './unknown-path.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;

function unknownAnswered(
  status: number | null,
  steady: Reference['steady'] = 'exact',
): DriveResult<Reference> {
  const seen = seenOf(exchangeOf({ status, ...(status === null ? { failure: 'ECONNRESET' } : {}) }));
  const request = { method: 'GET', url: 'https://api.shop.example/none', headers: {} };
  const probe = { operation: '', role: 'control' as const, shown: request.url, request };
  return { kind: 'done', result: { seen, steady }, seen: [{ ...seen, ask: { probe, token: 'valid' } }] };
}

/** A survey of a host where all is well, but for what is given. */
function surveyOf(given: Partial<Survey> = {}): Survey {
  return {
    tokens: () => Promise.resolve({ kind: 'given', lifetimes: [3600] }),
    unknown: () => Promise.resolve(unknownAnswered(404)),
    reads: () =>
      Promise.resolve({
        asked: [{ operation: 'GET /things/', status: 200 }],
        works: 'GET /things/',
        knownGood: { operation: 'GET /things/', works: 200, refused: 401 },
      }),
    otherBase: () => Promise.resolve({ kind: 'done', result: undefined, seen: [] }),
    answers: () => [answeredAt(NOW)],
    counts: () => ({ sent: 5, atMost: 36 }),
    close: () => Promise.resolve(),
    ...given,
  };
}

function answeredAt(date: Date, headers: Record<string, string> = {}, status = 200): Answer {
  return { ...answer(status, {}, { date: date.toUTCString(), ...headers }), at: NOW };
}

const CERTIFICATE: Certificate = {
  validFrom: new Date(NOW.getTime() - DAY_MS),
  validTo: new Date(NOW.getTime() + 90.5 * DAY_MS),
  nameMatches: true,
  fault: undefined,
};

function networkOf(certificate: Partial<Certificate> = {}): Network {
  return {
    resolve: () => Promise.resolve({ addresses: 2 }),
    connect: () => Promise.resolve({ certificate: { ...CERTIFICATE, ...certificate } }),
  };
}

function hostWith(given: Partial<Host> & { asked?: Partial<Survey> } = {}): Host {
  const { asked, ...rest } = given;
  return {
    target: targetOf(),
    written: 'https://api.shop.example',
    missing: [],
    network: networkOf(),
    survey: surveyOf(asked),
    clock: { now: () => NOW },
    signal: new AbortController().signal,
    ...rest,
  };
}

async function states(check: HostCheck, host: Host): Promise<Found[]> {
  return check.run(host);
}

type Row = [what: string, given: Parameters<typeof hostWith>[0], state: Found['state'], says: RegExp];

function table(check: HostCheck, rows: readonly Row[]): void {
  describe(check.name, () => {
    test.each(rows)('%s', async (_, given, state, says) => {
      const [found] = await states(check, hostWith(given));
      expect(found?.state).toBe(state);
      expect(found?.found).toMatch(says);
      // Who reads of something wrong also reads what to do.
      if (state === 'warning' || state === 'error') expect(found?.remedy).toMatch(/\w/);
    });
  });
}

table(address, [
  ['https', {}, 'ok', /https:\/\/api\.shop\.example/],
  [
    'http to another machine',
    { target: targetOf({ baseUrl: 'http://api.shop.example' }) },
    'error',
    /unencrypted/,
  ],
  ['http to this machine', { target: targetOf({ baseUrl: 'http://127.0.0.1:80' }) }, 'ok', /127/],
  ['a slash at the end', { written: 'https://api.shop.example/' }, 'warning', /slash/],
]);

table(dns, [
  ['a name with addresses', {}, 'ok', /^api\.shop\.example resolves to 2 addresses$/],
  ['an address', { target: targetOf({ baseUrl: 'https://[::1]:8443' }) }, 'ok', /is an address/],
  [
    'no such name',
    { network: { ...networkOf(), resolve: () => Promise.resolve({ failure: 'ENOTFOUND' }) } },
    'error',
    /does not resolve/,
  ],
  [
    'no name server',
    { network: { ...networkOf(), resolve: () => Promise.resolve({ failure: 'EAI_AGAIN' }) } },
    'error',
    /EAI_AGAIN/,
  ],
  [
    'stopped',
    { network: { ...networkOf(), resolve: () => Promise.resolve({ failure: 'ABORTED' }) } },
    'not tried',
    /stopped/,
  ],
]);

const refusing = (failure: string): Network => ({
  ...networkOf(),
  connect: () => Promise.resolve({ failure }),
});
table(connection, [
  ['a good certificate', {}, 'ok', /90 days left/],
  [
    '21 days left',
    { network: networkOf({ validTo: new Date(NOW.getTime() + 21 * DAY_MS) }) },
    'ok',
    /21 days/,
  ],
  [
    'less than 21 days left',
    { network: networkOf({ validTo: new Date(NOW.getTime() + 20.9 * DAY_MS) }) },
    'warning',
    /20 days/,
  ],
  [
    'run out',
    { network: networkOf({ validTo: new Date(NOW.getTime() - 1) }) },
    'error',
    /expired on 2026-03-01/,
  ],
  [
    'not good yet',
    { network: networkOf({ validFrom: new Date(NOW.getTime() + 1) }) },
    'error',
    /not valid before/,
  ],
  ['another name', { network: networkOf({ nameMatches: false }) }, 'error', /another name/],
  [
    'signed by nobody',
    { network: networkOf({ fault: 'DEPTH_ZERO_SELF_SIGNED_CERT' }) },
    'error',
    /DEPTH_ZERO/,
  ],
  ['refused', { network: refusing('ECONNREFUSED') }, 'error', /takes no connection \(ECONNREFUSED\)/],
  ['no TLS', { network: refusing('ERR_SSL_WRONG_VERSION_NUMBER') }, 'error', /does not speak TLS/],
  ['stopped', { network: refusing('ABORTED') }, 'not tried', /stopped/],
  [
    'http',
    { network: { ...networkOf(), connect: () => Promise.resolve({ certificate: undefined }) } },
    'ok',
    /no certificate/,
  ],
]);

const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
table(clock, [
  ['the same', {}, 'ok', /at most 0 s/],
  ['a minute', { asked: { answers: () => [answeredAt(after(60))] } }, 'ok', /at most 60 s/],
  ['behind', { asked: { answers: () => [answeredAt(after(300))] } }, 'warning', /300 s behind/],
  ['ahead', { asked: { answers: () => [answeredAt(after(-300))] } }, 'warning', /299 s ahead of/],
  [
    'an answer that took its time',
    { asked: { answers: () => [{ ...answeredAt(after(300)), durationMs: 299_000 }] } },
    'ok',
    /at most 1 s/,
  ],
  ['no Date', { asked: { answers: () => [answer(200)] } }, 'not tried', /no Date/],
  ['no answer', { asked: { answers: () => [] } }, 'not tried', /no answer/],
]);

const refused = { explanation: 'The client is not known.', fix: 'Check client id and secret.' };
table(token, [
  ['given', {}, 'ok', /valid for 3600 s/],
  [
    'short',
    { asked: { tokens: () => Promise.resolve({ kind: 'given', lifetimes: [30] }) } },
    'warning',
    /30 s/,
  ],
  [
    'of unknown life',
    { asked: { tokens: () => Promise.resolve({ kind: 'given', lifetimes: [undefined] }) } },
    'ok',
    /does not say/,
  ],
  [
    'refused',
    { asked: { tokens: () => Promise.resolve({ kind: 'refused', verdict: refused }) } },
    'error',
    /The client is not known/,
  ],
  ['none needed', { asked: { tokens: () => Promise.resolve({ kind: 'none-needed' }) } }, 'ok', /as they are/],
  ['no credentials', { missing: ['SHOP_ID'] }, 'not tried', /SHOP_ID is missing/],
  ['in clear', { target: targetOf({ baseUrl: 'http://api.shop.example' }) }, 'not tried', /unencrypted/],
]);

const nothingWorks: Partial<Survey> = {
  reads: () =>
    Promise.resolve({
      asked: [{ operation: 'GET /things/', status: 404 }],
      works: undefined,
      knownGood: undefined,
    }),
};
const other = (works: boolean): Partial<Survey> => ({
  ...nothingWorks,
  otherBase: () =>
    Promise.resolve({
      kind: 'done',
      seen: [],
      result: {
        baseUrl: 'https://api.shop.example/v2',
        operation: 'GET /things/',
        works,
        seen: seenOf(exchangeOf({ status: works ? 200 : 403 })),
      },
    }),
});
table(baseUrl, [
  ['something works below it', {}, 'ok', /GET \/things\/ works/],
  ['works below another', { asked: other(true) }, 'error', /below https:\/\/api\.shop\.example\/v2 GET/],
  ['is refused below another', { asked: other(false) }, 'warning', /answered differently .* \(403\)/],
  ['works nowhere', { asked: nothingWorks }, 'ok', /nor below the other/],
  [
    'every path is a success',
    { asked: { unknown: () => Promise.resolve(unknownAnswered(200)) } },
    'not tried',
    /every path/,
  ],
  [
    'nothing to ask',
    { asked: { reads: () => Promise.resolve({ asked: [], works: undefined, knownGood: undefined }) } },
    'not tried',
    /no operation/,
  ],
]);

table(knownGood, [
  [
    'works, and refuses without',
    {},
    'ok',
    /works with the credentials \(200\) and refuses without them \(401\)/,
  ],
  [
    'lets everybody in',
    {
      asked: {
        reads: () =>
          Promise.resolve({
            asked: [{ operation: 'GET /things/', status: 200 }],
            works: 'GET /things/',
            knownGood: undefined,
          }),
      },
    },
    'warning',
    /not known whether they are valid/,
  ],
  ['nothing works', { asked: nothingWorks }, 'error', /GET \/things\/ 404/],
  [
    'nothing to ask',
    { asked: { reads: () => Promise.resolve({ asked: [], works: undefined, knownGood: undefined }) } },
    'warning',
    /needs no id/,
  ],
]);

table(unknownPath, [
  ['the same each time', {}, 'ok', /answered 404, the same way/],
  [
    'a success',
    { asked: { unknown: () => Promise.resolve(unknownAnswered(200)) } },
    'warning',
    /proves no route/,
  ],
  [
    'unsteady',
    { asked: { unknown: () => Promise.resolve(unknownAnswered(404, 'no')) } },
    'warning',
    /answered differently/,
  ],
  ['no answer', { asked: { unknown: () => Promise.resolve(unknownAnswered(null)) } }, 'error', /ECONNRESET/],
  [
    'not let out',
    { asked: { unknown: () => Promise.resolve({ kind: 'not-done', why: { code: 'elsewhere' }, seen: [] }) } },
    'not tried',
    /not let out/,
  ],
]);

const announcing = (headers: Record<string, string>, status = 200) => ({
  target: targetOf({ requestsPerSecond: 100 }),
  asked: { answers: () => [answeredAt(NOW, headers, status)] },
});
table(rate, [
  ['announces none', announcing({}), 'ok', /announces no rate; targets.yaml has 100 a second/],
  ['no window', announcing({ 'x-ratelimit-limit': '5000' }), 'ok', /5000 requests, and not for how long/],
  ['a wider one', announcing({ 'ratelimit-policy': '"default";q=6000;w=60' }), 'ok', /6000 requests in 60 s/],
  [
    'a narrower one',
    announcing({ 'ratelimit-policy': '"default";q=60;w=60' }),
    'warning',
    /60 requests in 60 s/,
  ],
  ['with a window behind', announcing({ 'ratelimit-limit': '10, 10;w=1' }), 'warning', /10 requests in 1 s/],
  ['refuses', announcing({ 'retry-after': '30' }, 429), 'warning', /asks for a pause of 30 s/],
  [
    'nonsense',
    announcing({ 'ratelimit-limit': 'many', 'retry-after': '<b>' }, 429),
    'warning',
    /\(429\); targets/,
  ],
  ['no answer', { asked: { answers: () => [] } }, 'not tried', /no answer/],
]);

table(requests, [['says what was sent', {}, 'ok', /^5 of at most 36 requests/]]);

const elsewhere = targetOf({
  credentials: [
    entryOf({
      oauth: { url: 'https://login.shop.example/token', clientId: 'SHOP_ID', clientSecret: 'SHOP_SECRET' },
    }),
  ],
});
table(otherAddresses, [
  ['a token endpoint on another host', { target: elsewhere }, 'ok', /^login\.shop\.example/],
  [
    'that has no name',
    {
      target: elsewhere,
      network: { ...networkOf(), resolve: () => Promise.resolve({ failure: 'ENOTFOUND' }) },
    },
    'error',
    /^login\.shop\.example does not resolve/,
  ],
]);

test('what an error makes meaningless is not tried, and says because of what', async () => {
  const lines: [string, Found][] = [];
  const host = hostWith({ network: refusing('ECONNREFUSED') });
  await examineHost(host, (name, found) => lines.push([name, found]));
  const untried = lines.filter(([, { state }]) => state === 'not tried').map(([name]) => name);
  expect(untried).toEqual(['clock', 'token', 'base-url', 'known-good', 'unknown-path', 'rate']);
  expect(lines.find(([name]) => name === 'base-url')?.[1].found).toBe(
    'not tried, because of “connection” above',
  );
});

test('a check comes after those that it needs', () => {
  const names = HOST_CHECKS.map(({ name }) => name);
  for (const { name, needs } of HOST_CHECKS)
    for (const one of needs) expect(names.indexOf(one)).toBeLessThan(names.indexOf(name));
});

test('after Ctrl-C nothing more is tried', async () => {
  const stopped = new AbortController();
  stopped.abort();
  const found: Found[] = [];
  await examineHost(hostWith({ signal: stopped.signal }), (_, one) => found.push(one));
  expect(found.every(({ state }) => state === 'not tried')).toBe(true);
});
