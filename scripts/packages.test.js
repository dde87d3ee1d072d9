/* global URL */
import { readdir, readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} folder */
const manifestOf = async (folder) => JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8'));
const program = await manifestOf('.');
const packages = await readdir(join(ROOT, 'packages'));

test.each(packages)('packages/%s is released with the program, and each names the other', async (name) => {
  const manifest = await manifestOf(join('packages', name));
  expect(manifest.version).toBe(program.version);
  expect(manifest.peerDependencies[program.name]).toBe(program.version);
  expect(program.peerDependencies[manifest.name]).toBe(program.version);
  expect(program.devDependencies[manifest.name]).toBe(program.version);
});

test('what is installed on demand is optional, and pinned to what was tested', () => {
  for (const name of Object.keys(program.peerDependencies)) {
    expect(program.peerDependenciesMeta[name]).toEqual({ optional: true });
    expect(program.devDependencies[name]).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

// In this repository npm finds what another package depends on, too.
test.each(packages)('packages/%s depends on each package that its code imports', async (name) => {
  const folder = join('packages', name);
  const { dependencies, peerDependencies } = await manifestOf(folder);
  const known = Object.keys({ ...dependencies, ...peerDependencies });
  const files = (await readdir(join(ROOT, folder, 'src'), { recursive: true })).filter(
    (file) => /\.[jt]s$/.test(file) && !file.includes('.test.') && !file.startsWith('testing'),
  );
  const imported = new Set();
  for (const file of files) {
    const text = await readFile(join(ROOT, folder, 'src', file), 'utf8');
    for (const [, id = ''] of text.matchAll(/(?:from |import\()'([^.'][^']*)'/g)) {
      if (!isBuiltin(id)) imported.add(id.split('/', id.startsWith('@') ? 2 : 1).join('/'));
    }
  }
  expect([...imported].sort()).toEqual(known.sort());
});
