import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyOfSpec, temporaryFolder } from '../testing/conform.js';
import { examineSpec } from './spec-folder.js';

async function linesOf(dir: string, state: string): Promise<string[]> {
  const { lines } = await examineSpec(dir);
  return lines
    .filter((line) => line.state === state)
    .map(({ name, found }) => `${name} ${found.replaceAll(`${dir}/`, '')}`);
}

test('the folder that comes with the package has no fault', async () => {
  const { lines, spec } = await examineSpec('spec');
  expect(lines.map(({ name, state }) => `${name} ${state}`)).toEqual([
    ...['contract ok', 'targets ok', 'samples ok', 'signatures ok', 'worlds ok', 'consumers ok'],
    ...['expected ok', 'support ok', 'checks ok', 'lists ok', 'workflows ok', 'nightly ok'],
    ...['negatives ok', 'variants ok', 'names ok'],
  ]);
  expect(spec?.contract.operations.length).toBeGreaterThan(60);
});

test('names that the contract does not have come all at once, each with file and line', async () => {
  await using folder = await temporaryFolder();
  const dir = await copyOfSpec(folder.path);
  await writeFile(
    join(dir, 'samples.yaml'),
    `parameters:
  _count: 1
  _cuont: 1
operations:
  GET /v1/patient/:
    query: { a: 1 }
  GET /v1/patients/:
    query: { 'last_name:contains': Sh, lastname: Sh }
    headers: { X-Thing: 1 }
  GET /v1/appointment/:
    query: { caregiverId: { from: GET /v1/carers/ } }
  POST /v1/patients/:
    removedBy: DELETE /v1/patient/{id}/
`,
  );
  await mkdir(join(dir, 'expected'));
  await writeFile(
    join(dir, 'expected/prodction.yaml'),
    'operations:\n  GET /v1/patients/: { outcome: works }\n  GET /v1/patient/: { outcome: works }\n',
  );
  const consumer = join(dir, 'consumers/gigi.yaml');
  const text = await readFile(consumer, 'utf8');
  await writeFile(
    consumer,
    text
      .replace('targets: [production, sandbox]', 'targets: [production, sandpit]')
      .replace('- operation: GET /v1/patients/\n', '- operation: GET /v1/patient/\n'),
  );
  expect(await linesOf(dir, 'error')).toEqual([
    'names samples.yaml:5: the contract has no operation “GET /v1/patient/”',
    'names samples.yaml:11: the contract has no operation “GET /v1/carers/”',
    'names samples.yaml:13: the contract has no operation “DELETE /v1/patient/{id}/”',
    'names expected/prodction.yaml: there is no target “prodction”',
    'names expected/prodction.yaml:3: the contract has no operation “GET /v1/patient/”',
    expect.stringMatching(
      /^names consumers\/gigi\.yaml:\d+: the contract has no operation “GET \/v1\/patient\/”$/,
    ),
    expect.stringMatching(/^names consumers\/gigi\.yaml:\d+: there is no target “sandpit”$/),
  ]);
  expect(await linesOf(dir, 'warning')).toEqual([
    'names samples.yaml:3: no operation of the contract has a parameter “_cuont”',
    expect.stringMatching(/^names samples\.yaml:8: “GET \/v1\/patients\/” has no query parameter “lastname”/),
    expect.stringMatching(/^names samples\.yaml:9: “GET \/v1\/patients\/” has no header parameter “X-Thing”/),
  ]);
});

test('a workflow that names what the contract does not have is said with its line', async () => {
  await using folder = await temporaryFolder();
  const dir = await copyOfSpec(folder.path);
  const file = join(dir, 'workflows/read-only.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/operationId: \w+/, 'operationId: listBoats'));
  expect(await linesOf(dir, 'error')).toEqual([
    expect.stringMatching(
      /^names workflows\/read-only\.yaml:\d+: the contract has no operation “listBoats”$/,
    ),
  ]);
});

test('a part that cannot be read does not hide what is wrong with the names of the others', async () => {
  await using folder = await temporaryFolder();
  const dir = await copyOfSpec(folder.path);
  await writeFile(join(dir, 'support.yaml'), 'too: someone\n');
  const targets = join(dir, 'targets.yaml');
  const text = await readFile(targets, 'utf8');
  await writeFile(
    targets,
    text.replace(
      '    otherHost: production\n',
      "    otherHost: prodction\n    guarded: ['GET /v1/patient/']\n",
    ),
  );
  await appendFile(join(dir, 'samples.yaml'), '  GET /v1/nothing/:\n    query: { a: 1 }\n');
  const { spec } = await examineSpec(dir);
  expect(spec).toBeUndefined();
  expect(await linesOf(dir, 'error')).toEqual([
    expect.stringMatching(/^support support\.yaml:1: .*“too”/),
    expect.stringMatching(/^support support\.yaml:1: “to” must match pattern/),
    expect.stringMatching(/^names targets\.yaml:\d+: the contract has no operation “GET \/v1\/patient\/”$/),
    expect.stringMatching(/^names targets\.yaml:\d+: there is no target “prodction”$/),
    expect.stringMatching(/^names samples\.yaml:\d+: the contract has no operation “GET \/v1\/nothing\/”$/),
  ]);
});
