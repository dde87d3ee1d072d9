// Breaks real contracts, answers, run files, settings and recorded calls as trees, and gives each to the commands that read
// it, in processes with limits: none may crash, hang, take more than its memory, write outside of --out, run what is in an
// input, connect elsewhere, or show a secret. docs/fuzzing.md says more.
//
//   npm run test:fuzz                                      10,000 contracts, and 1,000 of each other kind
//   npm run test:fuzz -- --kind runs --count 200 --seed 7  so many of one kind, and the same again
//   npm run test:fuzz -- --kind runs --only 17 --seed 7    one input alone
//
// What shows a fault is made smaller and written to reports/fuzz/KIND-SEED-NUMBER.json.
// Exit codes: 0 nothing is wrong, 1 something is, 2 wrong usage.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { parseArgs } from 'node:util';
import { isKind, KINDS } from '../dist/src/testing/fuzz/kinds.js';
import { tryMany } from '../dist/src/testing/fuzz/pool.js';
import { isEnding, runScript } from '../real-hosts/closing.js';

/** @typedef {import('../dist/src/testing/fuzz/kinds.js').KindName} KindName */

const FOLDER = fileURLToPath(new URL('../reports/fuzz', import.meta.url));
/** How often a smaller input is tried for each fault. */
const REDUCTIONS = 400;

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({
    options: {
      kind: { type: 'string' },
      count: { type: 'string' },
      from: { type: 'string', default: '0' },
      only: { type: 'string' },
      seed: { type: 'string', default: '2026' },
      jobs: { type: 'string', default: '2' },
    },
  });
  const names = values.kind?.split(',') ?? Object.keys(KINDS);
  const [seed, from, jobs] = [values.seed, values.only ?? values.from, values.jobs].map(Number);
  const given = values.only === undefined ? values.count : '1';
  if (![seed, from, jobs, Number(given ?? 0)].every(Number.isInteger))
    throw new Error('--seed, --count, --from, --only and --jobs are whole numbers');
  const kinds = names.map((name) => {
    if (!isKind(name)) throw new Error(`there is no kind “${name}”: ${Object.keys(KINDS).join(', ')}`);
    return { kind: name, count: given === undefined ? 10_000 * KINDS[name].share : Number(given) };
  });
  return { kinds, seed: Number(seed), from: Number(from), jobs: Number(jobs) };
}

/** @param {ReturnType<typeof readOptions>} options @returns {Promise<number>} the exit code */
async function main({ kinds, seed, from, jobs }) {
  let wrong = 0;
  for (const { kind, count } of kinds) {
    if (isEnding()) break;
    const sum = await tryMany({
      ...{ kind, seed, from, count, jobs, reductions: REDUCTIONS, isEnding },
      onProgress: ({ tried, findings }) => {
        if (tried % 100 === 0)
          process.stderr.write(`${kind}: ${tried} of ${count}, ${findings.length} faults\n`);
      },
    });
    const exits = Object.entries(sum.exits).map(([code, times]) => `${times} × ${code}`);
    process.stdout.write(
      `${kind}, seed ${seed}: ${sum.tried} inputs, ${sum.findings.length} faults; exit codes ${exits.join(', ')}; ` +
        `the slowest took ${sum.slowestMs} ms of a processor (${sum.slowest})\n`,
    );
    wrong += sum.findings.length;
    for (const found of sum.findings) await report(kind, seed, found);
  }
  return wrong > 0 ? 1 : 0;
}

/** @param {KindName} kind @param {number} seed @param {import('../dist/src/testing/fuzz/pool.js').Found} found */
async function report(kind, seed, found) {
  const file = join(FOLDER, `${kind}-${seed}-${found.index}.json`);
  await mkdir(FOLDER, { recursive: true });
  await writeFile(file, JSON.stringify({ kind, seed, ...found }, undefined, 2));
  process.stdout.write(
    `  ${found.what} (${found.times} times; ${found.where})\n    ${found.by.join('; ').slice(0, 300)}\n` +
      `    ${file}\n    again: npm run test:fuzz -- --kind ${kind} --seed ${seed} --only ${found.index}\n`,
  );
}
