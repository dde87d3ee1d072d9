import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFolder } from '../artefact/folder.js';
import { Secrets } from '../targets/secrets.js';
import { temporaryFolder } from '../testing/folder.js';
import { capability, runOf } from '../testing/runs.js';
import { readRun, writeRun } from './store.js';

const GOOD = runOf([capability({ id: 'GET /things/' })]);
const SILENT = {
  ...runOf([capability({ id: 'GET /things/', outcome: 'unreachable' })]),
  id: '20260227T174000Z-live',
};

test('the newest run that proved something is the latest; one that proved nothing is kept beside it', async () => {
  await using folder = await temporaryFolder();
  const latest = join(folder.path, 'latest', 'live.json');
  await writeRun(SILENT, openFolder(folder.path, new Secrets()));
  expect((await readRun(latest)).id).toBe(SILENT.id);
  await writeRun(GOOD, openFolder(folder.path, new Secrets()));
  const file = await writeRun(SILENT, openFolder(folder.path, new Secrets()));
  expect((await readRun(latest)).id).toBe(GOOD.id);
  expect((await readRun(file)).id).toBe(SILENT.id);
});

test('a run that was stopped is kept, but does not take the place of a whole one', async () => {
  await using folder = await temporaryFolder();
  const out = openFolder(folder.path, new Secrets());
  await writeRun(GOOD, out);
  const stopped = { ...GOOD, id: '20260228T174000Z-live', complete: false };
  const file = await writeRun(stopped, out);
  expect((await readRun(join(folder.path, 'latest', 'live.json'))).id).toBe(GOOD.id);
  expect((await readRun(file)).id).toBe(stopped.id);
});

test.each([
  ['target', '../../../x'],
  ['target', '/etc/x'],
  ['target', '.hidden'],
  ['id', '../20260228T174000Z-live'],
])('a run whose %s is %s is none', async (member, value) => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'run.json');
  await writeFile(file, JSON.stringify({ ...GOOD, [member]: value }));
  await expect(readRun(file)).rejects.toThrow('is not a run file');
});

test('a run with a secret in it is written nowhere', async () => {
  await using folder = await temporaryFolder();
  const secrets = new Secrets();
  secrets.add('secret-for-tests');
  const run = { ...GOOD, world: 'secret-for-tests' };
  await expect(writeRun(run, openFolder(folder.path, secrets))).rejects.toThrow('a secret of this process');
  await expect(readRun(join(folder.path, 'latest', 'live.json'))).rejects.toThrow('there is no such run');
});

test.each([
  ['no JSON', 'x', 'it is not JSON'],
  ['another format', '{"format":"conform-run/2"}', 'is not a run file'],
])('a file with %s is not taken for a run', async (_, text, says) => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'run.json');
  await writeFile(file, text);
  await expect(readRun(file)).rejects.toThrow(says);
});

test('a run of a former version names checks as they are named today', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'run.json');
  const finding = { severity: 'error', message: 'x', exchange: 0 } as const;
  const findings = [
    { ...finding, check: 'body', code: 'empty' },
    { ...finding, check: 'header-values', code: 'type' },
    { ...finding, check: 'list/of-tomorrow', code: 'lost' },
  ];
  await writeFile(file, JSON.stringify(runOf([capability({ id: 'GET /things/', findings })])));
  const [read] = (await readRun(file)).operations;
  expect(read?.findings).toEqual([
    { ...findings[0], check: 'answer/body-present' },
    { ...findings[1], check: 'answer/response-headers' },
    findings[2],
  ]);
});
