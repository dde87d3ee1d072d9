import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { temporaryFolder } from '../testing/folder.js';

const run = promisify(execFile);
const CONFORM = join(PACKAGE_ROOT, 'dist/bin/conform.js');
const PLUGINS = join(PACKAGE_ROOT, 'examples/plugins');

test('the program of the documentation checks the replica of another vendor', async () => {
  await using folder = await temporaryFolder();
  const program = join(PACKAGE_ROOT, 'examples/library/check.js');
  const { stdout } = await run('node', [program, join(PACKAGE_ROOT, 'examples/boats'), 'replica'], {
    cwd: folder.path,
  });
  expect(stdout).toContain('operations');
  expect(stdout).toMatch(/^as expected, see reports\/runs\/.*-replica\.json$/m);
});

test('it says what is wrong, without a stack trace', async () => {
  await using folder = await temporaryFolder();
  const program = join(PACKAGE_ROOT, 'examples/library/check.js');
  await expect(run('node', [program, 'nothing'], { cwd: folder.path })).rejects.toMatchObject({
    code: 2,
    stderr:
      'there is no such folder\nName the folder that holds the contract with --spec-dir, or make one with conform init.\n',
  });
});

test('the plugins of the documentation: a check finds, a format is written, a reporter hears', async () => {
  await using folder = await temporaryFolder();
  const common = [
    '--spec-dir',
    join(PACKAGE_ROOT, 'examples/boats'),
    '--out',
    folder.path,
    '--plugin',
    PLUGINS,
  ];
  const checked = await run('node', [CONFORM, 'check', '--target', 'replica', ...common]);
  expect(checked.stdout).toContain('own/request-id');
  expect(checked.stderr).toMatch(/^replica\tGET \/tides\tworks$/m);
  await run('node', [CONFORM, 'report', '--format', 'csv', ...common]);
  expect(await readFile(join(folder.path, 'latest/replica.csv'), 'utf8')).toContain('"GET /tides","works"');
  const listed = await run('node', [CONFORM, 'checks', ...common]);
  expect(listed.stdout).toContain('own/request-id');
});
