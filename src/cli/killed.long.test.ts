import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRun } from '../record/store.js';
import { conform, temporaryFolder } from '../testing/conform.js';
import { startProcess } from '../testing/process.js';
import { recordedFile } from '../testing/recorded.js';
import { everyFile } from '../testing/repeating-host.js';
import { SEED } from '../testing/seed.js';

/** How often a command is killed in all. */
const MOMENTS = 100;
/** How long the longest of them takes by itself, roughly; a moment after the end kills nothing, which is one of them. */
const LONGEST_MS = 4_000;

/** Commands that write something, with what they need. */
function commandsFor(out: string, folder: string): string[][] {
  const run = recordedFile('2026-02-26');
  const formats = ['html', 'md', 'junit', 'sarif', 'badge'].flatMap((format) => ['--format', format]);
  return [
    ['check', '--out', out],
    ['check', '--target', 'replica', '--writes', 'full', '--out', out],
    ['report', '--run', run, ...formats, '--out', out],
    ['report', '--run', run, '--template', 'readiness', '--out', out],
    ['ticket', '--run', run, '--out', out],
    ['gate', '--consumer', 'gigi', '--override', 'for the test of being killed', '--out', out],
    ['generate', '--into', join(folder, 'generated'), '--out', out],
    ['replica', '--tls', '--out', out],
    ['bench', '--rows', '100', '--samples', '200', '--out', out],
  ];
}

const moment = fc.tuple(fc.nat(8), fc.integer({ min: 20, max: LONGEST_MS }));

test(`whenever a command is killed, its files are whole or absent, and the next start removes the rest (seed ${SEED})`, async () => {
  await using folder = await temporaryFolder();
  const [out, tmp] = [join(folder.path, 'out'), join(folder.path, 'tmp')];
  await mkdir(tmp);
  const env = { TMPDIR: tmp };
  const commands = commandsFor(out, folder.path);
  for (const [index, [which, after]] of fc.sample(moment, { seed: SEED, numRuns: MOMENTS }).entries()) {
    const args = commands[which] ?? [];
    const { child, done } = startProcess(args, { env });
    await Promise.race([wait(after), done]);
    child.kill('SIGKILL');
    await done;
    const what = `${index}: ${args.join(' ')}, killed after ${after} ms`;
    // A server that was just started is stopped by its watchdog, which takes a moment.
    for (
      let round = 0;
      round < 300 && (await readdir(tmp)).some((name) => name.includes('postgres'));
      round++
    )
      await wait(100);
    await startProcess(['history', '--out', out, '--quiet'], { env }).done;
    expect(await readdir(tmp), what).toEqual([]);
    for (const [file, text] of await everyFile(folder.path)) {
      expect(file, what).not.toMatch(/\.(?:part|claim)$/);
      if (file.endsWith('.json')) expect(() => JSON.parse(text) as unknown, `${what}: ${file}`).not.toThrow();
      if (file.includes('/runs/')) await expect(readRun(file), what).resolves.toBeDefined();
      if (file.endsWith('.html')) expect(text.trimEnd(), what).toMatch(/<\/html>$/);
      if (file.endsWith('.jsonl')) expect(text.split('\n').length, what).toBeGreaterThan(1);
    }
  }
  // What was killed while it wrote to a host is named, and nothing else stands in the way of the next run.
  const { code } = await conform(['check', '--target', 'mock', '--out', out]);
  expect(code).toBe(0);
});
