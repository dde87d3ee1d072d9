// Passes a simulated quarter with `conform nightly`: sixty days in spring and thirty in autumn, through both changes of
// daylight saving, with changes of cause, shape, latency, contract and proof, days without a run, nights that overlap, a dead
// network, kill -9, a full disk and receivers that cannot be reached. Each morning has to be as src/testing/quarter/story.ts
// says; every night that began has its record; and nobody is notified of anything twice.
//
//   npm run test:quarter
//   node nights/quarter.js --seed 7       other data, other latencies
//   node nights/quarter.js --story autumn one of them: spring, autumn, short
//   node nights/quarter.js --show         the first line of every morning
//
// As root on Linux the disk is a small one in memory, and really full; elsewhere nothing can be written into its folders.
//
// Exit codes: 0 all as it has to be, 1 not, 2 wrong usage.
import { Buffer } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { playStory } from '../dist/src/testing/quarter/play.js';
import { STORIES } from '../dist/src/testing/quarter/story.js';
import { runScript } from '../real-hosts/closing.js';

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '2026' },
      story: { type: 'string', multiple: true, default: ['spring', 'autumn'] },
      show: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error('--seed is a whole number');
  const unknown = values.story.find((name) => !STORIES.some((one) => one.name === name));
  if (unknown !== undefined) throw new Error(`there is no story “${unknown}”`);
  return { seed, stories: STORIES.filter(({ name }) => values.story.includes(name)), show: values.show };
}

/** @param {ReturnType<typeof readOptions>} options @returns {Promise<number>} the exit code */
async function main({ seed, stories, show }) {
  let faults = 0;
  for (const story of stories) {
    const folder = await mkdtemp(join(tmpdir(), 'conform-quarter-'));
    const disk = await smallDisk(join(folder, 'out'));
    const colours = new Map();
    try {
      const ending = await playStory(
        story,
        { folder, seed, ...(disk.isReal ? { fill } : {}) },
        ({ day, code, first }) => {
          const colour =
            code === undefined ? 'no morning' : (/^(GREEN|RED|BROKEN|NO VERDICT)/.exec(first)?.[0] ?? '?');
          colours.set(colour, (colours.get(colour) ?? 0) + 1);
          if (show) process.stdout.write(`${day}: ${first}\n`);
        },
      );
      for (const fault of ending.faults) process.stdout.write(`${fault}\n`);
      faults += ending.faults.length;
      const mornings = [...colours].map(([colour, count]) => `${count} ${colour}`).join(', ');
      const messages = [...ending.messages].map(([name, all]) => `${all.length} by ${name}`).join(', ');
      process.stdout.write(
        `${story.name}, seed ${seed}: ${story.days.length} days (${mornings}), ${ending.records.length} records, ` +
          `messages: ${messages}, ${ending.issues.length} issues; disk: ${disk.isReal ? 'really full' : 'folders out of the way'}; ` +
          `${ending.faults.length} faults\n`,
      );
    } finally {
      disk.remove();
      await rm(folder, { recursive: true, force: true });
    }
  }
  return faults > 0 ? 1 : 0;
}

/** A disk of 64 MiB in memory at a path, where this process may make one. */
async function smallDisk(path) {
  await mkdir(path, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m,mode=700', 'tmpfs', path], { stdio: 'ignore' });
    return { isReal: true, remove: () => execFileSync('umount', [path]) };
  } catch {
    return { isReal: false, remove: () => undefined };
  }
}

/** Fills the disk of a folder. @returns what makes room again */
async function fill(out) {
  const { bavail, bsize } = await statfs(out);
  const ballast = join(out, '.ballast');
  await writeFile(ballast, Buffer.alloc(bavail * bsize));
  return () => rm(ballast);
}
