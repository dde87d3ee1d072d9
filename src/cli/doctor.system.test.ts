import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import { throwAwayCertificate } from '../replica/certificate.js';
import { standingClock } from '../testing/clock.js';
import { conform, start, temporaryFolder } from '../testing/conform.js';
import { SHOP } from '../testing/shop.js';
import { conformProcess } from '../testing/process.js';
import { json, startVendor, vendorSpec, type Handler } from '../testing/vendor.js';

interface Result {
  ok: boolean;
  checks: { group: string; name: string; target?: string; state: string; found: string; remedy?: string }[];
}

const ENV = { SHOP_ID: 'client-id-for-tests', SHOP_SECRET: 'client-secret-for-tests' };
const LIST = json(200, { resourceType: 'Bundle', entry: [] });
const guarded =
  (handler: Handler): Handler =>
  (request, response) => {
    const isGood = request.headers.authorization === 'Bearer token-of-the-host';
    (isGood ? handler : json(401, { message: 'Unauthorized' }))(request, response);
  };
const token: Handler = json(200, { access_token: 'token-of-the-host', expires_in: 3600 });

/** A spec folder whose target has an OAuth credential. */
async function shopSpec(folder: string, url: string): Promise<string> {
  const spec = await vendorSpec(folder, url, SHOP);
  const file = join(spec, 'targets.yaml');
  const text = await readFile(file, 'utf8');
  const oauth = 'credentials:\n      - oauth: { url: /token, clientId: SHOP_ID, clientSecret: SHOP_SECRET }';
  await writeFile(
    file,
    text.replace('authorization: Bearer token-for-tests', () => oauth),
  );
  return spec;
}

async function doctor(spec: string, options: Parameters<typeof conform>[1] = { env: ENV }) {
  const { code, out, err } = await conform(['doctor', '--spec-dir', spec, '--json'], options);
  const { ok, checks } = JSON.parse(out) as Result;
  expect(ok).toBe(code === 0);
  // Neither what was given to it nor what the host gave.
  expect(out + err).not.toMatch(/secret-for-tests|token-of-the-host/);
  const of = (name: string) =>
    checks.filter((one) => one.group === 'hosts' && one.name === name).map(({ state }) => state);
  return { code, checks, of };
}

test('a host where all is well: what is asked is safe, and bounded', async () => {
  await using folder = await temporaryFolder();
  const seen: string[] = [];
  const noted: Handler = (request, response) => {
    seen.push(request.method ?? '');
    LIST(request, response);
  };
  await using vendor = await startVendor({ 'POST /token': token, 'GET /v2/items/': guarded(noted) });
  const { code, of, checks } = await doctor(await shopSpec(folder.path, vendor.url));
  expect(checks.filter(({ state }) => state === 'error')).toEqual([]);
  expect(code).toBe(0);
  for (const name of ['address', 'connection', 'clock', 'token', 'base-url', 'known-good', 'rate'])
    expect(of(name), name).toEqual(['ok']);
  expect(seen.every((method) => method === 'GET')).toBe(true);
});

test('a wrong base URL is found, with the right one', async () => {
  await using folder = await temporaryFolder();
  await using vendor = await startVendor({ 'POST /token': token, 'GET /v2/items/': guarded(LIST) });
  const { code, checks } = await doctor(await shopSpec(folder.path, `${vendor.url}/api`));
  expect(code).toBe(1);
  const found = checks.find(({ name }) => name === 'base-url');
  expect(found?.state).toBe('error');
  expect(found?.remedy).toContain(`baseUrl: ${vendor.url} `);
});

test('a token that is refused: nothing is asked with it, and it is asked for once', async () => {
  await using folder = await temporaryFolder();
  let asked = 0;
  const refuse: Handler = (request, response) => {
    asked += 1;
    json(401, { error: 'invalid_client' })(request, response);
  };
  await using vendor = await startVendor({ 'POST /token': refuse, 'GET /v2/items/': guarded(LIST) });
  const { code, of } = await doctor(await shopSpec(folder.path, vendor.url));
  expect(code).toBe(1);
  expect(of('token')).toEqual(['error']);
  expect(of('known-good')).toEqual(['not tried']);
  expect(of('unknown-path')).toEqual(['ok']);
  expect(asked).toBe(1);
});

