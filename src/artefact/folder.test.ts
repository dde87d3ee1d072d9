import { link, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Problem } from '../problem.js';
import { Secrets } from '../targets/secrets.js';
import { temporaryFolder } from '../testing/folder.js';
import { draftName } from './drafts.js';
import { openFolder } from './folder.js';

test('a file is written whole, in folders that are made for it, and nothing else is left beside it', async () => {
  await using folder = await temporaryFolder();
  const file = await openFolder(folder.path, new Secrets()).write('a/b/run.json', 'all of it');
  expect(file).toBe(join(folder.path, 'a/b/run.json'));
  expect(await readFile(file, 'utf8')).toBe('all of it');
  expect(await readdir(join(folder.path, 'a/b'))).toEqual(['run.json']);
});

test('the former file is whole until the new one is in its place', async () => {
  await using folder = await temporaryFolder();
  const [file, former] = [join(folder.path, 'run.json'), join(folder.path, 'former.json')];
  await writeFile(file, 'the former one');
  // Another name of the same file: what is written into it could be read there.
  await link(file, former);
  await openFolder(folder.path, new Secrets()).write('run.json', 'the new one');
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
    const written = openFolder(folder.path, secrets).write('run.json', text);
    await expect(written).rejects.toThrow(Problem);
    await expect(written).rejects.not.toThrow(/secret-for-tests/);
  }
  expect(await readFile(file, 'utf8')).toBe('the former one');
  expect(await readdir(folder.path)).toEqual(['run.json']);
});

test('a secret in the last of many pieces is found before any of them is written', async () => {
  await using folder = await temporaryFolder();
  const secrets = new Secrets();
  secrets.add('secret-for-tests');
  const out = openFolder(folder.path, secrets);
  const million = 'x'.repeat(1024 * 1024);
  const pieces = (last: string) => () => [million, million, last];
  await expect(out.write('run.json', pieces('secret-for-tests'))).rejects.toThrow('a secret of this process');
  expect(await readdir(folder.path)).toEqual([]);
  const file = await out.write('run.json', pieces('the end\u202e'));
  expect(await readFile(file, 'utf8')).toBe(`${million}${million}the end\\u202e`);
});

test('a secret that was known only after the folder was opened is found as well', async () => {
  await using folder = await temporaryFolder();
  const secrets = new Secrets();
  const out = openFolder(folder.path, secrets);
  secrets.add('token-of-this-run');
  await expect(out.write('run.json', '"token-of-this-run"')).rejects.toThrow('a secret of this process');
});

test('a secret is no part of the name of a file either', async () => {
  await using folder = await temporaryFolder();
  const secrets = new Secrets();
  secrets.add('secret-for-tests');
  const written = openFolder(folder.path, secrets).write('tickets/secret-for-tests.md', 'x');
  await expect(written).rejects.toThrow('a secret of this process');
  expect(await readdir(folder.path)).toEqual([]);
});

test('a text that is about to be written in another form is searched before', async () => {
  await using folder = await temporaryFolder();
  const secrets = new Secrets();
  secrets.add('secret-for-tests');
  const out = openFolder(folder.path, secrets);
  expect(() => {
    out.refuseSecrets('run.json.gz', ['harmless', 'secret-for-tests']);
  }).toThrow(
    expect.objectContaining({
      code: 'CONFORM_E_SECRET_IN_OUTPUT',
      place: { file: join(folder.path, 'run.json.gz') },
    }),
  );
  out.refuseSecrets('run.json.gz', ['harmless']);
});

test('what an ended process has left is removed with the first file, and looked for no more after it', async () => {
  await using folder = await temporaryFolder();
  const out = openFolder(folder.path, new Secrets());
  // As a former process of this number would have called it.
  const stale = draftName('run.json').replace(/[0-9a-f]{6}\.part$/, '000000.part');
  await writeFile(join(folder.path, stale), '');
  await out.write('one.json', 'x');
  expect(await readdir(folder.path)).toEqual(['one.json']);
  await writeFile(join(folder.path, stale), '');
  await out.write('two.json', 'x');
  expect((await readdir(folder.path)).sort()).toEqual([stale, 'one.json', 'two.json']);
});

