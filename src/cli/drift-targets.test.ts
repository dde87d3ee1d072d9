import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Drift } from '../drift/change.js';
import type { Run } from '../record/run.js';
import { conform, temporaryFolder } from '../testing/conform.js';
import { exchangeOf } from '../testing/host.js';
import { capability, runOf } from '../testing/runs.js';

const runAt = (target: string, startedAt: string, bodyShape: unknown, ms: number): Run =>
  runOf(
    [
      capability({
        ...{ id: 'GET /things', outcome: 'works', latencyMs: { min: ms, p50: ms, max: ms } },
        exchanges: [exchangeOf({ bodyShape })],
      }),
    ],
    { target, startedAt },
  );

const SANDBOX = runAt('sandbox', '2026-03-09T05:00:00.000Z', { id: 'string 3' }, 20);

async function driftOf(runs: readonly Run[], ...more: string[]) {
  await using folder = await temporaryFolder();
  const latest = join(folder.path, 'reports/latest');
  await mkdir(latest, { recursive: true });
  for (const run of runs) await writeFile(join(latest, `${run.target}.json`), JSON.stringify(run));
  const out = ['--out', join(folder.path, 'reports'), '--json'];
  return await conform(['drift', '--targets', 'sandbox,production', ...out, ...more]);
}

test('two targets are compared by their newest runs: their bodies, and not their latency', async () => {
  const other = runAt('production', '2026-03-09T06:00:00.000Z', { id: 'string 3', size: 'integer' }, 2000);
  const { code, out, err } = await driftOf([SANDBOX, other]);
  expect([code, err]).toEqual([1, '']);
  expect((JSON.parse(out) as Drift).changes).toMatchObject([
    {
      operation: 'GET /things',
      kind: 'body-shape',
      from: 'no size',
      to: 'size (number)',
      target: 'production',
    },
  ]);
});

test('runs of two days are compared with a remark', async () => {
  const other = runAt('production', '2026-03-11T06:00:00.000Z', { id: 'string 3' }, 20);
  const { code, err } = await driftOf([SANDBOX, other]);
  expect(code).toBe(0);
  expect(err).toContain('more than a day apart');
});

test('a target without a run is named, and files are not taken besides', async () => {
  const missing = await driftOf([SANDBOX]);
  expect(missing.err).toContain('there is no run of “production” to compare');
  const both = await driftOf([SANDBOX], 'old.json');
  expect(both.err).toContain('two targets are compared by their newest runs');
  expect([missing.code, both.code]).toEqual([2, 2]);
});

test.each(['sandbox', 'sandbox,sandbox', 'a,b,c'])('“%s” names no two targets', async (names) => {
  const { code, err } = await conform(['drift', '--targets', names]);
  expect([code, err.includes('Write two targets')]).toEqual([2, true]);
});
