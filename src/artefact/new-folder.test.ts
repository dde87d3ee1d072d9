import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Secrets } from '../targets/secrets.js';
import { temporaryFolder } from '../testing/folder.js';
import { draftName } from './drafts.js';
import { writeNewFolder } from './new-folder.js';

const FILES = [
  { name: 'a.yaml', text: 'a' },
  { name: 'below/b.yaml', text: 'b' },
];
const nothing = () => Promise.resolve();

function all(folder: string): Promise<string[]> {
  return readdir(folder, { recursive: true }).then((names) => names.sort());
}

test('the folder is there whole, after it was examined, and nothing else', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'new');
  const examine = async (draft: string) => {
    expect(await readFile(join(draft, 'below/b.yaml'), 'utf8')).toBe('b');
    expect(await all(folder.path)).not.toContain('new');
  };
  await writeNewFolder(path, FILES, { secrets: new Secrets(), examine });
  expect(await all(folder.path)).toEqual(['new', 'new/a.yaml', 'new/below', 'new/below/b.yaml']);
});

test('what does not pass the examination leaves nothing', async () => {
  await using folder = await temporaryFolder();
  const examine = () => Promise.reject(new Error('it is wrong'));
  const written = writeNewFolder(join(folder.path, 'new'), FILES, { secrets: new Secrets(), examine });
  await expect(written).rejects.toThrow('it is wrong');
  expect(await all(folder.path)).toEqual([]);
});

test('a file that is there is not overwritten, and what was put beside it is taken back', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'new');
  await mkdir(join(path, 'below'), { recursive: true });
  await writeFile(join(path, 'below/b.yaml'), 'somebody’s own');
  // In whichever order the system lists them, one of the new folders comes before the file that is there.
  const files = ['also/c.yaml', 'below/b.yaml', 'too/d.yaml'].map((name) => ({ name, text: 'x' }));
  const written = writeNewFolder(path, files, {
    secrets: new Secrets(),
    examine: nothing,
  });
  await expect(written).rejects.toMatchObject({
    code: 'CONFORM_E_FILE_UNWRITABLE',
    message: 'nothing can be written here: a file of that name is there',
    place: { file: path },
    remedy: expect.stringContaining('another folder') as string,
  });
  expect(await all(folder.path)).toEqual(['new', 'new/below', 'new/below/b.yaml']);
  expect(await readFile(join(path, 'below/b.yaml'), 'utf8')).toBe('somebody’s own');
});

test('what is there under other names stays, and what is for the examination only is not put there', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'mine.txt'), 'mine');
  await writeNewFolder(folder.path, FILES, { secrets: new Secrets(), examine: nothing, kept: ['a.yaml'] });
  expect(await all(folder.path)).toEqual(['below', 'below/b.yaml', 'mine.txt']);
});

test('folders are made where there are none yet, and what is there stays beside them', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'mine.txt'), 'mine');
  const deep = [{ name: 'a/b/c.yaml', text: 'c' }];
  await writeNewFolder(folder.path, deep, { secrets: new Secrets(), examine: nothing });
  expect(await all(folder.path)).toEqual(['a', 'a/b', 'a/b/c.yaml', 'mine.txt']);
});

test('a name that leads out of the folder is refused, with the place of the folder', async () => {
  await using folder = await temporaryFolder();
  const files = [{ name: '../outside.yaml', text: 'x' }];
  const path = join(folder.path, 'new');
  const written = writeNewFolder(path, files, { secrets: new Secrets(), examine: nothing });
  await expect(written).rejects.toMatchObject({
    code: 'CONFORM_E_PATH_OUTSIDE_FOLDER',
    place: { file: path },
  });
  expect(await all(folder.path)).toEqual([]);
});

test('a file in the place of the folder is said so', async () => {
  await using folder = await temporaryFolder();
  const path = join(folder.path, 'new');
  await writeFile(path, 'somebody’s own');
  const written = writeNewFolder(path, FILES, { secrets: new Secrets(), examine: nothing });
  await expect(written).rejects.toThrow('a part of the path is a file');
  expect(await readFile(path, 'utf8')).toBe('somebody’s own');
  expect(await all(folder.path)).toEqual(['new']);
});

test('nothing is written when one of the files holds a secret', async () => {
  await using folder = await temporaryFolder();
  const secrets = new Secrets();
  secrets.add('client-secret-for-tests');
  const files = [...FILES, { name: 'c.yaml', text: 'value: client-secret-for-tests' }];
  const written = writeNewFolder(join(folder.path, 'new'), files, { secrets, examine: nothing });
  await expect(written).rejects.toThrow('a secret of this process');
  await expect(written).rejects.toMatchObject({
    place: { file: join(folder.path, 'new/c.yaml') },
    remedy: expect.stringContaining('Search the contract') as string,
  });
  expect(await all(folder.path)).toEqual([]);
});

test.skipIf(process.getuid?.() === 0)('a folder that nobody may write to is said so', async () => {
  await using folder = await temporaryFolder();
  await chmod(folder.path, 0o500);
  const path = join(folder.path, 'new');
  const written = writeNewFolder(path, FILES, { secrets: new Secrets(), examine: nothing });
  await expect(written).rejects.toMatchObject({
    message: 'nothing can be written here: permission is missing',
    place: { file: path },
  });
  await chmod(folder.path, 0o700);
});

test('what an ended process has left beside it is removed', async () => {
  await using folder = await temporaryFolder();
  const stale = draftName('new').replace(/[0-9a-f]{6}\.part$/, '000000.part');
  await mkdir(join(folder.path, stale));
  await writeNewFolder(join(folder.path, 'new'), FILES, { secrets: new Secrets(), examine: nothing });
  expect(await readdir(folder.path)).toEqual(['new']);
});

test('a file in the place of a folder above is said so', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'file'), '');
  const path = join(folder.path, 'file/new');
  const written = writeNewFolder(path, FILES, { secrets: new Secrets(), examine: nothing });
  await expect(written).rejects.toThrow('a part of the path is a file');
});
