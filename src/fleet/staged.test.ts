import { expect, test } from 'vitest';
import type { Folder } from '../artefact/folder.js';
import { Secrets } from '../targets/secrets.js';
import { stage } from './staged.js';

/** A folder that holds some texts, and which of them were read there. */
function folderWith(texts: Record<string, string>): { folder: Folder; reads: string[] } {
  const reads: string[] = [];
  const refuse = (): never => {
    throw new Error('nothing is written before the night is recorded');
  };
  const folder: Folder = {
    ...{ path: 'db', place: (name: string) => `db/${name}`, refuseSecrets: () => undefined },
    ...{ write: refuse, create: refuse, remove: refuse, claim: refuse },
    read: (name) => {
      reads.push(name);
      return Promise.resolve(texts[name]);
    },
    list: () => Promise.resolve(Object.keys(texts)),
  };
  return { folder, reads };
}

test('a text is read once, however often and by how many it is wanted', async () => {
  const { folder, reads } = folderWith({ 'runs/a.json': 'one' });
  const staged = stage(folder, new Secrets());
  expect(await Promise.all([staged.read('runs/a.json'), staged.read('runs/a.json')])).toEqual(['one', 'one']);
  expect(await staged.read('runs/../runs/a.json')).toBe('one');
  expect(reads).toEqual(['runs/a.json']);
});

test('that there is none is asked again, and what was read is hidden by what is written and removed', async () => {
  const { folder, reads } = folderWith({ 'runs/a.json': 'one' });
  const staged = stage(folder, new Secrets());
  expect([await staged.read('runs/b.json'), await staged.read('runs/b.json')]).toEqual([
    undefined,
    undefined,
  ]);
  expect(reads).toHaveLength(2);
  expect(await staged.read('runs/a.json')).toBe('one');
  await staged.write('runs/a.json', 'two');
  expect(await staged.read('runs/a.json')).toBe('two');
  await staged.remove('runs/a.json');
  expect(await staged.read('runs/a.json')).toBeUndefined();
  expect(reads).toHaveLength(3);
});

test('no more is kept than so many bytes', async () => {
  const { folder, reads } = folderWith({ 'a.json': 'ää', 'b.json': 'bbb', 'c.json': 'c' });
  const staged = stage(folder, new Secrets(), 5);
  for (const name of ['a.json', 'b.json', 'c.json', 'a.json', 'b.json', 'c.json']) await staged.read(name);
  expect(reads).toEqual(['a.json', 'b.json', 'c.json', 'b.json']);
});

test('a text that could not be read is read again', async () => {
  const { folder } = folderWith({ 'a.json': 'one' });
  let tries = 0;
  const read = (name: string) => (++tries === 1 ? Promise.reject(new Error('away')) : folder.read(name));
  const staged = stage({ ...folder, read }, new Secrets());
  await expect(staged.read('a.json')).rejects.toThrow('away');
  expect(await staged.read('a.json')).toBe('one');
});
