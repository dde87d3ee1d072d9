/* global URL */
// Part of the build: writes the command line as few files, because to load a thousand takes longer than a check of a small
// API. What stands in `dist/src` is bundled with those packages that every check needs; all others are loaded from
// `node_modules` by the commands that need them.
import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { writeFolder } from './write-folder.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const INTO = join(ROOT, 'dist/bin');

/** The packages, and files of packages, that are bundled. What they depend on is named as well. */
const BUNDLED = [
  '@redocly/openapi-core/lib/js-yaml/index.js',
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
  'yaml-ast-parser',
  'yocto-queue',
];

const program = await bundle({
  // What other packages use of the program are the same modules that it runs.
  input: { conform: join(ROOT, 'dist/src/cli/main.js'), kit: join(ROOT, 'dist/src/kit.js') },
  chunks: 'parts/[name]-[hash].js',
  bundled: BUNDLED,
});
await writeFolder(INTO, new Map([...filesOf(program), ['LICENSES.txt', await licensesOf(program)]]));
await chmod(join(INTO, 'conform.js'), 0o755);

const CACHE = join(ROOT, 'packages/caller-id');
const compiled = join(ROOT, 'dist/packages/caller-id/src');
const cache = await bundle({
  input: { bench: join(compiled, 'bench.js'), cache: join(compiled, 'cache.js') },
  // The watchdog is looked for beside the file that starts it.
  chunks: '[name]-[hash].js',
  bundled: [],
});
const watchdog = await readFile(join(CACHE, 'src/engine/watchdog.js'), 'utf8');
await writeFolder(join(CACHE, 'dist'), new Map([...filesOf(cache), ['watchdog.js', watchdog]]));

/** @param {{ input: Record<string, string>, chunks: string, bundled: readonly string[] }} of */
async function bundle({ input, chunks, bundled }) {
  const made = await rolldown({
    input,
    platform: 'node',
    external: (id) => !isFile(id) && !bundled.includes(id) && !bundled.includes(packageOf(id)),
    onLog: (_, log) => {
      throw new Error(log.message);
    },
  });
  const { output } = await made.generate({ format: 'esm', chunkFileNames: chunks });
  await made.close();
  return output;
}

/** @param {import('rolldown').RolldownOutput['output']} output */
function filesOf(output) {
  return output.map((part) => /** @type {const} */ ([part.fileName, 'code' in part ? part.code : '']));
}

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
