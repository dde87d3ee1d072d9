/* global console, performance, process, URL */
// Figures of a fleet, each taken in one run on one machine:
//   1. a report over 1,000 agencies and 90 nights: time, and the most memory of the process
//   2. to keep a run in the store, against keeping it in files
//   3. agencies in a minute and core: one worker, against a bare loop that passes the same nights over files in one process
//   4. contracts of 1,250 to 10,000 operations: what bench/large.js measures, within its limits
// Start it with `npm run bench:fleet`; `--only report,store,agencies,contracts` leaves out the others, and `--out FILE` writes the JSON.
// It fails when a report takes 500 MB, or a contract is not within the limits of bench/large.js.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openFolder } from '../dist/src/artefact/folder.js';
import { systemClock } from '../dist/src/clock.js';
import { daysBefore } from '../dist/src/fleet/report/days.js';
import { storeAddress } from '../dist/src/store/address.js';
import { migrateStore, openStore } from '../dist/src/store/open.js';
import { Secrets } from '../dist/src/targets/secrets.js';
import { seedNights } from '../dist/src/testing/fleet-nights.js';
import { startFleetHost } from '../dist/src/testing/fleet/host.js';
import { agenciesOf, writeFleet } from '../dist/src/testing/fleet/world.js';
import { POSTGRES_MISSING, startPostgres } from '../dist/src/testing/postgres.js';
import { writeRun } from '../dist/src/record/store.js';

const MOST_MB = 500;
/** Nights that are passed by a worker and by a bare loop, and how many at once. */
const AGENCIES = 60;
const CONCURRENCY = 4;
const TURNS = 3;
const USAGE = new URL('usage.js', import.meta.url).href;

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/bin/conform.js');
const { values } = parseArgs({ options: { only: { type: 'string' }, out: { type: 'string' } } });
const wanted = values.only?.split(',') ?? ['report', 'store', 'agencies', 'contracts'];
const folder = await mkdtemp(join(tmpdir(), 'conform-bench-'));
/** @type {Record<string, unknown>} */
const figures = { node: process.version };
let failed = false;
try {
  if (['report', 'store', 'agencies'].some((one) => wanted.includes(one))) await withPostgres();
  if (wanted.includes('contracts')) figures.contractsWithin = contracts();
} finally {
  await rm(folder, { recursive: true, force: true });
}
if (values.out !== undefined) await writeFile(values.out, `${JSON.stringify(figures, null, 2)}\n`);
process.exitCode = failed ? 1 : 0;

/** @param {string} what @param {number} value @param {number} goal @param {string} unit */
function judge(what, value, goal, unit) {
  const held = value < goal;
  failed ||= !held;
  console.log(
    `${what}: ${value.toFixed(unit === 'MB' ? 0 : 2)}${unit && ` ${unit}`} (goal: below ${goal}) ${held ? 'held' : 'MISSED'}`,
  );
}

/** @param {number[]} list */
function median(list) {
  return [...list].sort((one, other) => one - other)[Math.floor(list.length / 2)] ?? 0;
}

/** Runs a command as a process. @param {string[]} args @param {Record<string, string>} env */
function measured(args, env = {}) {
  const usage = join(folder, 'usage.json');
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--import', USAGE, ...args], {
    cwd: root,
    env: { ...process.env, ...env, CONFORM_USAGE: usage },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const ms = performance.now() - started;
  if (status === null || status === 2 || status === 70) {
    failed = true;
    console.log(`exit ${status}: ${stderr.slice(0, 500)}`);
  }
  const { mb } = JSON.parse(readFileSync(usage, 'utf8'));
  return { ms: Math.round(ms), mb: Math.round(mb), exit: status };
}

async function withPostgres() {
  if (POSTGRES_MISSING !== undefined) {
    console.log(`report, store and agencies: not measured: ${POSTGRES_MISSING}`);
    return;
  }
  const server = await startPostgres();
  try {
    if (wanted.includes('agencies')) figures.agencies = await againstBareLoop(server);
    const url = await server.newDatabase();
    const address = storeAddress(undefined, { CONFORM_STORE: url });
    await migrateStore(address, systemClock);
    if (wanted.includes('store')) figures.store = await costOfStore(address);
    if (wanted.includes('report')) figures.report = await report(server, url);
  } finally {
    await server.close();
  }
}

