/* global console, process, URL */
// npm run test:installed [-- --parts] [--node FILE]...
//
// What users get: packs the program and its package of the cache, installs them into an empty folder, measures what was
// installed, and runs the check from there with each Node that is named (else with the one that runs this), and with the last
// of them the commands that need more: without what they need and, with --parts, with it. Skips where the registry of npm cannot be reached.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** What may be installed with the program and its mock, in MB of disk space. */
const LIMIT_MB = 60;
/** How npm says that it does not reach the registry. */
const UNREACHABLE = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|E5\d\d)\b/;
const CACHE = 'wellsky-conform-caller-id';

/** What somebody writes who imports the engine. The second line is wrong, and has to be found so. */
const USES_TYPES = `import { check, judge, openSpec, readRun } from 'wellsky-conform';
// @ts-expect-error a target is a text
const wrong: number = (await readRun('run.json')).target;
const spec = await openSpec('spec');
const { run } = await check(spec, { target: 'mock', onEvent: (event) => void event.target });
const outcomes: string[] = run.operations.map(({ outcome }) => outcome);
const code: 0 | 1 | 3 = judge(run).exitCode;
export { code, outcomes, wrong };
`;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: { node: { type: 'string', multiple: true }, parts: { type: 'boolean' } },
});
const nodes = values.node ?? [process.execPath];
const wrong = /** @type {string[]} */ ([]);
const folder = await mkdtemp(join(tmpdir(), 'conform-installed-'));
try {
  // PostgreSQL does not run as root, and has to find itself there as somebody else.
  await chmod(folder, 0o755);
  await tryInstalled();
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const what of wrong) console.error(`wrong: ${what}`);
if (wrong.length > 0) process.exitCode = 1;

async function tryInstalled() {
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const packing = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  await npm(ROOT, [...packing, '--workspaces', '--include-workspace-root']);
  const tarball = (/** @type {string} */ name) => join(folder, `${name}-${manifest.version}.tgz`);
  const user = join(folder, 'user');
  const installed = await npm(folder, ['install', '--prefix', user, tarball(manifest.name)]);
  if (installed.code !== 0) {
    if (UNREACHABLE.test(installed.text)) console.log('Skipped: the registry of npm cannot be reached.');
    else wrong.push(`it cannot be installed:\n${installed.text}`);
    return;
  }

  const modules = join(user, 'node_modules');
  const { bytes, names } = await measure(modules);
  const mb = bytes / 1e6;
  console.log(`${mb.toFixed(1)} MB of at most ${LIMIT_MB}, ${names.size} packages`);
  if (mb > LIMIT_MB) wrong.push(`${mb.toFixed(1)} MB were installed; ${LIMIT_MB} MB is the limit`);
  // npm does not apply the overrides of a package that is installed.
  for (const name of Object.keys(manifest.overrides)) {
    if (names.has(name)) wrong.push(`${name} was installed, and not in the version of our overrides`);
  }

  await expectLinks(join(modules, manifest.name));

  const run = (/** @type {string} */ node, /** @type {readonly string[]} */ args) =>
    start(node, [join(modules, manifest.name, manifest.bin.conform), ...args], user);
  for (const node of nodes) {
    const { text: version } = await start(node, ['--version'], user);
    const checked = await run(node, ['check', '--quiet']);
    console.log(`conform check on Node ${version.trim()}: exit ${checked.code}`);
    if (checked.code !== 0) wrong.push(`conform check on Node ${version.trim()}:\n${checked.text}`);
  }

  const node = nodes.at(-1) ?? process.execPath;
  const parts = /** @type {const} */ ([
    { args: ['suites', '--target', 'replica'], packages: ['vitest'], codes: [0] },
    { args: ['generate', '--into', 'generated'], packages: ['openapi-typescript', 'typescript'], codes: [0] },
    // Nothing listens there: the driver was loaded, and says so.
    { args: ['store', 'migrate', '--store', 'postgres://127.0.0.1:1/none'], packages: ['pg'], codes: [3] },
    // Whether the target holds is a question of the machine.
    { args: ['bench', '--rows', '1000', '--samples', '100'], packages: [CACHE], codes: [0, 1, 3] },
  ]);
  for (const { args, packages } of parts) {
    const wanted = packages.map((name) => `${name}@${manifest.devDependencies[name]}`);
    await expectMissing(run(node, args), args, wanted);
  }
  for (const args of [
    ['cache', 'sync'],
    ['cache', 'lookup', '5555550123'],
  ])
    await expectMissing(run(node, args), args, [`${CACHE}@${manifest.version}`]);

  const added = await npm(folder, [
    'install',
    '--prefix',
    user,
    `typescript@${manifest.devDependencies.typescript}`,
  ]);
  if (added.code !== 0) wrong.push(added.text);
  await expectTypes(node, user);
  if (!values.parts) return;

  // What each says that it needs is all that it needs.
  for (const { args, packages, codes } of parts) {
    const wanted = packages.map((name) =>
      name === CACHE ? tarball(name) : `${name}@${manifest.devDependencies[name]}`,
    );
    const added = await npm(folder, ['install', '--prefix', user, ...wanted]);
    const { code, text } = added.code === 0 ? await run(node, args) : added;
    console.log(`conform ${args[0]} with ${packages.join(' and ')}: exit ${code}`);
    if (!codes.some((one) => one === code)) wrong.push(`conform ${args.join(' ')}: exit ${code}\n${text}`);
  }
}

