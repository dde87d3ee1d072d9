import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Problem, Problems } from '../problem.js';
import { conform, copyOfSpec, temporaryFolder } from '../testing/conform.js';
import { openSpec } from './open.js';

async function faultsOf(opened: Promise<unknown>): Promise<string[]> {
  const error: unknown = await opened.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const all = error instanceof Problems ? error.all : error instanceof Problem ? [error] : [];
  return all.map(
    ({ place, message }) => `${place?.file.split('/').at(-1) ?? ''}:${place?.line ?? ''} ${message}`,
  );
}

test('what is read once is handed on as it was read', async () => {
  const spec = await openSpec('spec', ['contract', 'hosts', 'worlds', 'expected']);
  expect(spec.contract.operations.length).toBeGreaterThan(60);
  expect(spec.hosts.targets.map(({ name }) => name)).toContain('production');
  expect(spec.worlds.of().date).toBe(spec.worlds.dates.at(-1));
  expect(spec.expected.fileOf('production')).toBeUndefined();
});

test('all faults of a folder come at once, each with its line', async () => {
  await using folder = await temporaryFolder();
  const dir = await copyOfSpec(folder.path);
  await writeFile(join(dir, 'swagger.yaml'), 'openapi: 3.0.3\ninfo:\n  title: x\n bad: [\n');
  await writeFile(
    join(dir, 'targets.yaml'),
    'targets:\n  live:\n    about: x\n    standng: y\n    standing: z\n    authorization: none\n    writes: { default: none, most: sometimes }\n',
  );
  await writeFile(join(dir, 'samples.yaml'), 'parameters: []\n');
  await writeFile(join(dir, 'worlds/2026-03-01.yaml'), "about: x\nextends: '2020-01-01'\n");
  await writeFile(join(dir, 'worlds/2026-03-02.yaml'), 'about: x\n');
  await mkdir(join(dir, 'expected'));
  await writeFile(join(dir, 'expected/live.yaml'), 'operations: { GET /x: { outcome: fine } }\n');
  const faults = await faultsOf(
    openSpec(dir, ['contract', 'hosts', 'samples', 'worlds', 'consumers', 'expected']),
  );
  expect(faults).toEqual([
    expect.stringMatching(/^swagger\.yaml:4 the file does not parse/),
    expect.stringMatching(/^targets\.yaml:4 .*“standng”/),
    expect.stringMatching(/^targets\.yaml:7 “targets\/live\/writes\/most”/),
    expect.stringMatching(/^samples\.yaml:1 “parameters” must be object/),
    '2026-03-01.yaml:2 there is no world “2020-01-01” to extend',
    expect.stringMatching(/^2026-03-02\.yaml:1 the world lacks seed, people, /),
    expect.stringMatching(/^live\.yaml:1 “operations\/GET ~1x\/outcome”/),
  ]);
  const { code, err } = await conform(['check', '--spec-dir', dir, '--plan']);
  expect(code).toBe(2);
  expect(err.match(/^error CONFORM_E_/gm)).toHaveLength(faults.length);
});

test('names of the contract that are in targets.yaml have to be there', async () => {
  await using folder = await temporaryFolder();
  await writeFile(
    join(folder.path, 'openapi.yaml'),
    `openapi: 3.0.3
info: { title: Shop, version: '1' }
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
paths: { /things/: { get: { responses: { '200': { description: Things } } } } }
`,
  );
  await writeFile(
    join(folder.path, 'targets.yaml'),
    `targets:
  live:
    about: x
    standing: x
    credentials:
      - scheme: kee
        apiKey: { in: header, name: X-Key, value: SHOP_KEY }
    identities:
      reader:
        - { scheme: key, apiKey: { in: header, name: X-Key, value: SHOP_KEY } }
        - scheme: token
          bearer: { token: SHOP_TOKEN }
    guarded: [GET /things/, GET /things]
    writes: { default: none, most: none }
`,
  );
  expect(await faultsOf(openSpec(folder.path, ['contract', 'hosts']))).toEqual([
    'targets.yaml:6 the contract has no security scheme “kee”',
    'targets.yaml:11 the contract has no security scheme “token”',
    'targets.yaml:13 the contract has no operation “GET /things”',
  ]);
  expect(await faultsOf(openSpec(folder.path, ['hosts']))).toEqual([]);
});

test('a search by POST that the samples mark is safe; nothing else can be marked', async () => {
  await using folder = await temporaryFolder();
  const responses = "{ responses: { '200': { description: ok } } }";
  await writeFile(
    join(folder.path, 'openapi.yaml'),
    `openapi: 3.0.3
info: { title: Shop, version: '1' }
paths:
  /things/search: { post: ${responses} }
  /things/count: { post: ${responses.replace('{ ', '{ x-safe: false, ')} }
  /things/{id}: { put: ${responses} }
`,
  );
  const samples = (...operations: string[]) =>
    writeFile(
      join(folder.path, 'samples.yaml'),
      ['operations:', ...operations.map((id) => `  ${id}: { safe: true }`), ''].join('\n'),
    );
  const open = () => openSpec(folder.path, ['contract', 'samples']);
  await samples('POST /things/search');
  expect((await open()).contract.operations.map(({ safe }) => safe)).toEqual([true, false, false]);
  await samples('POST /things/search', 'POST /things/count', 'PUT /things/{id}');
  expect(await faultsOf(open())).toEqual([
    'samples.yaml:3 “POST /things/count” cannot be marked as safe: the contract says that it is not',
    'samples.yaml:4 “PUT /things/{id}” cannot be marked as safe: only a search by POST can',
  ]);
  await samples('POST /things/serch');
  expect(await faultsOf(open())).toEqual([
    'samples.yaml:2 the contract has no operation “POST /things/serch”',
  ]);
});

test('the faults of what a command does not need are not its own', async () => {
  await using folder = await temporaryFolder();
  const dir = await copyOfSpec(folder.path);
  await rm(join(dir, 'swagger.yaml'));
  expect(await faultsOf(openSpec(dir, ['signatures']))).toEqual([]);
  expect(await faultsOf(openSpec(dir, ['contract']))).toEqual([
    expect.stringContaining('there is no contract in this folder'),
  ]);
});