/** @param {any} server @param {string} url */
async function report(server, url) {
  const agencies = Array.from({ length: 1_000 }, (_, index) => `agency-${index}`);
  const nights = Array.from({ length: 90 }, (_, index) => daysBefore('2026-03-10', 89 - index));
  const client = await server.connect(url);
  const operation = (/** @type {number} */ index) => `GET /v1/things-${index}/`;
  /** @param {string} key @param {string} cause @param {string} side @param {number[]} at */
  const fault = (key, cause, side, at) => ({ key, cause, side, operations: at.map(operation) });
  await seedNights(client, 'bench', agencies, nights, (agency, _, night) => {
    const index = Number(agency.slice('agency-'.length));
    if ((index + night) % 97 === 0) return { state: 'dead', why: 'CONFORM_E_TARGET_UNREACHABLE' };
    const faults = [
      ...(index < 700
        ? [fault('contract answer/body-schema x', 'contract-answer/body-schema', 'vendor', [1, 2, 3])]
        : []),
      ...(index % 3 === 0 && night > 40 ? [fault('crashed 1', 'crashed', 'vendor', [4])] : []),
      ...(index % 50 === 0 && night % 9 !== 0
        ? [fault('us token-expired 2', 'token-expired', 'us', [1, 2, 3, 4, 5])]
        : []),
      ...(index > 996 && night > 86 ? [fault(`crashed ${index}`, 'crashed', 'vendor', [6])] : []),
    ];
    return { faults, colour: faults.length > 0 ? 'RED' : 'GREEN', untested: [operation(9), operation(10)] };
  });
  await client.query('analyze');
  const { rows } = await client.query(
    'select (select count(*) from conform.run) as runs, (select count(*) from conform.cause) as causes',
  );
  await client.end();
  const turns = Array.from({ length: 3 }, () =>
    measured([main, 'fleet', 'report', '--out', join(folder, 'fleet')], { CONFORM_STORE: url }),
  );
  const ms = median(turns.map((turn) => turn.ms));
  const mb = Math.max(...turns.map((turn) => turn.mb));
  const bare = median(Array.from({ length: 3 }, () => measured([main, '--version']).ms));
  console.log(
    `report over 1,000 agencies and 90 nights (${rows[0].runs} runs, ${rows[0].causes} causes): ${ms} ms, ${(ms / bare).toFixed(1)} times conform --version`,
  );
  judge('its most memory', mb, MOST_MB, 'MB');
  return { agencies: 1_000, nights: 90, ...rows[0], ms, ratio: ms / bare, mb };
}

/**
 * Passes the same nights by one worker of a fleet and by a bare loop, in turn, against one host in this process. Each turn
 * begins without any record. Of the loop the modules are loaded one by one, of the worker as a bundle: with 60 agencies that is a
 * small part.
 * @param {any} server
 */
