import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { startReplica } from '../replica/replica.js';
import { openSpec } from '../spec/open.js';
import { temporaryFolder } from '../testing/conform.js';
import { conformProcess as conform, startProcess as start } from '../testing/process.js';

// What only the program as a process can show: exit codes, streams, signals, the current folder, and that it ends.

test('without credentials a live target ends with exit code 3 and the names of the variables', async () => {
  await using folder = await temporaryFolder();
  const { code, err } = await conform(['check', '--target', 'production'], { cwd: folder.path });
  expect(code).toBe(3);
  expect(err).toContain('WELLSKY_CLIENT_ID and WELLSKY_CLIENT_SECRET not set');
});

describe('conform suites', () => {
  test('states every promise of every operation, and writes JUnit', async () => {
    await using folder = await temporaryFolder();
    const { code, out } = await conform(['suites', '--target', 'mock', '--out', folder.path]);
    expect(code).toBe(0);
    expect(out).toMatch(/Tests\s+\d+ passed/);
    const junit = await readFile(join(folder.path, 'latest', 'suites-mock.xml'), 'utf8');
    expect(junit).toContain('GET /v1/patients/ &gt; An answer has a status that the contract documents.');
  });

  test('runs what a consumer does, live, on a target that keeps its records', async () => {
    await using folder = await temporaryFolder();
    const { code, out } = await conform(['suites', '--target', 'replica', '--out', folder.path]);
    expect(out).toMatch(/Know which caregiver calls[^]*✓ and nobody who has another phone/);
    expect(out).toMatch(/↓ the fax is filed .*\[it is expected of this target: broken \(crashed\)\]/);
    expect(code).toBe(0);
    const junit = await readFile(join(folder.path, 'latest', 'suites-replica.xml'), 'utf8');
    expect(junit).toMatch(/<testsuite name="flows\.suite\.js"[^>]* failures="0" errors="0"/);
    expect(junit).toContain('Clock in &gt; clocking in once more gives the same care log');
    expect(junit).toContain('Clock out &gt; what the flow has created is gone again');
  });

  test('runs the flows of another vendor, that are data', async () => {
    await using folder = await temporaryFolder();
    const args = ['suites', '--spec-dir', 'examples/boats', '--target', 'replica', '--out', folder.path];
    const { code, out } = await conform(args);
    expect(out).toMatch(/Find a boat for a party[^]*✓ its loans are of that boat/);
    expect(code).toBe(0);
  });
});

describe('writes', () => {
  test('a run that is killed leaves a journal, and cleanup removes what it names', async () => {
    await using folder = await temporaryFolder();
    const { worlds, contract } = await openSpec(join(PACKAGE_ROOT, 'spec'), ['worlds', 'contract']);
    const replica = await startReplica({ world: worlds.of(), contract });
    const count = () => replica.snapshot().length;
    const before = count();
    const args = [
      'check',
      '--target',
      'replica',
      '--base-url',
      replica.url,
      '--writes',
      'full',
      '--out',
      folder.path,
    ];
    const { child, done } = start(args);
    while (count() === before && child.exitCode === null) await sleep(1);
    child.kill('SIGKILL');
    await done;
    expect(await readdir(join(folder.path, 'journal'))).toHaveLength(1);
    const cleaned = await conform(['cleanup', '--base-url', replica.url, '--forget', '--out', folder.path]);
    expect([cleaned.code, cleaned.out]).toEqual([0, expect.stringContaining('Nothing is left behind')]);
    expect(await readdir(join(folder.path, 'journal'))).toEqual([]);
    await replica.close();
  });
});
