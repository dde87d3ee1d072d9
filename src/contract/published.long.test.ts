import { existsSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { readRun } from '../record/store.js';
import { conform, temporaryFolder } from '../testing/conform.js';

const GITHUB = join(PACKAGE_ROOT, '.published/node_modules/@octokit/openapi/generated/api.github.com.json');
const missing = !existsSync(GITHUB);

describe(`a contract that another vendor publishes${missing ? ' (skipped: scripts/fetch-published.sh has not fetched it)' : ''}`, () => {
  test.skipIf(missing)(
    'GitHub’s, of more than a thousand operations, is loaded, served and checked',
    async () => {
      await using folder = await temporaryFolder();
      const spec = join(folder.path, 'github');
      await mkdir(spec);
      await symlink(GITHUB, join(spec, 'openapi.json'));
      const args = ['check', '--spec-dir', spec, '--shard', '1/12', '--out', folder.path];
      const { code, out, err } = await conform(args);
      expect(err).toContain('things in the contract were repaired in memory');
      expect(out).toMatch(/mock: .*\(\d{2,3} of \d{4} operations\)/);
      // Some of its own examples break it, and the mock serves them: that is found.
      expect(code).toBe(1);
      const { operations, complete } = await readRun(join(folder.path, 'latest/mock.json'));
      expect(complete).toBe(true);
      const share = (outcome: string) =>
        operations.filter((operation) => operation.outcome === outcome).length / operations.length;
      expect(share('works')).toBeGreaterThan(0.9);
      expect(share('skipped') + share('broken') + share('unreachable')).toBe(0);
      expect(
        (await conform(['generate', '--spec-dir', spec, '--into', join(folder.path, 'generated')])).code,
      ).toBe(0);
    },
  );
});
