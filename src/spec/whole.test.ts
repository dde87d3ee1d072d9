import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../testing/folder.js';
import { findContract, findLayers, folderOf, isOnPackage, misnamedFiles, originOf } from './find.js';
import { openWhole } from './open.js';

const CONTRACT = `openapi: 3.0.3
info: { title: Shop, version: '1' }
paths: { /things/: { get: { responses: { '200': { description: Things } } } } }
`;
const ORPHANS = {
  'samples.yaml': 'operations:\n  GET /thing/: { query: { a: 1 } }\n',
  'negatives.yaml':
    'cases: [{ id: N1, call: GET /x, at: gateway, outcome: unrouted, nearest: GET /thngs/, standing: seen }]\n',
  'support.yaml': 'form: someone\n',
};

afterEach(() => {
  vi.restoreAllMocks();
});

async function write(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
}

test('what would change requests is an error; what describes, and what is not needed, is a remark', async () => {
  await using folder = await temporaryFolder();
  await write(folder.path, { ...ORPHANS, 'openapi.yaml': CONTRACT, 'sample.yaml': '{}' });
  const { spec, errors, orphans, warnings } = await openWhole(folder.path, ['contract']);
  expect(spec).toBeUndefined();
  expect(errors.map(({ message, place, remedy }) => [message, place?.line, remedy])).toEqual([
    ['the contract has no operation “GET /thing/”', 2, 'The nearest operation is “GET /things/”.'],
  ]);
  expect(orphans).toMatchObject([{ name: 'GET /thngs/', nearest: 'GET /things/', place: { line: 1 } }]);
  expect(warnings.map(({ message, remedy }) => `${message}. ${remedy ?? ''}`)).toEqual([
    'the document has an unknown member: “form”. The nearest name is “from”.',
    expect.stringMatching(/^“from” must match pattern/),
    'nothing reads this file. The nearest name is “samples.yaml”.',
  ]);
});

test('a name of nightly.yaml that is none is an error where nights are run, and a remark elsewhere', async () => {
  await using folder = await temporaryFolder();
  await write(folder.path, { 'openapi.yaml': CONTRACT, 'nightly.yaml': 'consumers: [till]\n' });
  const night = await openWhole(folder.path, ['contract', 'nightly']);
  expect(night.errors).toMatchObject([{ place: { line: 1 } }]);
  const other = await openWhole(folder.path, ['contract']);
  expect(other.errors).toEqual([]);
  expect(other.orphans).toMatchObject([{ kind: 'consumer', name: 'till' }]);
});

test('with another contract, what the folder names of the contract is a remark', async () => {
  await using folder = await temporaryFolder();
  const other = join(folder.path, 'other.yaml');
  await write(folder.path, { 'other.yaml': CONTRACT });
  await write(join(folder.path, 'spec'), { 'samples.yaml': ORPHANS['samples.yaml'] });
  const { errors, orphans } = await openWhole(join(folder.path, 'spec'), ['contract', 'samples'], other);
  expect(errors).toEqual([]);
  expect(orphans).toMatchObject([{ name: 'GET /thing/', nearest: 'GET /things/' }]);
});

test('a folder without a contract is a layer over that of the package, unless it may have one', async () => {
  await using folder = await temporaryFolder();
  vi.spyOn(process, 'cwd').mockReturnValue(folder.path);
  const own = join(folder.path, 'spec');
  expect(originOf('samples.yaml', findLayers(own))).toBe('package');
  await write(own, { 'samples.yaml': '{}' });
  const layers = findLayers(own);
  expect(isOnPackage(layers)).toBe(true);
  expect([originOf('samples.yaml', layers), originOf('worlds', layers)]).toEqual(['own', 'package']);
  expect(originOf('checks.yaml', layers)).toBe('nowhere');
  await write(own, { 'api.yaml': CONTRACT });
  expect(isOnPackage(findLayers(own))).toBe(false);
  await mkdir(join(own, 'worlds'));
  await writeFile(join(own, 'worlds/2026-01-01.yml'), '');
  expect(misnamedFiles({ own, below: [] }).map(({ remedy }) => remedy)).toEqual([
    'Files there end in “.yaml”.',
  ]);
});

test('of several folders the first that has a file or folder gives it', async () => {
  await using folder = await temporaryFolder();
  const [top, middle, bottom] = ['top', 'middle', 'bottom'].map((name) => join(folder.path, name));
  if (top === undefined || middle === undefined || bottom === undefined) throw new Error('three folders');
  await write(top, { 'samples.yaml': '{}' });
  await write(middle, { 'samples.yaml': '{}', 'checks.yaml': '{}' });
  await write(bottom, { 'checks.yaml': '{}', 'targets.yaml': '{}', 'openapi.yaml': CONTRACT });
  const layers = findLayers([top, middle, bottom].join(delimiter));
  expect(
    (['samples.yaml', 'checks.yaml', 'targets.yaml', 'lists.yaml'] as const).map((entry) => [
      folderOf(entry, layers),
      originOf(entry, layers),
    ]),
  ).toEqual([
    [top, 'own'],
    [middle, 'below'],
    [bottom, 'below'],
    [bottom, 'nowhere'],
  ]);
  expect(findContract(layers)).toBe(join(bottom, 'openapi.yaml'));
  expect(isOnPackage(layers)).toBe(false);
  expect(() => findLayers([top, join(folder.path, 'none')].join(delimiter))).toThrow('no such folder');
});
