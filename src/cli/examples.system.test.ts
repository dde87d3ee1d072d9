import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { readRun } from '../record/store.js';
import { conform, temporaryFolder } from '../testing/conform.js';

const SPEC = join(PACKAGE_ROOT, 'examples/boats');

test('another vendor is a folder of data: its replica keeps all promises of its contract', async () => {
  await using folder = await temporaryFolder();
  const args = ['check', '--spec-dir', SPEC, '--target', 'replica', '--out', folder.path];
  const { code, out } = await conform(args);
  expect(code, out).toBe(0);
  const run = await readRun(join(folder.path, 'latest/replica.json'));
  expect(run.operations.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
    'GET /boats works',
    'POST /boats works',
    'GET /boats/{boatId} works',
    'PUT /boats/{boatId} works',
    'DELETE /boats/{boatId} works',
    'GET /boats/{boatId}/loans works',
    'GET /tides works',
  ]);
  expect(run.operations.flatMap(({ findings }) => findings)).toEqual([]);
  // Its pages, filters, order, total, ids, key and methods were really held to something.
  const kept = run.operations.flatMap(({ checks = [] }) =>
    checks.filter(({ result }) => result === 'passed').map(({ id }) => id),
  );
  for (const id of [
    ...['list/filter-holds', 'list/sort-holds', 'list/total-agrees', 'list/pages-lose', 'list/pages-end'],
    ...['read/absent-id', 'auth/no-token', 'http/head-like-get', 'http/options-allow'],
  ])
    expect(kept).toContain(id);
});

test('what its consumer needs is there', async () => {
  await using folder = await temporaryFolder();
  const common = ['--spec-dir', SPEC, '--out', folder.path];
  await conform(['check', '--target', 'replica', ...common]);
  const { out } = await conform(['gate', '--consumer', 'wharf', ...common]);
  expect(out).toMatch(/Show the boats/);
});
