// Runs the commands on contracts of 1,250 to 10,000 operations, each as a process, and prints what each takes: seconds of a
// processor and the most memory. None may take more than 500 MB, and twice the operations no more than 2.6 times the
// processor (what is linear takes 2).
//
//   npm run bench:large                         all sizes
//   node bench/large.js --sizes 1250,2500       these sizes only
//   node bench/large.js --only check,report     these commands only, and what they need
//
// Exit codes: 0 within the limits, 1 not, 2 wrong usage.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';
import { parseArgs } from 'node:util';
import { largeContract, largeTargets, startLarge } from '../dist/src/testing/large-contract.js';
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
  plan: () => ['check', '--target', 'live', '--plan'],
  check: () => ['check', '--target', 'live', '--no-checks', 'all'],
  'check, all checks': () => ['check', '--target', 'live'],
  report: (run) => ['report', '--run', run],
  drift: (run) => ['drift', run, run],
  history: () => ['history'],
  ticket: (run) => ['ticket', '--run', run],
};

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({
    options: { sizes: { type: 'string', default: '1250,2500,5000,10000' }, only: { type: 'string' } },
  });
  const sizes = values.sizes.split(',').map(Number);
  const names = values.only?.split(',') ?? Object.keys(COMMANDS);
  const unknown = names.find((name) => !Object.hasOwn(COMMANDS, name));
  if (!sizes.every(Number.isInteger)) throw new Error('--sizes are whole numbers');
  if (unknown !== undefined) throw new Error(`there is no command “${unknown}”`);
  return { sizes, names };
}

/** @param {ReturnType<typeof readOptions>} options @returns {Promise<number>} the exit code */
async function main({ sizes, names }) {
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
      const [spec, out] = [join(folder, String(size), 'spec'), join(folder, String(size), 'out')];
      await mkdir(spec, { recursive: true });
      await writeFile(join(spec, 'openapi.json'), JSON.stringify(largeContract(size)));
      await writeFile(join(spec, 'targets.yaml'), largeTargets(server.url));
      await writeFile(join(spec, 'signatures.yaml'), 'signatures: []\n');
      for (const [name, args] of Object.entries(COMMANDS)) {
        if (!names.includes(name) && name !== 'check') continue;
        const runs = (await readdir(join(out, 'runs')).catch(() => [])).filter((file) =>
          file.endsWith('.json'),
        );
        const run = join(out, 'runs', runs[0] ?? '');
        const usage = await measure([...args(run), '--spec-dir', spec, '--out', out], folder);
        const before = smaller.get(name);
        const growth = before && usage.seconds / before.seconds / (size / before.size);
        const isLinear = growth === undefined || usage.seconds < LEAST_SECONDS || growth * 2 <= MOST_GROWTH;
        const isSmall = usage.mb <= MOST_MB;
        isWithin &&= isLinear && isSmall && usage.exit !== null && usage.exit <= 3;
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
