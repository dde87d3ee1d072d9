/* global console, performance, process, URL */
// Ratios, each taken in one run on one machine:
//   1. the reads of `conform check --target mock` against a plain loop that sends the same requests to the same mock
//   2. `conform --help` against `node -e 0`
//   3. the most requests in a second that a host with a limit of 100 counts
//   4. loading and compiling contracts of 100, 1,000 and 5,000 operations: time and memory
// Start it with `npm run bench:check`. It fails when 1 is not below 2, 2 not below 3, or 3 not between 90 and 100.
import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadContract } from '../dist/src/contract/load.js';
import { fill } from '../dist/src/probe/build.js';
import { readSamples } from '../dist/src/probe/samples.js';
import { startReplica } from '../dist/src/replica/replica.js';
import { readWorlds } from '../dist/src/replica/world.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/bin/conform.js');
const folder = await mkdtemp(join(tmpdir(), 'conform-bench-'));
let failed = false;
try {
  await checkAgainstLoop();
  helpAgainstNode();
  await rateAtTheHost();
  await loadings();
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

/** @param {string} what @param {number} ratio @param {number} goal */
function judge(what, ratio, goal) {
  const held = ratio < goal;
  failed ||= !held;
  console.log(`${what}: ${ratio.toFixed(2)} (goal: below ${goal}) ${held ? 'held' : 'MISSED'}`);
}

/** @param {number[]} values */
function median(values) {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** @param {number[]} values in ms */
function spread(values) {
  return `${Math.round(Math.min(...values))} to ${Math.round(Math.max(...values))} ms`;
}

async function checkAgainstLoop() {
  const mock = spawn(process.execPath, [main, 'mock', '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve) => {
    mock.stdout.on('data', (/** @type {Buffer} */ chunk) => {
      const found = /http:\/\/\S+/.exec(chunk.toString());
      if (found) resolve(found[0]);
    });
  });
  try {
    const args = ['check', '--target', 'mock', '--base-url', url, '--writes', 'none', '--quiet'];
    // The loop only sends what the plain pass sends.
    args.push('--no-checks', 'all');
    const check = async () => {
      spawnSync(process.execPath, [main, ...args, '--out', folder], { cwd: root });
      const run = JSON.parse(await readFile(join(folder, 'latest/mock.json'), 'utf8'));
      return run.operations.filter((/** @type {any} */ { exchanges }) => exchanges.length > 0);
    };
    const requests = await requestsOfCheck(
      url,
      new Set((await check()).map((/** @type {any} */ { id }) => id)),
    );
    console.log(`${requests.length} requests to the mock`);
    await writeFile(join(folder, 'requests.json'), JSON.stringify(requests));
    const ours = [];
    const plain = [];
    for (let turn = 0; turn < 7; turn++) {
      ours.push(spanOf((await check()).flatMap((/** @type {any} */ { exchanges }) => exchanges)));
      const loop = spawnSync(process.execPath, [
        join(root, 'bench/plain-loop.js'),
        join(folder, 'requests.json'),
      ]);
      plain.push(Number(loop.stdout.toString()));
    }
    console.log(`check ${spread(ours)}, plain loop ${spread(plain)}`);
    judge('check against a plain loop, time from first to last request', median(ours) / median(plain), 2);
  } finally {
    mock.kill('SIGINT');
  }
}

/** The requests that a check of the mock makes. @param {string} url @param {Set<string>} asked operations */
async function requestsOfCheck(url, asked) {
  const contract = await loadContract(join(root, 'spec/swagger.yaml'));
  const samples = await readSamples(join(root, 'spec'));
  const known = { sent: '1', shown: '1' };
  const fillers = {
    contract,
    samples,
    environment: {},
    harvested: () => known,
    found: () => known,
    inventIds: true,
  };
  return contract.operations.flatMap((operation) => {
    if (!asked.has(operation.id)) return [];
    const filled = fill(operation, fillers);
    if (!filled.ok) return [];
    const headers = { ...filled.headers, authorization: 'Bearer mock-token-for-tests' };
    return [{ method: operation.method, url: url + filled.path.sent, headers, body: filled.body }];
  });
}

/** From the first request to the last answer, in ms. @param {any[]} exchanges */
function spanOf(exchanges) {
  const starts = exchanges.map(({ at }) => Date.parse(at));
  const ends = exchanges.map(({ at, durationMs }) => Date.parse(at) + durationMs);
  return Math.max(...ends) - Math.min(...starts);
}

function helpAgainstNode() {
  /** @param {string[]} args */
  const time = (args) => {
    const started = performance.now();
    spawnSync(process.execPath, args);
    return performance.now() - started;
  };
  const turns = Array.from({ length: 15 }, () => [time([main, '--help']), time(['-e', '0'])]);
  judge(
    '--help against node -e 0',
    median(turns.map(([help = 0]) => help)) / median(turns.map(([, bare = 0]) => bare)),
    3,
  );
}

async function rateAtTheHost() {
  const replica = await startReplica({ world: (await readWorlds(join(root, 'spec'))).of() });
  const spec = join(folder, 'rate');
  await mkdir(spec);
  for (const name of ['targets.yaml', 'signatures.yaml'])
    await cp(join(root, 'spec', name), join(spec, name));
  await writeFile(join(spec, 'openapi.json'), JSON.stringify(contractOf(1_000)));
  const args = [
    'check',
    '--target',
    'replica',
    '--base-url',
    replica.url,
    '--no-checks',
    'all',
    '--spec-dir',
    spec,
    '--out',
    folder,
  ];
  await new Promise((resolve) =>
    spawn(process.execPath, [main, ...args], { stdio: 'ignore' }).on('close', resolve),
  );
  const peak = replica.peak();
  await replica.close();
  const held = peak >= 90 && peak <= 100;
  failed ||= !held;
  console.log(
    `most requests in a second at a host that allows 100: ${peak} (goal: 90 to 100) ${held ? 'held' : 'MISSED'}`,
  );
}

async function loadings() {
  for (const count of [100, 1_000, 5_000]) {
    const file = join(folder, `contract-${count}.json`);
    await writeFile(file, JSON.stringify(contractOf(count)));
    const script = `
      import { loadContract } from ${JSON.stringify(join(root, 'dist/src/contract/load.js'))};
      import { createValidator } from ${JSON.stringify(join(root, 'dist/src/contract/validator.js'))};
      const before = performance.now();
      const contract = await loadContract(${JSON.stringify(file)});
      const loaded = performance.now();
      const validator = createValidator(contract.document, contract.dialect, 'answer');
      for (const { responses } of contract.operations)
        for (const { content } of Object.values(responses))
          for (const { schemaPointer } of Object.values(content)) validator.check(schemaPointer, {});
      const compiled = performance.now();
      console.log(JSON.stringify([loaded - before, compiled - loaded, process.memoryUsage().rss]));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    const [load, compile, memory] = JSON.parse(stdout.toString());
    console.log(
      `${count} operations: loaded in ${Math.round(load)} ms, every schema compiled in ${Math.round(compile)} ms, ${Math.round(memory / 1e6)} MB`,
    );
  }
}

/** A contract with a schema of its own, and two that are shared, for each operation. @param {number} count */
function contractOf(count) {
  const shared = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'string' }, at: { type: 'string', format: 'date-time' } },
  };
  return {
    openapi: '3.0.3',
    info: { title: 'Large', version: '1' },
    paths: Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `/things-${index}`,
        {
          get: {
            operationId: `get${index}`,
            tags: ['things'],
            responses: {
              200: {
                description: 'ok',
                content: { 'application/json': { schema: { $ref: `#/components/schemas/Thing${index}` } } },
              },
              404: {
                description: 'no',
                content: { 'application/json': { schema: { $ref: '#/components/schemas/Shared' } } },
              },
            },
          },
        },
      ]),
    ),
    components: {
      schemas: {
        Shared: shared,
        ...Object.fromEntries(
          Array.from({ length: count }, (_, index) => [
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
