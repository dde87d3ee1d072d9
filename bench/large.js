// Runs the commands on contracts of 1,250 to 10,000 operations, each as a process, and prints what each takes: seconds of a
// processor and the most memory. None may take more than 500 MB, and twice the operations no more than 2.6 times the
// processor (what is linear takes 2).
//
//   npm run bench:large                         all sizes
//   node bench/large.js --sizes 1250,2500       these sizes only
//   node bench/large.js --only check,report     these commands only, and the check whose run they read
//   node bench/large.js --linked all            contracts in which every schema leads to every other
//
// Exit codes: 0 within the limits, 1 not, 2 wrong usage.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';
import { parseArgs } from 'node:util';
import { largeContract, startLarge, writeLargeSpec } from '../dist/src/testing/large-contract.js';
import { runScript } from '../real-hosts/closing.js';

const MAIN = fileURLToPath(new URL('../dist/bin/conform.js', import.meta.url));
const USAGE = pathToFileURL(fileURLToPath(new URL('usage.js', import.meta.url))).href;
const MOST_MB = 500;
const MOST_GROWTH = 2.6;
/** What takes less is the start of the program: its growth says nothing. */
const LEAST_SECONDS = 2;

/** The commands, by what they are called in the table. @type {Record<string, (run: string) => string[]>} */
const COMMANDS = {
  contract: () => ['check', '--contract'],
  'contract in YAML': () => ['check', '--contract'],
  plan: () => ['check', '--target', 'live', '--plan'],
  check: () => ['check', '--target', 'live', '--no-checks', 'all'],
  'check with all checks': () => ['check', '--target', 'live'],
  report: (run) => ['report', '--run', run],
  drift: (run) => ['drift', run, run],
  gate: (run) => ['gate', '--consumer', 'large', '--run', run],
  coverage: () => ['coverage', '--json'],
  history: () => ['history'],
  ticket: (run) => ['ticket', '--run', run],
};
/** What reads no run. */
const FIRST = ['contract', 'contract in YAML', 'plan', 'check with all checks'];

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '1250,2500,5000,10000' },
      only: { type: 'string' },
      linked: { type: 'string', default: 'few' },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const names = values.only?.split(',') ?? Object.keys(COMMANDS);
  const unknown = names.find((name) => !Object.hasOwn(COMMANDS, name));
  if (!sizes.every(Number.isInteger)) throw new Error('--sizes are whole numbers');
  if (unknown !== undefined) throw new Error(`there is no command “${unknown}”`);
  const { linked } = values;
  if (linked !== 'few' && linked !== 'all') throw new Error('--linked is few or all');
  const needsRun = names.some((name) => !FIRST.includes(name));
  return {
    sizes,
    linked,
    names: Object.keys(COMMANDS).filter((name) => names.includes(name) || (needsRun && name === 'check')),
  };
}

/** @param {ReturnType<typeof readOptions>} options @returns {Promise<number>} the exit code */
async function main({ sizes, linked, names }) {
  const folder = await mkdtemp(join(tmpdir(), 'conform-large-'));
  const server = await startLarge();
  let isWithin = true;
  /** @type {Map<string, { size: number, seconds: number }>} */
  const smaller = new Map();
  try {
    process.stdout.write(
      `| operations | command | exit | processor, s | memory, MB |\n|---|---|---|---|---|\n`,
    );
    for (const size of sizes) {
      const [json, yaml, out] = ['json', 'yaml', 'out'].map((name) => join(folder, String(size), name));
      const contract = largeContract(size, linked);
      await writeLargeSpec(json, contract, server.url);
      if (names.includes('contract in YAML')) await writeLargeSpec(yaml, contract, server.url, 'yaml');
      for (const name of names) {
        const spec = name === 'contract in YAML' ? yaml : json;
        const runs = (await readdir(join(out, 'runs')).catch(() => [])).filter((file) =>
          file.endsWith('.json'),
        );
        const run = join(out, 'runs', runs[0] ?? '');
        const usage = await measure([...COMMANDS[name](run), '--spec-dir', spec, '--out', out], folder);
        const before = smaller.get(name);
        const growth = before && usage.seconds / before.seconds / (size / before.size);
        const isLinear = growth === undefined || usage.seconds < LEAST_SECONDS || growth * 2 <= MOST_GROWTH;
        const isSmall = usage.mb <= MOST_MB;
        isWithin &&= isLinear && isSmall && usage.exit !== null && usage.exit <= 1;
        process.stdout.write(
          `| ${size} | ${name} | ${usage.exit} | ${usage.seconds.toFixed(1)}${isLinear ? '' : ' (not linear)'} ` +
            `| ${usage.mb.toFixed(0)}${isSmall ? '' : ' (too much)'} |\n`,
        );
        smaller.set(name, { size, seconds: usage.seconds });
      }
    }
  } finally {
    await server[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
  return isWithin ? 0 : 1;
}

/** @param {readonly string[]} args @param {string} folder @returns {Promise<{ exit: number | null, seconds: number, mb: number }>} */
async function measure(args, folder) {
  const file = join(folder, 'usage.json');
  await rm(file, { force: true });
  const child = spawn(process.execPath, ['--import', USAGE, MAIN, ...args], {
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], NO_COLOR: '1', CONFORM_USAGE: file },
  });
  const exit = await new Promise((resolve) => child.once('close', resolve));
  const usage = JSON.parse(await readFile(file, 'utf8'));
  return { exit, ...usage };
}