/**
 * A command whose part is not installed says so, and how to add it.
 * @param {Promise<{ code: number, text: string }>} running
 * @param {readonly string[]} args @param {readonly string[]} wanted packages with their versions
 */
async function expectMissing(running, args, wanted) {
  const { code, text } = await running;
  if (code !== 2 || !text.includes(`npm install ${wanted.join(' ')}`))
    wrong.push(`conform ${args.join(' ')} without ${wanted.join(' and ')}: exit ${code}\n${text}`);
}

/** The types that are published are whole: what they name is installed. @param {string} node @param {string} user */
async function expectTypes(node, user) {
  await writeFile(join(user, 'uses.mts'), USES_TYPES);
  const compiler = join(user, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
  const { code, text } = await start(node, [compiler, ...options, 'uses.mts'], user);
  if (code !== 0) wrong.push(`the types of the engine:\n${text}`);
}

/** What README links to is installed with it. @param {string} top the installed package */
async function expectLinks(top) {
  const text = await readFile(join(top, 'README.md'), 'utf8');
  for (const [, link = ''] of text.matchAll(/\]\(([^)\s#]+)/g)) {
    if (/^[a-z]+:/.test(link) || existsSync(join(top, link))) continue;
    wrong.push(`README links to ${link}, which is not installed`);
  }
}

/** The space on disk that a folder takes, and the packages in it. @param {string} top */
async function measure(top) {
  const names = /** @type {Set<string>} */ (new Set());
  let bytes = 0;
  for (const entry of await readdir(top, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    bytes += (await lstat(file)).blocks * 512;
    const name = /node_modules\/((?:@[^/]+\/)?[^/@.][^/]*)$/.exec(file)?.[1];
    if (entry.isDirectory() && name !== undefined) names.add(name);
  }
  return { bytes, names };
}

/** @param {string} cwd @param {readonly string[]} args */
function npm(cwd, args) {
  return start('npm', [...args, '--no-audit', '--no-fund'], cwd);
}

/**
 * @param {string} file @param {readonly string[]} args @param {string} cwd
 * @returns {Promise<{ code: number, text: string }>} what it has printed, on both streams
 */
function start(file, args, cwd) {
  return new Promise((resolve) => {
    const child = execFile(file, args, { cwd, maxBuffer: 1e8 }, (_, out, err) => {
      resolve({ code: child.exitCode ?? -1, text: out + err });
    });
  });
}
