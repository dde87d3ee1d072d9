/* global URL */
// Part of the build: writes the command line and the library as few files, because to load a thousand takes longer than a check of a small
// API. What stands in `dist/src` is bundled with those packages that every check needs; all others are loaded from
// `node_modules` by the commands that need them.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { writeFolder } from './write-folder.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const INTO = join(ROOT, 'dist/bin');

/** The packages, and files of packages, that are bundled. What they depend on is named as well. */
const BUNDLED = [
  '@commander-js/extra-typings',
  '@sinclair/typebox',
  'ajv',
  'ajv-formats',
  'commander',
  'fast-deep-equal',
  'fast-uri',
  'fastest-levenshtein',
  'handlebars',
  'js-yaml',
  'json-schema-traverse',
  'openapi-sampler',
  'p-limit',
  're2js',
  'undici',
  'yaml',
  'yocto-queue',
];

const bundle = await rolldown({
  input: { conform: join(ROOT, 'dist/src/cli/main.js'), library: join(ROOT, 'dist/src/library/index.js') },
  platform: 'node',
  external: (id) => !isFile(id) && !BUNDLED.includes(id) && !BUNDLED.includes(packageOf(id)),
  onLog: (_, log) => {
    throw new Error(log.message);
  },
});
const { output } = await bundle.generate({ format: 'esm', chunkFileNames: 'parts/[name]-[hash].js' });
await bundle.close();
const parts = output.map((part) => /** @type {const} */ ([part.fileName, 'code' in part ? part.code : '']));
await writeFolder(INTO, new Map([...parts, ['LICENSES.txt', await licensesOf(output)]]));

/** @param {string} id */
function isFile(id) {
  return id.startsWith('.') || id.startsWith('/') || /^[A-Za-z]:/.test(id);
}

/** The name of a package, of what an import names. @param {string} id */
function packageOf(id) {
  return id.split('/', id.startsWith('@') ? 2 : 1).join('/');
}

/** The licenses ask to go wherever the code goes. @param {import('rolldown').RolldownOutput['output']} output */
async function licensesOf(output) {
  const modules = output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
  const folders = modules.flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []);
  const texts = [...new Set(folders)].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    const text = file === undefined ? '' : `\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`;
    return `${name} ${version}, ${license}\n${text}`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}
