import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PACKAGE_ROOT } from '../package.js';
import { startReplica } from '../replica/replica.js';
import type { Capability, Run } from '../record/run.js';
import { readRun } from '../record/store.js';
import { openSpec } from '../spec/open.js';
import { standingClock } from '../testing/clock.js';
import { conform, PLAIN_CHECK, start, temporaryFolder, testClock } from '../testing/conform.js';
import { specOf } from '../testing/contract.js';
import { serve } from '../testing/serve.js';
import { SHOP } from '../testing/shop.js';
import { json, startVendor, vendorSpec, type Handler, guarded } from '../testing/vendor.js';

const SPEC = join(PACKAGE_ROOT, 'spec');
const { worlds: WORLDS, contract: CONTRACT } = await openSpec(SPEC, ['worlds', 'contract']);
const DATES = WORLDS.dates;

interface Case {
  id: string;
  call: string;
  at: 'gateway' | 'front' | 'legacy';
  outcome: string;
  nearest?: string;
}
const { cases } = parse(readFileSync(join(SPEC, 'negatives.yaml'), 'utf8')) as { cases: Case[] };

async function startWorld(date?: string) {
  const replica = await startReplica({ world: WORLDS.of(date), contract: CONTRACT, clock: testClock });
  return Object.assign(replica, { [Symbol.asyncDispose]: () => replica.close() });
}

function of(run: Run, id: string): Capability {
  const found = run.operations.find((operation) => operation.id === id);
  if (!found) throw new Error(`${id} is not in the run`);
  return found;
}

describe('the night of 2026-01-29', () => {
  test('each misspelled path is reported as misspelled, with the one that works; nobody blames the credentials', async () => {
    await using folder = await temporaryFolder();
    const spec = await specOf(folder.path, [
      'GET /v1/Practitioner',
      'GET /v1/Patient',
      'GET /v1/Appointment',
    ]);
    const args = [...PLAIN_CHECK, '--target', 'replica', '--world', '2026-01-29', '--spec-dir', spec];
    const { code, out } = await conform([...args, '--out', folder.path]);
    expect(code).toBe(1);
    const run = await readRun(join(folder.path, 'latest/replica.json'));
    for (const [asked, works] of [
      ['GET /v1/Practitioner', 'GET /v1/practitioners/'],
      ['GET /v1/Patient', 'GET /v1/patients/'],
      ['GET /v1/Appointment', 'GET /v1/appointment/'],
    ] as const) {
      const { outcome, layer, cause, confidence, fix } = of(run, asked);
      expect({ outcome, layer, cause, confidence }).toEqual({
        outcome: 'unrouted',
        layer: 'gateway',
        cause: 'route-missing',
        confidence: 'certain',
      });
      expect(fix).toContain(works);
    }
    expect(out).not.toMatch(/credentials are (wrong|refused|not)|check (the|your) credentials/i);
  });
});

test('a method that is missing on a path that is routed is distinguished from a path that is missing', async () => {
  await using folder = await temporaryFolder();
  const spec = await specOf(folder.path, ['GET /v1/practitioners/', 'PATCH /v1/practitioners/']);
  await conform([
    ...PLAIN_CHECK,
    '--target',
    'replica',
    '--writes',
    'validate',
    '--spec-dir',
    spec,
    '--out',
    folder.path,
  ]);
  const { outcome, cause, evidence, ruledOut, exchanges } = of(
    await readRun(join(folder.path, 'latest/replica.json')),
    'PATCH /v1/practitioners/',
  );
  expect({ outcome, cause }).toEqual({ outcome: 'unrouted', cause: 'method-missing' });
  expect(evidence.join(' ')).toContain('GET on the same path is answered differently');
  // The gateway echoes a hash of the header: a header of our own shows what it hashes.
  expect(exchanges.find(({ purpose }) => purpose === 'calibration')?.echo).toBe('ours');
  expect(ruledOut.map((one) => one.cause)).toContain('token-malformed');
});

