import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { agenciesOf, writeFleet } from '../testing/fleet/world.js';
import { temporaryFolder } from '../testing/folder.js';
import { examineFleet } from './fleet.js';

const NIGHT = '2026-02-26';
const HOSTS = { limited: 'http://127.0.0.1:1', open: 'http://127.0.0.1:1' };

/** Looks at the file of a fleet of two, changed as a test wants it. */
async function look(
  folder: string,
  given: { text?: (before: string) => string; missing?: (name: string) => boolean; mayRun?: boolean } = {},
) {
  const { spec, env } = await writeFleet(folder, agenciesOf({ agencies: 2, onLimited: 0, seed: 1 }), HOSTS);
  const file = join(spec, 'fleet.yaml');
  if (given.text) await writeFile(file, given.text(await readFile(file, 'utf8')));
  const { missing = () => false, mayRun = true } = given;
  const there = Object.fromEntries(Object.entries(env).filter(([name]) => !missing(name)));
  const lines = await examineFleet(file, { specDir: spec, night: NIGHT, env: there, listing: env, mayRun });
  for (const value of Object.values(env)) expect(JSON.stringify(lines)).not.toContain(value);
  return { lines, names: Object.keys(env) };
}

test('a fleet in which all is well', async () => {
  await using folder = await temporaryFolder();
  const { lines } = await look(folder.path);
  expect(lines.map(({ name, state }) => [name, state])).toEqual([
    ['fleet', 'ok'],
    ['fleet-variables', 'ok'],
  ]);
});

test('variables that are not set here are named with their agencies, as a warning', async () => {
  await using folder = await temporaryFolder();
  const { lines, names } = await look(folder.path, { missing: () => true });
  const [, variables] = lines;
  expect(variables).toMatchObject({ name: 'fleet-variables', state: 'warning' });
  for (const name of names) expect(variables?.found).toContain(`${name} (`);
});

test('every fault of an entry is an error with its place', async () => {
  await using folder = await temporaryFolder();
  const text = (before: string) => before.replaceAll(/^( *)- name: /gm, '$1- nane: ');
  const { lines } = await look(folder.path, { text });
  const errors = lines.filter(({ state }) => state === 'error');
  expect(errors.length).toBeGreaterThanOrEqual(2);
  for (const { found } of errors) expect(found).toMatch(/fleet\.yaml:\d+: /);
});

test('a file that is no fleet file is an error; offline no program is run', async () => {
  await using folder = await temporaryFolder();
  const broken = await look(folder.path, { text: () => 'fleet: [\n' });
  expect(broken.lines).toMatchObject([{ name: 'fleet', state: 'error' }]);
  const listed = () => 'fleet: home\nagencies: { command: [no-such-program-for-tests] }\n';
  const offline = await look(folder.path, { text: listed, mayRun: false });
  expect(offline.lines).toMatchObject([{ name: 'fleet', state: 'not tried' }]);
  const online = await look(folder.path, { text: listed });
  expect(online.lines).toMatchObject([{ name: 'fleet', state: 'error' }]);
});
