// Mutation testing: Stryker changes the code of a room in every small way, and the tests beside it have to notice.
// `stryker/rooms.yaml` lists the rooms. Beside `npm run test:mutants`, which takes away the rules that must never be
// lost, this measures how closely the tests hold everything else.
//
//   npm run test:mutation -- ROOM...     runs rooms, one after the other (`all` for every one)
//     --force          runs every mutant again, also where neither the code nor its tests have changed
//     --write          writes the figures to stryker/results.json, and docs/mutation.md from them
//     --concurrency N  how many mutants are run at the same time (default: 2)
//   npm run test:mutation -- --write     only writes docs/mutation.md again
//
// Stryker has packages of its own, in stryker/, and they are installed when they are first needed. What is known of earlier
// runs, and the report of each room, are in reports/mutation.
//
// The exit code is 1 when a room has less than 85 % of its mutants killed or when Stryker could not run it, 2 for wrong
// usage; 0 otherwise.
/* global console, process, URL */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';
import { resultOf } from '../stryker/result.js';
import { pageOf } from '../stryker/page.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STRYKER = join(ROOT, 'stryker');
const REPORTS = join(ROOT, 'reports/mutation');
const RESULTS = join(STRYKER, 'results.json');
const PAGE = join(ROOT, 'docs/mutation.md');
const LEAST_PERCENT = 85;
/** What no test of a room reads is not copied. */
const NOT_COPIED = ['.published', '.real-hosts', 'coverage', 'dist', 'reports', 'site'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { force: { type: 'boolean' }, write: { type: 'boolean' }, concurrency: { type: 'string' } },
});
const rooms = readYaml('rooms.yaml');
const names = positionals.includes('all') ? Object.keys(rooms) : positionals;
const unknown = names.filter((name) => rooms[name] === undefined);
const concurrency = Number(values.concurrency ?? 2);

if (
  unknown.length > 0 ||
  !Number.isInteger(concurrency) ||
  concurrency < 1 ||
  (names.length === 0 && !values.write)
) {
  console.error(`Usage: npm run test:mutation -- ROOM... [--force] [--write] [--concurrency N]`);
  console.error(`Rooms: ${Object.keys(rooms).join(', ')}, or all`);
  process.exitCode = 2;
} else {
  if (names.length > 0) install();
  for (const name of names) await runRoom(name);
  if (values.write) await write(PAGE, pageOf(rooms, readResults(), readYaml('reasons.yaml'), LEAST_PERCENT));
}

function install() {
  if (existsSync(join(STRYKER, 'node_modules/@stryker-mutator/core'))) return;
  const { status } = spawnSync(
    'npm',
    ['ci', '--prefix', STRYKER, '--ignore-scripts', '--no-audit', '--no-fund'],
    {
      stdio: 'inherit',
      cwd: STRYKER,
    },
  );
  if (status !== 0) throw new Error('Stryker could not be installed (npm ci in stryker/ failed).');
}

/** @param {string} name */
async function runRoom(name) {
  mkdirSync(REPORTS, { recursive: true });
  const report = join(REPORTS, `${name}.json`);
  rmSync(report, { force: true });
  const config = join(REPORTS, `${name}.config.json`);
  writeFileSync(config, JSON.stringify(configOf(name, report)));
  const arguments_ = [join(STRYKER, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', config];
  const { status } = spawnSync(process.execPath, [...arguments_, ...(values.force ? ['--force'] : [])], {
    stdio: 'inherit',
    cwd: ROOT,
  });
  if (status !== 0) process.exitCode = 1;
  if (!existsSync(report)) {
    console.error(`${name}: Stryker could not run this room.`);
    return;
  }
  const result = resultOf(JSON.parse(readFileSync(report, 'utf8')), new Date());
  console.log(
    `${name}: ${result.killed} of ${result.mutants} mutants killed, ${result.survivors.length} survived.`,
  );
  if (!values.write) return;
  const results = { ...readResults(), [name]: result };
  await write(RESULTS, JSON.stringify(results));
}

/**
 * @param {string} name
 * @param {string} report where the report goes
 */
function configOf(name, report) {
  const { mutate, tests } = rooms[name];
  return {
    mutate: [...mutate, '!src/**/*.test.ts'],
    testFiles: tests,
    testRunner: 'vitest',
    vitest: { configFile: 'stryker/vitest.config.js', related: false },
    plugins: ['@stryker-mutator/vitest-runner', './stryker/sentences.js'].map(ofStryker),
    ignorers: ['sentences'],
    coverageAnalysis: 'perTest',
    // What runs while a module is loaded: with Vitest 4.1, Stryker 9.6 sometimes tests it without the mutant.
    ignoreStatic: true,
    incremental: true,
    incrementalFile: join(REPORTS, `${name}.incremental.json`),
    reporters: ['json', 'html', 'progress-append-only'],
    jsonReporter: { fileName: report },
    htmlReporter: { fileName: join(REPORTS, `${name}.html`) },
    allowConsoleColors: false,
    thresholds: { high: 95, low: LEAST_PERCENT, break: LEAST_PERCENT },
    tempDirName: join(tmpdir(), 'conform-mutation', name),
    ignorePatterns: NOT_COPIED,
    // Nothing compiles the copy, and a comment at the head of each file would show in tests that read sources.
    disableTypeChecks: false,
    // A mutant that is slow on a busy machine is not one that never ends.
    timeoutMS: 60_000,
    timeoutFactor: 4,
    concurrency,
  };
}

/** @param {string} plugin */
function ofStryker(plugin) {
  return plugin.startsWith('.')
    ? join(ROOT, plugin)
    : join(STRYKER, 'node_modules', plugin, 'dist/src/index.js');
}

/**
 * Writes a file of the repository as the linter wants it.
 * @param {string} file
 * @param {string} text
 */
async function write(file, text) {
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

function readResults() {
  return existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {};
}

/** @param {string} name a file of stryker/ */
function readYaml(name) {
  return parse(readFileSync(join(STRYKER, name), 'utf8')) ?? {};
}
