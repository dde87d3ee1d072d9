import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { removeChecks } from '../checks/own.js';
import { allFormats, removeFormats } from '../documents/formats/index.js';
import { temporaryFolder } from '../testing/folder.js';
import { addPlugin, loadPlugins } from './plugins.js';

afterEach(() => {
  removeChecks();
  removeFormats();
});

const FORMAT = `{ name: 'words', render: () => [{ name: 'words.txt', text: 'one' }] }`;
const REPORTER = `{ name: 'counts', onEvent: () => undefined }`;

test('a plugin is a file or a folder of files', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'one.mjs');
  await writeFile(file, `export default { formats: [${FORMAT}], reporters: [${REPORTER}] };`);
  expect((await loadPlugins([file])).map(({ name }) => name)).toEqual(['counts']);
  expect(allFormats().at(-1)?.name).toBe('words');
  expect((await loadPlugins([folder.path])).map(({ name }) => name)).toEqual(['counts']);
});

test('what cannot be used says why, with the file', async () => {
  await using folder = await temporaryFolder();
  const written = async (name: string, text: string) => {
    await writeFile(join(folder.path, name), text);
    return join(folder.path, name);
  };
  await mkdir(join(folder.path, 'empty'));
  const failing: [name: string, message: string][] = [
    ['no-such-package-of-anybody', 'there is no plugin “no-such-package-of-anybody”'],
    [join(folder.path, 'empty'), 'the folder holds no plugin'],
    [await written('a.mjs', 'nonsense('), 'the plugin cannot be loaded'],
    [await written('b.mjs', 'throw new Error("not today")'), 'not today'],
    [await written('c.mjs', 'export const checks = [];'), 'exports lists of checks, formats, reporters'],
    [await written('d.mjs', 'export default { check: [] };'), '“check” is none of them'],
    [await written('e.mjs', 'export default { checks: {} };'), '“checks” is no list'],
    [await written('f.mjs', 'export default { reporters: [{}] };'), 'a reporter needs a “name”'],
    [await written('g.mjs', 'export default { formats: [{ name: "A b" }] };'), 'a format needs a “name”'],
    [await written('h.mjs', 'export default { checks: [{ id: "own/a" }] };'), 'no usable “promise”'],
  ];
  for (const [name, message] of failing) await expect(loadPlugins([name]), name).rejects.toThrow(message);
});

test('a format cannot take the name of another', () => {
  expect(() => addPlugin({ formats: [{ name: 'html', render: () => [] }] }, 'mine.js')).toThrow(
    'there are two formats “html”',
  );
});
