import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { startReplica } from '../replica/replica.js';
import type { Run } from '../record/run.js';
import { readRun } from '../record/store.js';
import { openSpec } from '../spec/open.js';
import { leapingClock } from '../testing/clock.js';
import { conform, copyOfSpec, temporaryFolder } from '../testing/conform.js';

const ENV = {
  WELLSKY_CLIENT_ID: 'client-id-for-tests',
  WELLSKY_CLIENT_SECRET: 'client-secret-for-tests',
  WELLSKY_AGENCY_ID: '1234',
};

/** So long do some nights take on a machine that is busy. */
const PATIENCE_MS = 30 * 60_000;

/** The runs of some nights on a production that answers like the replica, with so many records each. */
async function nights(count: number, records?: number): Promise<Run[]> {
  await using folder = await temporaryFolder();
  const spec = await copyOfSpec(folder.path);
  if (records !== undefined)
    await writeFile(
      join(spec, 'checks.yaml'),
      `targets:\n  production:\n    budget: { records: ${records} }\n`,
    );
  const { worlds, contract } = await openSpec(join(PACKAGE_ROOT, 'spec'), ['worlds', 'contract']);
  const runs: Run[] = [];
  for (let night = 1; night <= count; night += 1) {
    const clock = leapingClock(new Date(Date.UTC(2026, 1, night, 2)));
    const replica = await startReplica({ world: worlds.of(undefined), contract, clock });
    const args = ['check', '--target', 'production', '--base-url', replica.url, '--checks', 'all'];
    await conform([...args, '--spec-dir', spec, '--out', folder.path], { env: ENV, clock });
    await replica.close();
    runs.push(await readRun(join(folder.path, 'latest/production.json')));
  }
  return runs;
}

/** The checks that had a turn in these runs, each with its operation; and those that never had. */
function turnsIn(runs: readonly Run[]) {
  const had = new Set<string>();
  const all = new Set<string>();
  for (const { operations } of runs) {
    for (const { id, checks = [] } of operations) {
      for (const { id: check, code } of checks) {
        all.add(`${check} ${id}`);
        if (code !== 'not-its-turn') had.add(`${check} ${id}`);
      }
    }
  }
  return { had, never: [...all].filter((pair) => !had.has(pair)) };
}

test(
  'with 400 records a night every check has had its turn for every operation within a week',
  async () => {
    const { had, never } = turnsIn(await nights(7, 400));
    expect(had.size).toBeGreaterThan(1000);
    expect(never).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'with the budget that a production has by default, each night goes on where the last one ended',
  async () => {
    const runs = await nights(7);
    const left = runs.map((_, index) => turnsIn(runs.slice(0, index + 1)).never.length);
    for (const [index, now] of left.entries()) if (index > 0) expect(now).toBeLessThan(left[index - 1] ?? 0);
  },
  PATIENCE_MS,
);
