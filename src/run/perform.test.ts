import type { IncomingMessage, ServerResponse } from 'node:http';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseChecks } from '../checks/select.js';
import type { Contract } from '../contract/contract.js';
import { samplesOf, type SamplesFile } from '../probe/samples.js';
import { Secrets } from '../target/secrets.js';
import type { Target, WritePolicy } from '../target/targets.js';
import { leapingClock } from '../testing/clock.js';
import { temporaryFolder } from '../testing/folder.js';
import { OAUTH, contractOf, targetOf, THINGS } from '../testing/host.js';
import { serve } from '../testing/serve.js';
import { expectations } from './expected.js';
import { performRun } from './perform.js';
import { planRun } from './plan.js';

const send = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** A host with a token endpoint; it lists one thing, and creates and removes others. */
/** A shop that keeps what is created in it until it is removed. */
function shop(): Record<string, (response: ServerResponse) => unknown> {
  let isThere = false;
  return {
    'POST /token': (response) => send(response, 200, { access_token: 'token-for-tests', expires_in: 3600 }),
    'GET /things/': (response) => send(response, 200, [{ id: 'of-a-customer' }]),
    'GET /things/of-a-customer/': (response) => send(response, 200, { id: 'of-a-customer' }),
    'POST /things/': (response) => {
      isThere = true;
      send(response, 201, { id: 'new-1' });
    },
    'GET /things/new-1/': (response) =>
      send(response, isThere ? 200 : 404, { id: 'new-1', name: 'Conform-Test abababab' }),
    'DELETE /things/new-1/': (response) => {
      isThere = false;
      response.writeHead(204).end();
    },
  };
}

interface Given {
  paths?: string;
  contract?: Contract;
  host?: Record<string, (response: ServerResponse) => unknown>;
  policy?: WritePolicy;
  samples?: SamplesFile;
  other?: boolean;
  signal?: AbortSignal;
  checks?: string[];
  /** Before anything is asked. */
  prepare?: (folder: string) => Promise<void>;
}

/** Performs a run on a host of its own, and tells what was asked of it and of the other host. */
async function perform(given: Given = {}) {
  const asked: string[] = [];
  const elsewhere: string[] = [];
  const noted =
    (list: string[], host: Given['host'] = {}) =>
    (request: IncomingMessage, response: ServerResponse) => {
      const call = `${request.method ?? ''} ${request.url ?? ''}`;
      list.push(`${call} ${request.headers.authorization ?? 'no token'}`);
      const handler = host[call];
      if (handler) handler(response);
      else send(response, 403, { message: 'no such route' });
    };
  await using folder = await temporaryFolder();
  await using here = await serve(noted(asked, { ...shop(), ...given.host }));
  await using there = await serve(noted(elsewhere));
  await given.prepare?.(folder.path);
  const contract = given.contract ?? contractOf(given.paths ?? THINGS);
  const samples = samplesOf(given.samples ?? {});
  const target: Target & { baseUrl: string } = targetOf({ oauth: OAUTH, baseUrl: here.url });
  const journals = join(folder.path, 'journal');
  const faults: Error[] = [];
  const running = performRun({
    id: '20260226T174000Z-live',
    startedAt: new Date('2026-02-26T17:40:00Z'),
    contract,
    target,
    otherHost: given.other ? targetOf({ name: 'other', oauth: OAUTH, baseUrl: there.url }) : undefined,
    plan: planRun(contract, target, given.policy ?? 'none', samples, {
      checks: chooseChecks(given.checks ?? []),
    }),
    samples,
    signatures: { all: [], names: [], texts: [] },
    expectations: expectations({ operations: {} }),
    environment: {
      [OAUTH.clientId]: 'client-id-for-tests',
      [OAUTH.clientSecret]: 'client-secret-for-tests',
      SHOP_KEY: 'key-of-ours',
    },
    invented: false,
    secrets: new Secrets(),
    world: undefined,
    journals,
    clock: leapingClock(),
    chance: (bytes) => 'ab'.repeat(bytes),
    signal: given.signal ?? new AbortController().signal,
    onProgress: () => undefined,
    limitOf: () => undefined,
    onFault: (error) => faults.push(error),
  });
  const run = await running.catch((error: unknown) => String(error));
  const left = await readdir(journals).catch(() => []);
  return { run: typeof run === 'string' ? undefined : run, failure: run, asked, elsewhere, left, faults };
}