test('control characters of foreign text reach no file', async () => {
  await using folder = await temporaryFolder();
  const file = await openFolder(folder.path, new Secrets()).write('report.md', 'a\u001b[2Jb\u0000');
  expect(await readFile(file, 'utf8')).toBe('a␛[2Jb␀');
});

test('a file that cannot be put in its place leaves nothing behind', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'run.json'));
  await expect(openFolder(folder.path, new Secrets()).write('run.json', 'x')).rejects.toMatchObject({
    code: 'CONFORM_E_FILE_UNWRITABLE',
    message: 'the file cannot be written: it is a folder',
    place: { file: join(folder.path, 'run.json') },
    remedy: expect.stringContaining('--out') as string,
  });
  expect(await readdir(folder.path)).toEqual(['run.json']);
});

test.each(['../reports-of-others/x', '../x.json', '../../etc/x', 'a/../../x', '/etc/x', '', '.', 'a\0b'])(
  'no name leads out of the folder: %j',
  async (name) => {
    await using outer = await temporaryFolder();
    const folder = join(outer.path, 'reports');
    await expect(openFolder(folder, new Secrets()).write(name, 'x')).rejects.toMatchObject({
      message: expect.stringContaining('leads out of the folder') as string,
      place: { file: folder },
      remedy: expect.stringContaining('leads there') as string,
    });
    expect(await readdir(outer.path)).toEqual([]);
  },
);

test('private files and folders can be read by their owner alone, shared ones by whom the system lets', async () => {
  await using folder = await temporaryFolder();
  const modeOf = async (name: string) => (await stat(join(folder.path, name))).mode & 0o777;
  await openFolder(join(folder.path, 'private'), new Secrets()).write('latest/run.json', 'x');
  expect([await modeOf('private'), await modeOf('private/latest')]).toEqual([0o700, 0o700]);
  expect(await modeOf('private/latest/run.json')).toBe(0o600);
  await openFolder(join(folder.path, 'shared'), new Secrets(), 'shared').write('client.ts', 'x');
  // What a process may give at all: another file that it makes has the same.
  await writeFile(join(folder.path, 'like'), 'x');
  expect(await modeOf('shared/client.ts')).toBe(await modeOf('like'));
});

test('a file that was there with wider rights is private once it is written again', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'run.json'), 'x', { mode: 0o644 });
  const file = await openFolder(folder.path, new Secrets()).write('run.json', 'y');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a name is given once until it is released, and never one that a file has', async () => {
  await using folder = await temporaryFolder();
  const [one, other] = [openFolder(folder.path, new Secrets()), openFolder(folder.path, new Secrets())];
  const claims = await Promise.all(
    [one, other, one, other].map((out) => out.claim('runs', '20260226T174000Z-live', '.json')),
  );
  expect(claims.map(({ stem }) => stem).sort()).toEqual(
    ['', '~2', '~3', '~4'].map((suffix) => `20260226T174000Z-live${suffix}`),
  );
  await one.write('runs/20260226T174000Z-live.json', 'x');
  for (const { release } of claims) await release();
  expect((await other.claim('runs', '20260226T174000Z-live', '.json')).stem).toBe('20260226T174000Z-live~2');
});

test('a name that the disk does not take is said so', async () => {
  await using folder = await temporaryFolder();
  const out = openFolder(folder.path, new Secrets());
  const long = 'x'.repeat(300);
  await expect(out.claim('runs', long, '.json')).rejects.toMatchObject({
    message: 'the file cannot be written: the name is too long',
    place: { file: join(folder.path, 'runs', `${long}.json`) },
  });
  await writeFile(join(folder.path, 'file'), '');
  await expect(out.write('file/run.json', 'x')).rejects.toThrow('cannot be written');
});

test('of two that create one file, one does, and what it wrote stays', async () => {
  await using folder = await temporaryFolder();
  const out = openFolder(folder.path, new Secrets());
  const made = await Promise.all(['one', 'other'].map((text) => out.create('lock.json', text)));
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(await readFile(join(folder.path, 'lock.json'), 'utf8')).toBe(made[0] ? 'one' : 'other');
  expect(await readdir(folder.path)).toEqual(['lock.json']);
  await out.remove('lock.json');
  await out.remove('lock.json');
  expect(await readdir(folder.path)).toEqual([]);
});