test('what one host does not route is asked of the other, without a token and without an id', async () => {
  await using folder = await temporaryFolder();
  const seen: string[] = [];
  const noted =
    (handler: Handler): Handler =>
    (request, response) => {
      seen.push(`${request.url ?? ''} ${request.headers.authorization ?? 'no token'}`);
      handler(request, response);
    };
  const list = json(200, { resourceType: 'Bundle', entry: [] });
  await using here = await startVendor({ 'GET /v2/items/': guarded(list) });
  await using there = await startVendor({ 'GET /v2/plans/': noted(json(401, { message: 'Unauthorized' })) });
  const spec = await vendorSpec(folder.path, here.url, SHOP);
  const targets = await readFile(join(spec, 'targets.yaml'), 'utf8');
  const other = targets
    .replace('targets:\n', '')
    .replace('live:', 'other:')
    .replace(here.url, () => there.url);
  await writeFile(
    join(spec, 'targets.yaml'),
    targets.replace('standing: assumed', 'standing: assumed\n    otherHost: other') + other,
  );
  const args = [...PLAIN_CHECK, '--target', 'live', '--spec-dir', spec, '--out', folder.path];
  expect((await conform(args)).code).toBe(1);
  const run = await readRun(join(folder.path, 'latest/live.json'));
  const plans = of(run, 'GET /v2/plans/');
  expect(plans).toMatchObject({ outcome: 'unrouted', confidence: 'certain' });
  expect(plans.fix).toBe('Ask the vendor why other has it and this host does not.');
  expect(plans.evidence.join('\n')).toContain('On other it is routed: asked without a token it answers 401');
  expect(of(run, 'GET /v2/reports/').evidence.join('\n')).toContain('On other it is not routed either');
  expect(seen).toEqual(['/v2/plans/ no token']);

  await conform([...args, '--base-url', here.url]);
  expect(seen).toHaveLength(1);
  await writeFile(
    join(spec, 'targets.yaml'),
    targets.replace('standing: assumed', '$&\n    otherHost: none'),
  );
  const wrong = await conform(args);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('there is no target “none”')]);
});

test('that there is nothing by an example of the contract says nothing of the operation', async () => {
  await using folder = await temporaryFolder();
  await using vendor = await startVendor({
    'GET /v2/items/': guarded(json(200, [])),
    'GET /v2/items/example-1': guarded(json(404, { message: 'no such item' })),
  });
  const parameter = '{ name: id, in: path, required: true, schema: { type: string }, example: example-1 }';
  const spec = await vendorSpec(
    folder.path,
    vendor.url,
    `
openapi: 3.0.3
info: { title: Shop, version: '7' }
security: [{ bearer: [] }]
paths:
  /v2/items/: { get: { responses: { '200': { description: ok } } } }
  /v2/items/{id}: { get: { parameters: [${parameter}], responses: { '200': { description: ok } } } }
components: { securitySchemes: { bearer: { type: http, scheme: bearer } } }
`,
  );
  await conform([...PLAIN_CHECK, '--target', 'live', '--spec-dir', spec, '--out', folder.path]);
  const run = await readRun(join(folder.path, 'latest/live.json'));
  const item = of(run, 'GET /v2/items/{id}');
  expect(item).toMatchObject({ outcome: 'skipped', expected: null });
  expect(item.explanation).toContain('there is none by the example of the contract');
  expect(item.exchanges[0]).toMatchObject({ role: 'control', purpose: 'example-id', status: 404 });
  expect(run.unproven.map(({ operation }) => operation)).toContain('GET /v2/items/{id}');
});

describe('the worlds', () => {
  test.each(DATES)('on %s every operation does what the world says that it does', async (date) => {
    await using folder = await temporaryFolder();
    const { code } = await conform([
      ...PLAIN_CHECK,
      '--target',
      'replica',
      '--world',
      date,
      '--out',
      folder.path,
    ]);
    const run = await readRun(join(folder.path, 'latest/replica.json'));
    const world = WORLDS.of(date);
    expect(run.world).toBe(date);
    for (const { id, outcome, cause, manner } of run.operations) {
      const expected = world.expect[id];
      if (expected) {
        expect({ id, outcome, ...(expected.cause && { cause }) }).toEqual({ id, ...expected });
      } else if (manner === 'forbidden-body') {
        expect(['rejects', 'absent', 'skipped'], id).toContain(outcome);
      } else {
        expect(['works', 'skipped'], id).toContain(outcome);
      }
    }
    // What nothing gives an id for is not asked, and the run says so.
    const skipped = run.operations.filter(({ outcome }) => outcome === 'skipped');
    expect(skipped.length).toBeLessThanOrEqual(4);
    for (const { id } of skipped) expect(run.unproven.map(({ operation }) => operation)).toContain(id);
    expect(code).toBe(0);
    expect(await readdir(join(folder.path, 'journal'))).toEqual([]);
  });
});