test('a run on a host that gives no token asks nothing of it, and says why of each operation', async () => {
  const { run, asked } = await perform({ host: { 'POST /token': (response) => send(response, 401, {}) } });
  expect(asked).toEqual(['POST /token no token']);
  expect(new Set(run?.operations.map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
  expect(run?.operations[0]?.explanation).toMatch(/^No token could be had/);
  expect(run?.unproven).toHaveLength(8);
});

test('one answer that the program itself fails on ends no run: the rest is judged, and the fault is reported', async () => {
  const contract = contractOf(
    `${THINGS}/odd/: { get: { responses: { '200': { description: ok, content: { application/json: { schema: { type: object } } } } } } }`,
  );
  const { answer } = contract.validators;
  const failing = {
    ...answer,
    check: (): never => {
      throw new RangeError('Maximum call stack size exceeded');
    },
  };
  const host = { 'GET /odd/': (response: ServerResponse) => send(response, 200, {}) };
  const validators = { ...contract.validators, answer: failing };
  const { run, faults } = await perform({ contract: { ...contract, validators }, host });
  const outcomes = new Map(run?.operations.map(({ id, outcome }) => [id, outcome]));
  expect([outcomes.get('GET /odd/'), outcomes.get('GET /things/')]).toEqual(['skipped', 'deviates']);
  expect(faults.map(({ message }) => message)).toEqual(['Maximum call stack size exceeded']);
});

test('a token that no header can hold is reported as that, and sent nowhere', async () => {
  const give = (token: string) => (response: ServerResponse) => send(response, 200, { access_token: token });
  for (const token of ['token-for-tests\r\nx-admin: 1', 'token-for-tests-\u2028']) {
    const { run, asked } = await perform({ host: { 'POST /token': give(token) } });
    expect(asked).toEqual(['POST /token no token']);
    for (const { outcome, explanation, evidence, fix } of run?.operations ?? []) {
      expect(outcome).toBe('skipped');
      expect(explanation).toMatch(
        /^No token could be had: The token endpoint answered 200 and gave a token, but one that cannot be sent/,
      );
      expect(evidence).toEqual([expect.stringMatching(/^POST http\S+\/token at \S+: 200\.$/)]);
      expect(fix).toContain('visible ASCII');
    }
  }
  const { run } = await perform({ host: { 'POST /token': give('') } });
  expect(run?.operations[0]?.explanation).toContain('has no token where targets.yaml says');
});

test('a token is sent as it is, whatever it means to a replacement', async () => {
  for (const token of ['a$&b', "$`$'", '$1$$', '{token}$<x>']) {
    const { asked } = await perform({
      host: { 'POST /token': (response) => send(response, 200, { access_token: token }) },
    });
    expect(asked).toContain(`GET /things/ Bearer ${token}`);
  }
});

test('a run that was stopped is not complete', async () => {
  expect((await perform()).run?.complete).toBe(true);
  const { run, asked } = await perform({ signal: AbortSignal.abort() });
  expect([run?.complete, asked]).toEqual([false, []]);
});

test('a run asks nothing where it could create something and the journal cannot be written', async () => {
  const prepare = (folder: string) => writeFile(join(folder, 'journal'), 'a file, where a folder is needed');
  for (const policy of ['validate', 'full'] as const) {
    const { failure, asked } = await perform({ policy, prepare });
    expect(failure).toContain('without it nothing is created');
    expect(asked).toEqual([]);
  }
  expect((await perform({ policy: 'route', prepare })).run?.complete).toBe(true);
});

test('the journal is gone when nothing is left, and stays while something is', async () => {
  expect((await perform({ policy: 'full' })).left).toEqual([]);
  const failing = { 'DELETE /things/new-1/': (response: ServerResponse) => send(response, 500, {}) };
  expect((await perform({ policy: 'full', host: failing })).left).toHaveLength(1);
});

test('what the samples take from the environment goes with good credentials only', async () => {
  const things = (response: ServerResponse) => {
    const isGood = response.req.headers.authorization === 'Bearer token-for-tests';
    send(response, isGood ? 200 : 401, []);
  };
  const { asked } = await perform({
    policy: 'route',
    paths: '/things/: { get: {} }\n/things/{id}/: { delete: {} }\n',
    samples: { operations: { 'GET /things/': { query: { key: { env: 'SHOP_KEY' } } } } },
    host: { 'GET /things/': things, 'GET /things/?key=key-of-ours': things },
  });
  const reads = asked.filter((call) => call.startsWith('GET /things/'));
  expect(reads[0]).toBe('GET /things/?key=key-of-ours Bearer token-for-tests');
  const others = reads.filter((call) => !call.endsWith(' Bearer token-for-tests'));
  expect(others.length).toBeGreaterThan(0);
  for (const call of others) expect(call).not.toContain('key-of-ours');
});

test('a token is asked for where the target says, wherever the contract has that operation', async () => {
  const paths =
    '/things/: { get: {} }\n/token: { servers: [{ url: "https://login.shop.example" }], post: { security: [] } }\n';
  const contract = contractOf(paths, undefined, '[{ url: "https://api.shop.example" }]');
  const { run, asked, elsewhere } = await perform({ contract });
  expect(asked).toContain('POST /token no token');
  expect(run?.operations.map(({ id, statuses }) => [id, statuses])).toEqual([
    ['GET /things/', [200]],
    ['POST /token', [200]],
  ]);
  expect(elsewhere).toEqual([]);
});

test('another host is shown no token', async () => {
  const { elsewhere } = await perform({
    paths: '/plans/: { get: {} }\n/things/: { get: {} }\n',
    other: true,
  });
  expect(elsewhere).toEqual(['GET /__absent_abababab/ no token', 'GET /plans/ no token']);
});

describe('what is not proven', () => {
  test('is what was asked with a bad token or a forbidden body, and what was not asked', async () => {
    const unproven = async (policy: WritePolicy) => {
      const refused = (response: ServerResponse) => send(response, 422, {});
      const { run } = await perform({
        policy,
        paths:
          '/things/: { get: {} }\n/things/{id}/: { put: { requestBody: { content: { application/json: { schema: { required: [x], type: object } } } } } }\n',
        host: {
          'GET /things/': (response) => {
            const isGood = response.req.headers.authorization === 'Bearer token-for-tests';
            send(response, isGood ? 200 : 401, isGood ? [] : {});
          },
          'GET /things/conform-absent-abababababababab/': (response) => send(response, 404, {}),
          'PUT /things/conform-absent-abababababababab/': refused,
        },
      });
      return run?.unproven.map(({ operation, why }) => `${operation}: ${why}`);
    };
    expect(await unproven('none')).toEqual([
      expect.stringMatching(/^PUT .*the policy of the run is not to ask/),
    ]);
    expect(await unproven('route')).toEqual([
      expect.stringMatching(/^PUT .*with a token that is invalid on purpose/),
    ]);
    expect(await unproven('validate')).toEqual([
      expect.stringMatching(/^PUT .*with a body that the contract forbids/),
    ]);
  });
});

describe('reads that are held to further promises', () => {
  const paths = `
/boats/: { get: { parameters: [{ name: limit, in: query, schema: { type: integer } }], responses: { '200': {} } } }
/oars/: { get: { responses: { '200': {} } } }
`;
  const boats = (response: ServerResponse) => send(response, 200, [{ id: 1 }, { id: 2 }, { id: 3 }]);
  const host = {
    'GET /boats/': boats,
    'GET /boats/?limit=2': boats,
    'GET /oars/': (response: ServerResponse) => send(response, 200, [{ id: 1 }]),
  };
  const checks = ['list/page-size'];

  test('deviate where they break one of the contract, and say what came of each', async () => {
    const { run, asked } = await perform({ paths, host, checks });
    const [of, others] = run?.operations ?? [];
    expect(of).toMatchObject({
      outcome: 'deviates',
      checks: [{ id: 'list/page-size', result: 'failed' }],
      findings: [{ check: 'list/page-size', code: 'larger-than-asked', facts: { asked: 2, came: 3 } }],
    });
    const shown = of?.exchanges[of.findings[0]?.exchange ?? 0];
    expect(shown).toMatchObject({ role: 'control', purpose: 'list/page-size: two things a page' });
    expect(shown?.url).toMatch(/\?limit=2$/);
    expect(others).toMatchObject({ outcome: 'works', checks: [{ result: 'not-applicable' }] });
    // Once, and once more after a pause, with the operation itself.
    expect(asked.filter((call) => call.includes('limit=2'))).toHaveLength(2);
    expect(asked.filter((call) => call.startsWith('GET /boats/ '))).toHaveLength(2);
    expect(run?.budget?.sent.checks).toBe(3);
  });

  test('are not, where nobody wants it', async () => {
    const { run, asked } = await perform({ paths, host });
    expect(run?.operations.map(({ outcome, checks: held }) => [outcome, held])).toEqual([
      ['works', undefined],
      ['works', undefined],
    ]);
    expect(asked.filter((call) => call.includes('limit=2'))).toEqual([]);
  });
});
