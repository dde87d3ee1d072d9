import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.js';
import { digestOf, readPrepared } from './prepared.js';
import { prepareSignatures, readSignatures } from './signatures.js';

test('what was prepared counts until a file changes, is renamed, comes or goes', async () => {
  await using folder = await temporaryFolder();
  const one = join(folder.path, 'one.yaml');
  const other = join(folder.path, 'other.yaml');
  const place = join(folder.path, 'prepared.json');
  await writeFile(one, 'a: 1');
  await writeFile(other, 'a: 1');
  await writeFile(place, JSON.stringify({ digest: await digestOf([one]), value: 'prepared' }));
  expect(await readPrepared(place, [one])).toBe('prepared');
  expect(await readPrepared(place, [other])).toBeUndefined();
  expect(await readPrepared(place, [one, other])).toBeUndefined();
  expect(await readPrepared(place, [])).toBeUndefined();
  await writeFile(one, 'a: 2');
  expect(await readPrepared(place, [one])).toBeUndefined();
});

test('where nothing was prepared there is nothing', async () => {
  await using folder = await temporaryFolder();
  expect(await readPrepared(join(folder.path, 'prepared.json'), [])).toBeUndefined();
});

test('what does not parse is not taken', async () => {
  await using folder = await temporaryFolder();
  const place = join(folder.path, 'prepared.json');
  await writeFile(place, '{"digest":');
  expect(await readPrepared(place, [])).toBeUndefined();
});

test('what the build writes is what the files say', async () => {
  await using folder = await temporaryFolder();
  const place = join(folder.path, 'prepared.json');
  const { digest, value } = await prepareSignatures();
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  await writeFile(place, JSON.stringify({ digest: await digestOf([]), value }));
  const read = await readPrepared<typeof value>(place, []);
  expect(read).toEqual(value);
  const { all } = await readSignatures(folder.path);
  expect(read?.flatMap(({ signatures = [] }) => signatures)).toEqual(all);
});
