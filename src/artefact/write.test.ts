import { link, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Problem } from '../problem.js';
import { Secrets } from '../target/secrets.js';
import { temporaryFolder } from '../testing/folder.js';
import { writeArtefact } from './write.js';

test('an artefact is written whole, in folders that are made for it, and nothing else is left beside it', async () => {
  await using folder = await temporaryFolder();
  await writeArtefact(join(folder.path, 'a/b/run.json'), 'all of it', new Secrets());
  expect(await readFile(join(folder.path, 'a/b/run.json'), 'utf8')).toBe('all of it');
  expect(await readdir(join(folder.path, 'a/b'))).toEqual(['run.json']);
});

test('the former artefact is whole until the new one stands in its place', async () => {
  await using folder = await temporaryFolder();
  const [file, former] = [join(folder.path, 'run.json'), join(folder.path, 'former.json')];
  await writeFile(file, 'the former one');
  // Another name of the same file: what is written into it could be read there.
  await link(file, former);
  await writeArtefact(file, 'the new one', new Secrets());
  expect(await readFile(file, 'utf8')).toBe('the new one');
  expect(await readFile(former, 'utf8')).toBe('the former one');
});

test('a text that holds a secret is not written, and what was there stays', async () => {
  await using folder = await temporaryFolder();
  const secrets = new Secrets();
  secrets.add('secret-for-tests');
  const file = join(folder.path, 'run.json');
  await writeFile(file, 'the former one');
  const encoded = Buffer.from('secret-for-tests').toString('base64');
  for (const text of ['{"token":"secret-for-tests"}', `Basic ${encoded}`]) {
    const written = writeArtefact(file, text, secrets);
    await expect(written).rejects.toThrow(Problem);
    await expect(written).rejects.not.toThrow(/secret-for-tests/);
  }
  expect(await readFile(file, 'utf8')).toBe('the former one');
  expect(await readdir(folder.path)).toEqual(['run.json']);
});

test('an artefact that cannot be put in its place leaves nothing behind', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'run.json'));
  await expect(writeArtefact(join(folder.path, 'run.json'), 'x', new Secrets())).rejects.toThrow(
    'cannot be written',
  );
  expect(await readdir(folder.path)).toEqual(['run.json']);
});
