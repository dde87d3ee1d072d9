import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWhole } from '../spec/open.js';
import { PACKAGE_ROOT } from '../package.js';
import { readRun } from '../record/store.js';
import { conform, copyOfSpec, PLAIN_CHECK, temporaryFolder } from '../testing/conform.js';
import { conformProcess } from '../testing/process.js';

const own = await readFile(join(PACKAGE_ROOT, 'spec/swagger.yaml'), 'utf8');
const boats = await readFile(join(PACKAGE_ROOT, 'examples/boats/openapi.yaml'), 'utf8');
const shop = `openapi: 3.0.3
info: { title: Shop, version: '1' }
paths:
  /v1/patients: { get: { responses: { '200': { description: ok } } } }
  /v1/things/{id}: { get: { parameters: [{ name: id, in: path, required: true, schema: { type: integer } }], responses: { '200': { description: ok } } } }
`;
/** A newer edition, in which some paths are others. */
const newer = own
  .replaceAll('/v1/encounter/_search/:', '/v1/encounters/_search/:')
  .replaceAll('/v1/encounter/{encounter_id}/tasklog/:', '/v1/encounter/{encounter_id}/tasklogs/:');

test.each([
  ['of another vendor', boats],
  ['of a small shop', shop],
  ['in a newer edition', newer],
])('under a spec folder, a contract %s is blamed for no name that it does not have', async (_, contract) => {
  await using folder = await temporaryFolder();
  const dir = await copyOfSpec(folder.path);
  await writeFile(join(dir, 'swagger.yaml'), contract);
  const out = join(folder.path, 'reports');
  const where = ['--spec-dir', dir, '--out', out];

  // Every name is said with its file, its line and the nearest operation, before anything is asked.
  const whole = await openWhole(dir, ['contract']);
  const wrong = [
    ...whole.errors.flatMap(({ remedy }) => remedy ?? []),
    ...whole.orphans.map((one) => one.nearest ?? ''),
  ];
  expect(wrong.length).toBeGreaterThan(5);
  expect(wrong.filter((nearest) => nearest === '')).toEqual([]);
  expect(whole.orphans.filter(({ place }) => place.line === undefined)).toEqual([]);
  const first = await conform([...PLAIN_CHECK, '--target', 'mock', ...where]);
  expect(first.code).toBe(2);
  for (const { name, nearest } of whole.orphans.filter(({ kind }) => kind === 'operation'))
    expect(first.err.replaceAll(/\n {2,}/g, ' ')).toContain(`${name} (nearest: ${nearest ?? ''})`);
  for (const { place, message } of whole.errors)
    expect(first.err).toContain(`samples.yaml:${place?.line ?? ''}: ${message}`);

  // Without what would change requests, it is asked; the rest is said, and blamed on nobody.
  await rm(join(dir, 'samples.yaml'));
  const asked = await conform([...PLAIN_CHECK, '--target', 'mock', ...where]);
  expect([0, 1]).toContain(asked.code);
  expect(asked.err).toContain('operations that the contract does not have');
  const gone = new Set(whole.orphans.map(({ name }) => name));
  const run = await readRun(join(out, 'latest/mock.json'));
  expect(run.operations.filter(({ id }) => gone.has(id))).toEqual([]);
  const report = await conform(['report', '--format', 'md', ...where]);
  expect(report.code).toBe(0);
  const ticket = await conform(['ticket', ...where]);
  expect(ticket.code).toBe(0);
  const text = await readFile(join(out, 'latest/report.md'), 'utf8');
  for (const stated of [text, asked.out, report.out, ticket.out]) {
    expect(stated).not.toMatch(/stops “|\| fails \|/);
    for (const name of gone) expect(stated).not.toContain(` ${name} `);
  }
  const gate = await conform(['gate', '--consumer', 'gigi', ...where]);
  expect(gate.code).toBe(2);
  expect(gate.err).toMatch(
    /gigi\.yaml:\d+: the contract has no operation “.*”\n {2}The nearest operation is “/,
  );
});

test('in a folder without a spec folder each command says that it takes the contract of the package', async () => {
  await using folder = await temporaryFolder();
  const calls = join(folder.path, 'calls.txt');
  await writeFile(calls, 'GET https://api.shop.example/v1/things\n');
  const says = async (...args: string[]) => (await conformProcess(args, { cwd: folder.path })).err;
  for (const args of [
    ['audit', calls],
    ['generate', '--check'],
    ['check', '--plan', '--target', 'mock'],
  ])
    expect((await says(...args)).replaceAll(/\s+/g, ' '), args[0]).toContain(
      'the one that comes with this package is taken',
    );
  expect(await says('audit', calls, '--quiet')).toBe('');
});
