import type { ServerResponse } from 'node:http';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contractOf, THINGS } from '../testing/host.js';
import { perform, send } from '../testing/performing.js';

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