describe('requests that are no part of the API', () => {
  const here = cases.filter(({ at }) => at !== 'legacy');
  const legacy = cases.filter(({ at }) => at === 'legacy');

  test('have the outcomes that are expected of them', async () => {
    await using folder = await temporaryFolder();
    const spec = await specOf(folder.path, ['GET /v1/practitioners/', ...here.map(({ call }) => call)]);
    await conform([
      ...PLAIN_CHECK,
      '--target',
      'replica',
      '--writes',
      'route',
      '--spec-dir',
      spec,
      '--out',
      folder.path,
    ]);
    const run = await readRun(join(folder.path, 'latest/replica.json'));
    const found = here.map(({ id, call }) => [id, of(run, call).outcome]);
    expect(found).toEqual(here.map(({ id, outcome }) => [id, outcome]));
  });

  test('on the former host all are gone', async () => {
    await using folder = await temporaryFolder();
    await using replica = await startWorld();
    const spec = await specOf(
      folder.path,
      legacy.map(({ call }) => call),
    );
    const args = [
      ...PLAIN_CHECK,
      '--target',
      'legacy',
      '--base-url',
      replica.legacyUrl ?? '',
      '--writes',
      'none',
    ];
    await conform([...args, '--spec-dir', spec, '--out', folder.path]);
    const run = await readRun(join(folder.path, 'latest/legacy.json'));
    for (const { id, call } of legacy.filter(({ call }) => call.startsWith('GET')))
      expect([id, of(run, call).outcome]).toEqual([id, 'gone']);
  });

  test('audit names the operation that was intended, wherever there is one', async () => {
    await using folder = await temporaryFolder();
    const stdin = cases.map(({ call }) => call).join('\n');
    const { code, out } = await conform(['audit', '-', '--json', '--out', folder.path], { stdin });
    const audited = JSON.parse(out) as { nearest?: string; known: boolean }[];
    expect(code).toBe(1);
    const found = audited.map(({ nearest }, index) => [cases[index]?.id, cases[index]?.nearest && nearest]);
    // An operation of another method is no suggestion for a call that changes something.
    const intended = cases.map(({ id, call, nearest }) => [
      id,
      call.startsWith('GET ') || nearest?.split(' ')[0] === call.split(' ')[0] ? nearest : undefined,
    ]);
    expect(found).toEqual(intended);
    expect(intended.filter(([, nearest]) => nearest !== undefined).length).toBeGreaterThan(15);
  });
});

