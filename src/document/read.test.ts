import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isObject } from '../json.js';
import { formatPlace, Problem } from '../problem.js';
import { temporaryFolder } from '../testing/folder.js';
import { readDocument } from './read.js';

/** `x: &n0 [x, x]`, and then each member twice the one before. */
const BOMB = [
  'n0: &n0 [x, x]',
  ...Array.from({ length: 40 }, (_, index) => `n${index + 1}: &n${index + 1} [*n${index}, *n${index}]`),
].join('\n');

async function faultOf(reading: Promise<unknown>): Promise<string> {
  const error: unknown = await reading.then(
    () => new Error('nothing is wrong'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Problem) || !error.place) return `no Problem with a place: ${String(error)}`;
  return `${formatPlace(error.place).split('/').at(-1) ?? ''} ${error.message}`;
}

test.each([
  ['an alias that unfolds into billions', BOMB, /^x.yaml:(?:1\d|2\d) .*unfolds without end/],
  ['an alias to what is around it', 'a: 1\nb: &b [1, *b]\n', /^x.yaml:2 .*unfolds without end/],
  ['a flow that is nested very deep', '['.repeat(50_000), /^x.yaml the file is nested too deep/],
  ['blocks that are nested very deep', '- '.repeat(20_000), /^x.yaml the file is nested too deep/],
  [
    'JSON that is nested very deep',
    `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`,
    /^x.yaml the file is nested too deep/,
  ],
  [
    'depth behind a quote that is none in YAML',
    `{a: '"', b: ${'['.repeat(9000)}`,
    /^x.yaml the file is nested too deep/,
  ],
  ['a line of very many keys', 'a: '.repeat(30_000), /^x.yaml:1 /],
  ['a key twice', 'a: 1\nb: 2\na: 3\n', /^x.yaml:3 .*Map keys must be unique/],
  ['a tab for indentation', 'a:\n\tb: 1\n', /^x.yaml:2 the file is not valid YAML/],
  ['bytes that are no text', '\u0000\u0001\ufffd: [\n', /^x.yaml:\d+ the file is not valid YAML/],
])('%s is a Problem with a place', async (_, text, expected) => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'x.yaml');
  await writeFile(file, text);
  expect(await faultOf(readDocument(file))).toMatch(expected);
});

test('what is no file, or is too large, is a Problem with a place', async () => {
  await using folder = await temporaryFolder();
  const path = (name: string) => join(folder.path, name);
  await mkdir(path('folder.yaml'));
  await symlink(path('circle.yaml'), path('circle.yaml'));
  await writeFile(path('large.yaml'), '');
  await truncate(path('large.yaml'), 300 * 1024 * 1024);
  expect(await faultOf(readDocument(path('folder.yaml')))).toBe('folder.yaml this is a folder, not a file');
  expect(await faultOf(readDocument(path('circle.yaml')))).toBe('circle.yaml the file cannot be read');
  expect(await faultOf(readDocument(path('large.yaml')))).toBe('large.yaml the file is larger than 8 MiB');
  expect(await faultOf(readDocument(path('missing.yaml')))).toBe('missing.yaml there is no such file');
});

test('aliases that unfold into little are taken, and a name may be given again', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'x.yaml');
  await writeFile(file, `a: &a [1]\nb: [*a, &a [2]]\nc: [${'*a, '.repeat(500)}]\n`);
  const { value } = await readDocument(file);
  expect(value).toMatchObject({ b: [[1], [2]], c: { length: 500 } });
});

test('a file with very many members is read in time that grows with it', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'x.yaml');
  const members = Array.from({ length: 30_000 }, (_, index) => `m${index}: ${index}`);
  await writeFile(file, members.join('\n'));
  const { value, lineOf } = await readDocument(file);
  expect(isObject(value) && Object.keys(value)).toHaveLength(30_000);
  expect(lineOf('/m29999')).toBe(30_000);
});
