import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leapingClock, standingClock } from '../testing/clock.js';
import { start, temporaryFolder } from '../testing/conform.js';
import { doctor, ENV, guarded, LIST, shopSpec, token, type Result } from '../testing/doctor.js';
import { SHOP } from '../testing/shop.js';
import { json, startVendor, vendorSpec, type Handler } from '../testing/vendor.js';

test('a host where all is well: what is asked is safe, and bounded', async () => {
  await using folder = await temporaryFolder();
  const seen: string[] = [];
  const noted: Handler = (request, response) => {
    seen.push(request.method ?? '');
    LIST(request, response);
  };
  await using vendor = await startVendor({ 'POST /token': token, 'GET /v2/items/': guarded(noted) });
  // The clock that commands of a test share may be far ahead of that of the host.
  const clock = leapingClock();
  const { code, of, checks } = await doctor(await shopSpec(folder.path, vendor.url), { env: ENV, clock });
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

test('a host that takes no connection, and credentials that are not there: nothing could be tried', async () => {
  await using folder = await temporaryFolder();
  const spec = await shopSpec(folder.path, 'http://127.0.0.1:1');
  const closed = await doctor(spec);
  expect([closed.code, closed.of('connection')]).toEqual([3, ['error']]);
  const bare = await doctor(spec, { env: {} });
  expect([bare.code, bare.of('token')]).toEqual([3, ['not tried']]);
});

test('all faults of a spec folder come at once, and nothing is tried with it', async () => {
  await using folder = await temporaryFolder();
  const spec = await vendorSpec(folder.path, 'http://127.0.0.1:1', SHOP, 'parameters: []\n');
  await writeFile(join(spec, 'support.yaml'), 'too: someone@shop.example\n');
  const { code, checks } = await doctor(spec);
  expect(code).toBe(2);
  const wrong = checks.filter(({ state }) => state === 'error').map(({ found }) => found);
  expect(wrong).toEqual([
    expect.stringMatching(/samples\.yaml:1: “parameters” must be object/),
    expect.stringMatching(/support\.yaml:1: .*“too”/),
  ]);
  expect(checks.filter(({ state }) => state === 'not tried').map(({ group }) => group)).toEqual([
    'configuration',
    'store',
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

test('a store that does not answer is an error, whatever else is well', async () => {
  await using folder = await temporaryFolder();
  await using vendor = await startVendor({ 'POST /token': token, 'GET /v2/items/': guarded(LIST) });
  const spec = await shopSpec(folder.path, vendor.url);
  const store = { CONFORM_STORE: 'postgres://conform:pass-for-tests@127.0.0.1:1/fleet' };
  const { code, checks } = await doctor(spec, { env: { ...ENV, ...store }, clock: leapingClock() });
  expect(code).toBe(1);
  expect(checks.filter(({ state }) => state === 'error')).toMatchObject([
    { group: 'store', name: 'database', code: 'CONFORM_E_DATABASE_UNREACHABLE' },
  ]);
  expect(JSON.stringify(checks)).not.toContain('pass-for-tests');
});
