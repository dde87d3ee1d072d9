import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder as testFolder } from '../testing/folder.js';
import { claim, draftName, release, removeAllStale, removeStale, temporaryFolder } from './drafts.js';

/** The process of a command that has ended: nobody has its number at the moment. */
function endedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

const machine = (name = hostname()) => createHash('sha256').update(name).digest('hex').slice(0, 8);

test('what an ended process of this machine has left is removed, and nothing else', async () => {
  await using folder = await testFolder();
  const pid = endedProcess();
  const stale = [`.run.json.${machine()}-${pid}-abcdef.part`, '.20260226T174000Z-live.json.claim'];
  const kept = [
    'run.json',
    'notes.part',
    `run.json.${machine()}-${pid}-abcdef.part`,
    `.run.json.${machine()}-${pid}-abcdef.part.txt`,
    'mine.json.claim',
    '.mine.json.claim.txt',
    draftName('mine.json'),
    `.other.json.${machine('elsewhere')}-${pid}-abcdef.part`,
    `.running.json.${machine()}-${process.ppid}-abcdef.part`,
    '.theirs.json.claim',
  ];
  for (const name of [...stale, ...kept]) await writeFile(join(folder.path, name), '');
  await writeFile(join(folder.path, stale[1] ?? ''), `${machine()}-${pid}-abcdef`);
  for (const name of ['mine.json.claim', '.mine.json.claim.txt'])
    await writeFile(join(folder.path, name), `${machine()}-${pid}-abcdef`);
  await writeFile(join(folder.path, '.theirs.json.claim'), `${machine('elsewhere')}-${pid}-abcdef`);
  await removeStale(folder.path);
  expect((await readdir(folder.path)).sort()).toEqual([...kept].sort());
});

test('a process that has the number of a former one is not taken for it', async () => {
  await using folder = await testFolder();
  await writeFile(join(folder.path, `.run.json.${machine()}-${process.pid}-000000.part`), '');
  await removeStale(folder.path);
  expect(await readdir(folder.path)).toEqual([]);
});

test('the folders below are looked at too, but neither hidden ones nor those of packages', async () => {
  await using folder = await testFolder();
  const name = `.run.json.${machine()}-${endedProcess()}-abcdef.part`;
  const looked = ['runs', 'latest/deep', 'node_modules-2', 'a.b'];
  const left = ['.git', 'node_modules', 'one/two/three'];
  for (const below of [...looked, ...left]) {
    await mkdir(join(folder.path, below), { recursive: true });
    await writeFile(join(folder.path, below, name), '');
  }
  await removeAllStale(folder.path);
  const found = (await readdir(folder.path, { recursive: true })).filter((one) => one.endsWith('.part'));
  expect(found.sort()).toEqual(left.map((below) => join(below, name)).sort());
});

test('a folder in the place of a draft is removed as well', async () => {
  await using folder = await testFolder();
  const name = `.new.${machine()}-${endedProcess()}-abcdef.part`;
  await mkdir(join(folder.path, name));
  await writeFile(join(folder.path, name, 'a.yaml'), '');
  await removeStale(folder.path);
  expect(await readdir(folder.path)).toEqual([]);
});

test('drafts of one process have different names', () => {
  expect(draftName('run.json')).not.toBe(draftName('run.json'));
});

test('a folder of its own can be read by nobody else', async () => {
  const folder = await temporaryFolder('of-a-test');
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  await rm(folder, { recursive: true });
});

test('a folder that is not there, or may not be read, is no error', async () => {
  await expect(removeAllStale('/no/such/folder')).resolves.toBeUndefined();
});

test('a name that is claimed is not free for anybody else', async () => {
  await using folder = await testFolder();
  expect(await claim(folder.path, 'run.json')).toBe(true);
  expect(await claim(folder.path, 'run.json')).toBe(false);
  // No draft of the claim is left beside it, and nobody else can read whose it is.
  const [name = ''] = await readdir(folder.path);
  expect(await readdir(folder.path)).toEqual(['.run.json.claim']);
  expect((await stat(join(folder.path, name))).mode & 0o777).toBe(0o600);
  await release(folder.path, 'run.json');
  expect(await claim(folder.path, 'run.json')).toBe(true);
});

test('a folder that does not take the claim is an error, and no name that is taken', async () => {
  await using folder = await testFolder();
  await expect(claim(join(folder.path, 'nowhere'), 'run.json')).rejects.toThrow('ENOENT');
});
