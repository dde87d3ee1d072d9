/* global console, performance, process, URL */
// Figures of a fleet, each taken in one run on one machine:
//   1. a report over 1,000 agencies and 90 nights: time, and the most memory of the process
//   2. to keep a run in the store, against keeping it in files
//   3. agencies in a minute and core, against the bare loop: not measured here
//   4. contracts of 1,250 to 10,000 operations: load, plan, report, drift: time and the most memory of the process
// Start it with `npm run bench:fleet`; `--only report,store,contracts` leaves out the others, and `--out FILE` writes the JSON.
// It fails when a report takes 500 MB, or a contract of 10,000 operations does, or four times the operations take more than
// six times the time.
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
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
import { POSTGRES_MISSING, startPostgres } from '../dist/src/testing/postgres.js';
import { capability, runOf } from '../dist/src/testing/runs.js';
import { writeRun } from '../dist/src/record/store.js';

const MOST_MB = 500;
const MOST_GROWTH = 6;

/** Prints the most memory that a process had, when it ends. */
const MEASURE = `data:text/javascript,${encodeURIComponent(
  "process.on('exit', () => process.stderr.write('\\nMAXRSS ' + process.resourceUsage().maxRSS + '\\n'))",
)}`;

const TARGETS =
  'targets:\n  mock:\n    about: the contract\n    standing: made for the bench\n    serve: mock\n    writes: { default: none, most: none }\n';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/bin/conform.js');
const { values } = parseArgs({ options: { only: { type: 'string' }, out: { type: 'string' } } });
const wanted = values.only?.split(',') ?? ['report', 'store', 'contracts'];
const folder = await mkdtemp(join(tmpdir(), 'conform-bench-'));
/** @type {Record<string, unknown>} */
const figures = { node: process.version };
let failed = false;
try {
  if (wanted.includes('report') || wanted.includes('store')) await withPostgres();
  console.log('agencies in a minute and core against the bare loop: not measured');
  figures.agencies = 'not measured';
  if (wanted.includes('contracts')) figures.contracts = await contracts();
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
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--import', MEASURE, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const ms = performance.now() - started;
  const kib = Number(/MAXRSS (\d+)/.exec(stderr)?.[1]);
  if (status === null || status === 2 || status === 70) {
    failed = true;
    console.log(`exit ${status}: ${stderr.slice(0, 500)}`);
  }
  return { ms: Math.round(ms), mb: Math.round(kib / 1024), exit: status };
}

async function withPostgres() {
  if (POSTGRES_MISSING !== undefined) {
    console.log(`report and store: not measured: ${POSTGRES_MISSING}`);
    return;
  }
  const server = await startPostgres();
  try {
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

async function contracts() {
  const rows = [];
  for (const count of [1_250, 2_500, 5_000, 10_000]) {
    const spec = join(folder, `spec-${count}`);
    await mkdir(spec);
    await writeFile(join(spec, 'openapi.json'), JSON.stringify(contractOf(count)));
    await writeFile(join(spec, 'targets.yaml'), TARGETS);
    const [base, head] = [join(folder, `base-${count}.json`), join(folder, `head-${count}.json`)];
    await writeFile(base, JSON.stringify(runOver(count, false)));
    await writeFile(head, JSON.stringify(runOver(count, true)));
    const options = ['--spec-dir', spec, '--out', join(folder, `out-${count}`)];
    const load = `import { loadContract } from ${JSON.stringify(join(root, 'dist/src/contract/load.js'))};
      await loadContract(${JSON.stringify(join(spec, 'openapi.json'))});`;
    const steps = {
      load: measured(['--input-type=module', '-e', load]),
      plan: measured([main, 'check', '--target', 'mock', '--plan', ...options]),
      report: measured([main, 'report', '--run', head, ...options]),
      drift: measured([main, 'drift', base, head, ...options]),
    };
    rows.push({ count, ...steps });
    console.log(
      `${count} operations: ${Object.entries(steps)
        .map(([name, { ms, mb }]) => `${name} ${ms} ms, ${mb} MB`)
        .join('; ')}`,
    );
  }
  const [, small, , large] = rows;
  for (const step of /** @type {const} */ (['load', 'plan', 'report', 'drift'])) {
    if (!small || !large) continue;
    judge(`10,000 operations against 2,500, ${step}`, large[step].ms / small[step].ms, MOST_GROWTH, '');
    judge(`most memory of ${step} with 10,000 operations`, large[step].mb, MOST_MB, 'MB');
  }
  return rows;
}

/** @param {number} count @param {boolean} changed whether every hundredth operation crashes */
function runOver(count, changed) {
  const operations = Array.from({ length: count }, (_, index) =>
    capability({
      id: `GET /things-${index}`,
      ...(changed && index % 100 === 0
        ? { outcome: 'broken', cause: 'crashed', confidence: 'certain', statuses: [500] }
        : {}),
    }),
  );
  const startedAt = changed ? '2026-02-27T03:00:00.000Z' : '2026-02-26T03:00:00.000Z';
  return runOf(operations, {
    target: 'mock',
    id: `${startedAt.slice(0, 10).replaceAll('-', '')}T030000Z-mock`,
    startedAt,
    finishedAt: startedAt,
  });
}

/** A contract with a schema of its own, and one that is shared, for each operation. @param {number} count */
function contractOf(count) {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const content = (/** @type {string} */ name) => ({
    'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
  });
  return {
    openapi: '3.0.3',
    info: { title: 'Large', version: '1' },
    paths: Object.fromEntries(
      indexes.map((index) => [
        `/things-${index}`,
        {
          get: {
            operationId: `get${index}`,
            tags: [`tag ${index % 40}`],
            responses: {
              200: { description: 'ok', content: content(`Thing${index}`) },
              404: { description: 'no', content: content('Shared') },
            },
          },
        },
      ]),
    ),
    components: {
      schemas: {
        Shared: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
        ...Object.fromEntries(
          indexes.map((index) => [
            `Thing${index}`,
            {
              type: 'object',
              required: ['id', 'items'],
              properties: {
                id: { type: 'integer' },
                kind: { type: 'string', enum: ['a', 'b'], nullable: true },
                items: { type: 'array', items: { $ref: '#/components/schemas/Shared' } },
              },
            },
          ]),
        ),
      },
    },
  };
}
