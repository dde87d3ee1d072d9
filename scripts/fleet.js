// Passes one night of a large fleet, while workers are killed and the database is restarted, and prints what came of it.
// npm run test:fleet [-- --agencies 500 --on-limited 150 --workers 4 --seed 20]
import console from 'node:console';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { playFleet } from '../dist/src/testing/fleet/play.js';

const { values } = parseArgs({
  options: {
    agencies: { type: 'string', default: '500' },
    'on-limited': { type: 'string', default: '150' },
    workers: { type: 'string', default: '4' },
    concurrency: { type: 'string', default: '4' },
    seed: { type: 'string', default: '20' },
    kills: { type: 'string', default: '1000' },
    'kill-every': { type: 'string', default: '30' },
    'restarts-at': { type: 'string', default: '60,180' },
  },
});

const folder = await mkdtemp(join(tmpdir(), 'fleet-of-test-'));
let failures;
try {
  const figures = await playFleet({
    agencies: Number(values.agencies),
    onLimited: Number(values['on-limited']),
    seed: Number(values.seed),
    workers: Number(values.workers),
    concurrency: Number(values.concurrency),
    kills: Number(values.kills),
    killEveryMs: Number(values['kill-every']) * 1000,
    restartsAtMs: values['restarts-at']
      .split(',')
      .filter(Boolean)
      .map((at) => Number(at) * 1000),
    night: '2026-02-26',
    folder,
    onProgress: (text) => console.error(text),
  });
  console.log(JSON.stringify(figures, null, 2));
  failures = [
    [figures.recorded === figures.agencies, 'every agency is recorded'],
    [figures.notOnce.length === 0, 'each exactly once'],
    [figures.wrongly.length === 0, 'each with the faults that were seeded'],
    [figures.crossed === 0, 'no token asked for another agency'],
    [figures.mostInASecond <= 20, 'the rate was kept'],
    [figures.turns.requestsWithout === 0, 'each request had a turn of the rate'],
    [figures.use.windows > 0, 'there was work for the limited host'],
    [figures.use.share >= 0.9, 'the rate was used'],
    [figures.report.length === 0, 'the report names the seeded causes, and nothing else'],
    [figures.left.length === 0, 'nothing was left behind'],
  ].flatMap(([holds, what]) => (holds ? [] : [what]));
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const what of failures) console.error(`FAILED: ${what}`);
process.exitCode = failures.length > 0 ? 1 : 0;
