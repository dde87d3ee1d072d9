import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { conform, temporaryFolder } from '../../testing/conform.js';
import { SHOP, SHOP_ROUTES } from '../../testing/shop.js';
import { startVendor, vendorSpec } from '../../testing/vendor.js';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

test.skipIf(!hasCurl)('the reproduction, pasted into a shell, gets the same answer', async () => {
  await using folder = await temporaryFolder();
  await using vendor = await startVendor(SHOP_ROUTES);
  const common = ['--spec-dir', await vendorSpec(folder.path, vendor.url, SHOP), '--out', folder.path];
  await conform(['check', '--target', 'live', ...common]);
  await conform(['ticket', ...common]);
  const text = await readFile(join(folder.path, 'tickets', 'crashed-documents-live.md'), 'utf8');
  const [, block = ''] = /## To see it yourself\n[\s\S]*?\n\n((?: {4}.*\n)+)/.exec(text) ?? [];
  const script = block.replace(/^ {4}/gm, '');
  const shell = (env: Record<string, string>) =>
    promisify(execFile)('bash', ['-c', script], {
      cwd: folder.path,
      env: { PATH: process.env['PATH'], ...env },
    });
  expect((await shell({ TOKEN: 'token-for-tests' })).stdout).toContain('HTTP/1.1 500');
  expect(JSON.parse(await readFile(join(folder.path, 'body.json'), 'utf8'))).toEqual({ title: 'note.txt' });
  await expect(shell({})).rejects.toThrow('set it to the token');
});

test('a route that is taken away between two nights is the vendor’s', async () => {
  await using folder = await temporaryFolder();
  const routes = { ...SHOP_ROUTES };
  await using vendor = await startVendor(routes);
  const common = ['--spec-dir', await vendorSpec(folder.path, vendor.url, SHOP), '--out', folder.path];
  await conform(['check', '--target', 'live', ...common]);
  delete routes['GET /v2/reports/'];
  await conform(['check', '--target', 'live', ...common]);
  const { out } = await conform(['ticket', '--cause', 'route-missing', ...common]);
  expect(out).toMatch(/GET \/v2\/reports\/.*was reachable before/);
});