async function againstBareLoop(server) {
  const agencies = agenciesOf({ agencies: AGENCIES, onLimited: 0, seed: 20 });
  const host = await startFleetHost(agencies);
  const files = join(folder, 'agencies');
  const { spec, env } = await writeFleet(files, agencies, { limited: host.url, open: host.url });
  const turns = { fleet: /** @type {Spent[]} */ ([]), bare: /** @type {Spent[]} */ ([]) };
  try {
    for (let turn = 0; turn < TURNS; turn++) {
      const own = { ...env, CONFORM_STORE: await server.newDatabase() };
      const out = join(files, `out-${turn}`);
      const common = ['--spec-dir', spec, '--out', out];
      await spent([main, 'fleet', 'run', '--night', '2026-03-10', ...common], own);
      const concurrency = ['--concurrency', String(CONCURRENCY)];
      turns.fleet.push(await spent([main, 'fleet', 'work', '--until-empty', ...concurrency, ...common], own));
      const job = join(files, 'job.json');
      const nights = agencies.map(({ name, id, clientId, clientSecret }) => ({
        name,
        env: { AGENCY_ID: id, CLIENT_ID: clientId, CLIENT_SECRET: clientSecret },
      }));
      await writeFile(
        job,
        JSON.stringify({
          specDir: spec,
          out: join(out, 'bare'),
          concurrency: CONCURRENCY,
          agencies: nights,
        }),
      );
      turns.bare.push(await spent([join(root, 'bench/bare-nights.js'), job], {}));
    }
  } finally {
    await host.close();
  }
  for (const { out } of turns.fleet) if (!out.includes(`${AGENCIES} done; failed tries: 0.`)) failed = true;
  for (const { out } of turns.bare) if (out.trim() !== String(AGENCIES)) failed = true;
  if (failed) console.log([...turns.fleet, ...turns.bare].map(({ out, err }) => err + out).join('\n'));
  const of = (/** @type {Spent[]} */ list) => ({
    aMinuteAndCore: Math.round(AGENCIES / (median(list.map(({ cpuS }) => cpuS)) / 60)),
    aMinute: Math.round(AGENCIES / (median(list.map(({ ms }) => ms)) / 60_000)),
  });
  const [fleet, bare] = [of(turns.fleet), of(turns.bare)];
  const ratio = fleet.aMinuteAndCore / bare.aMinuteAndCore;
  console.log(
    `agencies of 15 operations in a minute and core: ${fleet.aMinuteAndCore} by a worker, ${bare.aMinuteAndCore} by a bare loop: ${ratio.toFixed(2)} of it (in a minute: ${fleet.aMinute}, ${bare.aMinute})`,
  );
  return { fleet, bare, ratio };
}

/** @typedef {{ ms: number, cpuS: number, out: string, err: string }} Spent */

/** Runs a command as a process, while this one answers it. @param {string[]} args @param {Record<string, string>} env @returns {Promise<Spent>} */
async function spent(args, env) {
  const usage = join(folder, 'spent.json');
  const started = performance.now();
  const child = spawn(process.execPath, ['--import', USAGE, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env, CONFORM_USAGE: usage },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (/** @type {Buffer} */ chunk) => (out += chunk.toString()));
  let err = '';
  child.stderr.on('data', (/** @type {Buffer} */ chunk) => (err += chunk.toString()));
  await once(child, 'close');
  const { seconds } = JSON.parse(readFileSync(usage, 'utf8'));
  return { ms: performance.now() - started, cpuS: seconds, out, err };
}

/** @param {any} address */
async function costOfStore(address) {
  const run = JSON.parse(await readFile(join(root, 'src/testing/recorded/mock.json'), 'utf8'));
  const store = await openStore(address, 'bench', { secrets: new Secrets(), clock: systemClock });
  const files = openFolder(join(folder, 'files'), new Secrets());
  const times = { files: /** @type {number[]} */ ([]), store: /** @type {number[]} */ ([]) };
  for (let turn = 0; turn < 40; turn++) {
    for (const [name, out] of /** @type {const} */ ([
      ['files', files],
      ['store', store],
    ])) {
      const started = performance.now();
      await writeRun({ ...run, id: `20260310T0300${String(turn).padStart(2, '0')}Z-mock` }, out);
      times[name].push(performance.now() - started);
    }
  }
  await store.close();
  const figure = { filesMs: median(times.files), storeMs: median(times.store) };
  const ratio = figure.storeMs / figure.filesMs;
  console.log(
    `to keep a run of ${run.operations.length} operations: files ${figure.filesMs.toFixed(1)} ms, store with its index ${figure.storeMs.toFixed(1)} ms: ${ratio.toFixed(2)} times`,
  );
  return { ...figure, ratio };
}

/** Contracts of 1,250 to 10,000 operations: `npm run bench:large`. @returns {boolean} whether they are within its limits */
function contracts() {
  const { status } = spawnSync(process.execPath, [join(root, 'bench/large.js')], {
    cwd: root,
    stdio: 'inherit',
  });
  failed ||= status !== 0;
  return status === 0;
}
