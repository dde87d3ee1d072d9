import { readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { temporaryFolder } from '../testing/folder.js';
import { preparedTemplate, prepareTemplates } from './prepared-templates.js';

test('the build compiles every template, each to a module of its own', async () => {
  await using folder = await temporaryFolder();
  const names = await readdir(join(PACKAGE_ROOT, 'templates'), { recursive: true });
  const files = await prepareTemplates();
  expect(files.size).toBe(names.filter((name) => name.endsWith('.hbs')).length);
  for (const [name, text] of files) {
    const file = join(folder.path, `${basename(name, '.js')}.mjs`);
    await writeFile(file, text);
    const module: unknown = await import(pathToFileURL(file).href);
    expect(module).toMatchObject({ default: { main: expect.any(Function) as unknown } });
  }
});

test('from source no template is taken from what was built', async () => {
  const source = await readFile(join(PACKAGE_ROOT, 'templates/report.md.hbs'), 'utf8');
  expect(await preparedTemplate(source, 'markdown')).toBeUndefined();
});