test('a clock that is off explains tokens that are refused', async () => {
  await using folder = await temporaryFolder();
  await using vendor = await startVendor({ 'POST /token': token, 'GET /v2/items/': guarded(LIST) });
  const clock = standingClock(new Date('2020-01-01T00:00:00Z'));
  const { code, of } = await doctor(await shopSpec(folder.path, vendor.url), { env: ENV, clock });
  expect(of('clock')).toEqual(['warning']);
  expect(code).toBe(0);
});

test('a name that does not resolve: nothing could be tried', async () => {
  await using folder = await temporaryFolder();
  const { code, of } = await doctor(await shopSpec(folder.path, 'https://api.shop.invalid'));
  expect(code).toBe(3);
  expect(of('dns')).toEqual(['error']);
  expect(of('connection')).toEqual(['not tried']);
});

test('a host that takes no connection, and credentials that are not there: nothing could be tried', async () => {
  await using folder = await temporaryFolder();
  const spec = await shopSpec(folder.path, 'http://127.0.0.1:1');
  const closed = await doctor(spec);
  expect([closed.code, closed.of('connection')]).toEqual([3, ['error']]);
  const bare = await doctor(spec, { env: {} });
  expect([bare.code, bare.of('token')]).toEqual([3, ['not tried']]);
});

test('a certificate that nobody signed, and one that has run out', async () => {
  await using folder = await temporaryFolder();
  const server = createServer(await throwAwayCertificate(), (request, response) => {
    LIST(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const spec = await shopSpec(folder.path, `https://localhost:${port}`);
    // The clock of the tests may be behind that of openssl.
    const now = await doctor(spec, { env: ENV, clock: systemClock });
    expect(now.checks.find(({ name }) => name === 'connection')?.found).toMatch(/not accepted \(DEPTH_ZERO/);
    expect([now.code, now.of('token')]).toEqual([1, ['not tried']]);
    const clock = standingClock(new Date('2099-01-01T00:00:00Z'));
    const later = await doctor(spec, { env: ENV, clock });
    expect(later.checks.find(({ name }) => name === 'connection')?.found).toMatch(/ran out on/);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('all faults of a spec folder come at once, and nothing is tried with it', async () => {
  await using folder = await temporaryFolder();
  const spec = await vendorSpec(folder.path, 'http://127.0.0.1:1', SHOP, 'parameters: []\n');
  await writeFile(join(spec, 'support.yaml'), 'too: someone\n');
  const { code, checks } = await doctor(spec);
  expect(code).toBe(2);
  const wrong = checks.filter(({ state }) => state === 'error').map(({ found }) => found);
  expect(wrong).toEqual([
    expect.stringMatching(/samples\.yaml:1: “parameters” must be object/),
    expect.stringMatching(/support\.yaml:1: .*“too”/),
  ]);
  expect(checks.filter(({ state }) => state === 'not tried').map(({ group }) => group)).toEqual([
    'configuration',
    'hosts',
    'plan',
  ]);
});

test('Ctrl-C ends it with what was found until then', async () => {
  await using folder = await temporaryFolder();
  let stop = (): void => undefined;
  const hang: Handler = () => {
    stop();
  };
  await using vendor = await startVendor({ 'POST /token': hang });
  const spec = await shopSpec(folder.path, vendor.url);
  const running = start(['doctor', '--spec-dir', spec, '--json'], { env: ENV });
  stop = running.stop;
  const { code, out } = await running.done;
  expect(code).toBe(130);
  expect((JSON.parse(out) as Result).checks.some(({ found }) => found.includes('was stopped'))).toBe(true);
});

test('as a process: offline on the folder that comes with the package, and on a server of its own', async () => {
  await using folder = await temporaryFolder();
  const offline = await conformProcess(['doctor', '--offline'], { cwd: folder.path });
  expect([offline.code, offline.err]).toEqual([0, '']);
  expect(offline.out).toMatch(/production\n.*requests: conform check would ask 63/);
  const own = await conformProcess(['doctor', '--target', 'replica'], { cwd: folder.path });
  expect(own.code).toBe(0);
  expect(own.out).toContain('replica: at most 36 requests');
  expect(own.out).toMatch(/0 errors, 0 warnings/);
});
