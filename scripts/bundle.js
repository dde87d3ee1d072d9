/* global URL */
// Part of the build: writes the program and the library as few files, because to load a thousand takes longer than a check of a small API.
// What is in `dist/src` is bundled with the packages that it uses. Installed beside it, and loaded from `node_modules`
// by the commands that need them, are only the `dependencies` of package.json, and the `peerDependencies` where they are
// there: see docs/decisions/what-is-installed.md.
import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { writeFolder } from './write-folder.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
const INTO = join(DIST, 'bin');
const { dependencies, peerDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
const INSTALLED = Object.keys({ ...dependencies, ...peerDependencies });

/** Bundled although they are installed: every command loads them. */
const BUNDLED = ['@sinclair/typebox', 'ajv'];

const suites = (await readdir(join(DIST, 'suites'))).filter((name) => /\.(suite|config)\.js$/.test(name));
const program = await bundle({
  // What others use of the program are the same modules that it runs.
  input: {
    conform: join(DIST, 'src/cli/main.js'),
    library: join(DIST, 'src/library/index.js'),
    kit: join(DIST, 'src/kit.js'),
    client: join(DIST, 'src/client/client.js'),
    generated: join(DIST, 'generated/client.js'),
    ...Object.fromEntries(suites.map((name) => [`suites/${name.slice(0, -3)}`, join(DIST, 'suites', name)])),
  },
  chunks: 'parts/[name]-[hash].js',
  external: (name, id) => INSTALLED.includes(name) && !BUNDLED.includes(name) && !BUNDLED.includes(id),
});
await writeFolder(INTO, new Map([...filesOf(program), ['LICENSES.txt', await licensesOf(program)]]));
await chmod(join(INTO, 'conform.js'), 0o755);

const CACHE = join(ROOT, 'packages/caller-id');
const compiled = join(DIST, 'packages/caller-id/src');
const cache = await bundle({
  input: { bench: join(compiled, 'bench.js'), cache: join(compiled, 'cache.js') },
  // The watchdog is looked for beside the file that starts it.
  chunks: '[name]-[hash].js',
  external: () => true,
});
const watchdog = await readFile(join(CACHE, 'src/engine/watchdog.js'), 'utf8');
await writeFolder(join(CACHE, 'dist'), new Map([...filesOf(cache), ['watchdog.js', watchdog]]));

/**
 * @param {{ input: Record<string, string>, chunks: string, external: (name: string, id: string) => boolean }} of `external`:
 *   whether a package is loaded from `node_modules`, by its name and by what an import names
 */
async function bundle({ input, chunks, external }) {
  const made = await rolldown({
    input,
    platform: 'node',
    external: (id) => !isFile(id) && external(packageOf(id), id),
    // What its package.json calls the main file finds its other files in a way that a bundler cannot follow.
    resolve: { alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' } },
    // Modules of CommonJS have it.
    transform: { define: { __dirname: 'import.meta.dirname' } },
    // Its only sign of being CommonJS is that it exports by `this`.
    plugins: [
      {
        name: 'exports-by-this',
        transform: (code, id) =>
          id.includes('/uri-template-lite/') ? code.replaceAll('this.URI', 'exports.URI') : null,
      },
    ],
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
