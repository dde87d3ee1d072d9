// Changes the pastes of the readers as people and programs do (cut, joined, encoded, quoted, in another order), plants
// values of persons and secrets in them, and explains each: it may not fail, hang, show what was planted, be certain, or
// find an answer where there is none; and what is only surrounded or written otherwise has to be read as before.
//
//   npm run test:pastes                            100,000 pastes
//   node pastes/check.js --count 500 --seed 7      so many, and the same again
//
// Exit codes: 0 nothing is wrong, 1 something is, 2 wrong usage.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { seeded } from '../dist/src/testing/egress/random.js';
import { openBench, tryPaste } from '../dist/src/testing/paste-trial.js';
import { isEnding, runScript } from '../real-hosts/closing.js';

/** A paste that takes longer is one that hangs, on the slowest machine. */
const LONGEST_MS = 20_000;
/** So many that are wrong are shown. */
const SHOWN = 20;

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({
    options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '2026' } },
  });
  const [count, seed] = [values.count, values.seed].map(Number);
  if (!Number.isInteger(count) || !Number.isInteger(seed))
    throw new Error('--count and --seed are whole numbers');
  return { count: Number(count), seed: Number(seed) };
}

/** @param {{ count: number, seed: number }} options @returns {Promise<number>} the exit code */
async function main({ count, seed }) {
  const bench = await openBench();
  const random = seeded(seed);
  const sum = { tried: 0, wrong: 0, slowest: 0 };
  for (; sum.tried < count && !isEnding(); sum.tried++) {
    const started = process.hrtime.bigint();
    const { faults, by, text } = tryPaste(bench, random);
    const ms = Number(process.hrtime.bigint() - started) / 1e6;
    sum.slowest = Math.max(sum.slowest, ms);
    if (ms > LONGEST_MS) faults.push('it takes too long');
    if (faults.length > 0) {
      sum.wrong += 1;
      if (sum.wrong <= SHOWN) {
        process.stdout.write(`paste ${sum.tried} (${by.join(', ')}): ${faults.join('; ')}\n`);
        process.stdout.write(`${JSON.stringify(text.slice(0, 2000))}\n`);
      }
    }
    if ((sum.tried + 1) % 5000 === 0) process.stderr.write(`${sum.tried + 1} of ${count} pastes\n`);
  }
  process.stdout.write(
    `Seed ${seed}: ${sum.tried} pastes, ${sum.wrong} wrong, the slowest took ${Math.round(sum.slowest)} ms\n`,
  );
  return sum.wrong > 0 ? 1 : 0;
}