describe('when nothing can be judged, the run says why and exits with 3', () => {
  const env = { WELLSKY_CLIENT_ID: 'client-id-for-tests', WELLSKY_CLIENT_SECRET: 'client-secret-for-tests' };

  test('a host that is down', async () => {
    await using folder = await temporaryFolder();
    const args = [
      ...PLAIN_CHECK,
      '--target',
      'sandbox',
      '--base-url',
      'http://127.0.0.1:9',
      '--out',
      folder.path,
    ];
    const { code, out } = await conform(args, { env });
    expect(code).toBe(3);
    expect(out).toContain('Nothing could be judged');
    expect(out).toMatch(/nothing listens/i);
    expect(out.split('\n').length).toBeLessThan(15);
    expect(out).not.toContain('route-missing');
  });

  test('a token endpoint that fails', async () => {
    await using folder = await temporaryFolder();
    await using server = await serve((_, response) => {
      response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>Service Unavailable</h1>');
    });
    const { url } = server;
    const { code } = await conform(
      [...PLAIN_CHECK, '--target', 'sandbox', '--base-url', url, '--out', folder.path],
      { env },
    );
    expect(code).toBe(3);
    const run = await readRun(join(folder.path, 'latest/sandbox.json'));
    expect(new Set(run.operations.map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
    expect(run.operations[1]?.explanation).toMatch(/no token could be had/i);
  });

  test('a token that nothing accepts: no operation is blamed', async () => {
    await using folder = await temporaryFolder();
    await using server = await serve((request, response) => {
      const isToken = request.url?.startsWith('/oauth/') ?? false;
      response.writeHead(isToken ? 200 : 401, { 'content-type': 'application/json' });
      response.end(
        isToken
          ? '{"access_token":"dead-token-for-tests","expires_in":"3599"}'
          : '{"message":"Unauthorized"}',
      );
    });
    const { url } = server;
    const args = [
      ...PLAIN_CHECK,
      '--target',
      'sandbox',
      '--base-url',
      url,
      '--writes',
      'none',
      '--out',
      folder.path,
    ];
    const { code } = await conform(args, { env });
    const run = await readRun(join(folder.path, 'latest/sandbox.json'));
    const asked = run.operations.filter(({ outcome, tag }) => outcome !== 'skipped' && tag !== 'token');
    expect(asked.length).toBeGreaterThan(5);
    expect(new Set(asked.map(({ layer }) => layer))).toEqual(new Set(['token']));
    expect(code).toBe(3);
  });
});

describe('writes', () => {
  test('“route” changes nothing on the host, byte for byte', async () => {
    await using folder = await temporaryFolder();
    await using replica = await startWorld();
    const before = replica.snapshot();
    const args = [...PLAIN_CHECK, '--target', 'replica', '--base-url', replica.url, '--writes', 'route'];
    await conform([...args, '--out', folder.path]);
    const run = await readRun(join(folder.path, 'latest/replica.json'));
    const writes = run.operations.filter(({ manner }) => manner === 'invalid-token');
    expect(writes.length).toBeGreaterThan(30);
    expect(new Set(writes.map(({ outcome }) => outcome))).toEqual(new Set(['denied']));
    expect(replica.snapshot()).toBe(before);
  });

  test('“full” removes everything that it has created', async () => {
    await using folder = await temporaryFolder();
    await using replica = await startWorld();
    const kept = (text: string) => (JSON.parse(text) as { records: [string, unknown[]][] }).records;
    const before = kept(replica.snapshot());
    await conform([
      ...PLAIN_CHECK,
      '--target',
      'replica',
      '--base-url',
      replica.url,
      '--writes',
      'full',
      '--out',
      folder.path,
    ]);
    const after = kept(replica.snapshot());
    // A task log goes with its care log on the real host; the replica keeps it.
    const but = (records: typeof before) => records.filter(([name]) => name !== 'tasklogs');
    expect(but(after)).toEqual(but(before));
  });

  test('production is locked twice, and never written to for real', async () => {
    const full = await conform([...PLAIN_CHECK, '--target', 'production', '--writes', 'full', '--plan']);
    expect([full.code, full.err]).toEqual([2, expect.stringContaining('never allowed')]);
    const validate = await conform([
      ...PLAIN_CHECK,
      '--target',
      'production',
      '--writes',
      'validate',
      '--plan',
    ]);
    expect([validate.code, validate.err]).toEqual([
      2,
      expect.stringContaining('CONFORM_UNLOCK_WRITES=production'),
    ]);
    const elsewhere = await conform([
      ...PLAIN_CHECK,
      '--target',
      'sandbox',
      '--base-url',
      'https://connect.clearcareonline.com',
      '--plan',
    ]);
    expect([elsewhere.code, elsewhere.err]).toEqual([
      2,
      expect.stringContaining('is the host of the target “production”'),
    ]);
  });
});

describe('asking well', () => {
  // How much of the rate is used is shown by npm run bench:check.
  test('never asks faster than is documented, as the host counts it', async () => {
    await using folder = await temporaryFolder();
    await using replica = await startWorld();
    const calls = Array.from({ length: 400 }, (_, index) => `GET /v1/practitioners/?n=${index}`);
    const spec = await specOf(folder.path, calls);
    const args = [...PLAIN_CHECK, '--target', 'replica', '--base-url', replica.url, '--spec-dir', spec];
    await conform([...args, '--out', folder.path]);
    const run = await readRun(join(folder.path, 'latest/replica.json'));
    expect(run.operations.some(({ statuses }) => statuses.includes(429))).toBe(false);
    expect(replica.peak()).toBeLessThanOrEqual(100);
  });

  test('renews a token that runs out in the middle of the run', async () => {
    await using folder = await temporaryFolder();
    const world = WORLDS.of();
    const { token } = world;
    if (!token) throw new Error('the world gives no tokens');
    const body = { ...(token.answer.body as object), expires_in: '2' };
    const brief = { ...token, lifetimeSeconds: 2, answer: { ...token.answer, body } };
    const replica = await startReplica({
      world: { ...world, token: brief },
      contract: CONTRACT,
      clock: testClock,
    });
    const calls = Array.from({ length: 400 }, (_, index) => `GET /v1/locations/?n=${index}`);
    const spec = await specOf(folder.path, calls);
    const args = [...PLAIN_CHECK, '--target', 'replica', '--base-url', replica.url, '--spec-dir', spec];
    await conform([...args, '--out', folder.path]);
    await replica.close();
    const { operations } = await readRun(join(folder.path, 'latest/replica.json'));
    expect(new Set(operations.flatMap(({ statuses }) => statuses))).toEqual(new Set([200]));
  });

  test('--plan says what would be asked and asks nothing', async () => {
    await using replica = await startWorld();
    const before = replica.peak();
    const args = [
      ...PLAIN_CHECK,
      '--target',
      'replica',
      '--base-url',
      replica.url,
      '--writes',
      'full',
      '--plan',
    ];
    const { code, out } = await conform(args);
    expect(code).toBe(0);
    expect(out).toMatch(/write +POST \/v1\/patients\//);
    expect(out).toMatch(/Up to \d+ records would be created, and removed again/);
    expect(replica.peak()).toBe(before);
  });

  for (const [name, stopBy, code] of [
    ['Ctrl-C', 'SIGINT', 130],
    ['a termination request', 'SIGTERM', 143],
    ['the deadline', 'deadline', 0],
  ] as const) {
    test(`${name} leaves the run so far, marked as incomplete, and ends with ${code}`, async () => {
      await using folder = await temporaryFolder();
      const clock = standingClock();
      const ANSWERED = 9;
      let asked = 0;
      let stop = (): void => undefined;
      await using host = await serve((request, response) => {
        const isToken = request.url?.startsWith('/oauth/') ?? false;
        if (!isToken) asked += 1;
        // What comes after the ninth is never answered: only to be stopped can end the run.
        if (asked > ANSWERED) stop();
        else {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(isToken ? '{"access_token":"token-for-tests","expires_in":"3599"}' : '{"entry":[]}');
        }
      });
      const spec = await specOf(
        folder.path,
        Array.from({ length: 20 }, (_, index) => `GET /v1/practitioners/?n=${index}`),
      );
      const targets = join(spec, 'targets.yaml');
      // A clock that stands still never gives a second turn to what is paced.
      await writeFile(
        targets,
        (await readFile(targets, 'utf8')).replaceAll(/^ +requestsPerSecond: .*$/gm, ''),
      );
      const args = [...PLAIN_CHECK, '--target', 'replica', '--base-url', host.url, '--writes', 'none'];
      const started = start([...args, '--spec-dir', spec, '--out', folder.path, '--deadline', '90s'], {
        clock,
      });
      stop = () => {
        if (stopBy === 'deadline') clock.advance(90_000);
        else started.stop(stopBy);
      };
      await mkdir(join(folder.path, 'latest'));
      await writeFile(join(folder.path, 'latest/report.html'), 'the report of before');
      const ended = await started.done;
      expect([ended.code, ended.out]).toEqual([
        code,
        expect.stringContaining('The report was left as it was'),
      ]);
      expect(await readFile(join(folder.path, 'latest/report.html'), 'utf8')).toBe('the report of before');
      const [, file = ''] = /^Run: +(.+)$/m.exec(ended.out) ?? [];
      const run = await readRun(file);
      expect(run.complete).toBe(false);
      expect(run.operations.filter(({ outcome }) => outcome === 'skipped')).not.toEqual([]);
      for (const { outcome } of run.operations) expect(['works', 'deviates', 'skipped']).toContain(outcome);
    });
  }
});
