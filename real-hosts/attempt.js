/* global clearTimeout, setTimeout, URL */
// One check of a product that is started for it, with its state before and after.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { closeAtEnd } from './closing.js';
import { compare } from './compare.js';
import { readRun } from './files.js';
import { faultsOf } from './judge.js';
import { startProgram } from './program.js';
import { startRecorder } from './recorder.js';
import { KEY_VARIABLE, writeSpec } from './spec.js';

const MAIN = fileURLToPath(new URL('../dist/bin/conform.js', import.meta.url));

/** A check that takes longer is ended, and was not done. It is asked to stop a minute before. */
const PATIENCE_MS = 6 * 60_000;

/**
 * @typedef {object} Case
 * @property {import('./spec.js').Security} security
 * @property {'good' | 'never issued'} credential
 * @property {import('./judge.js').Policy} policy
 */

/**
 * @typedef {object} Attempt
 * @property {number | string} exit
 * @property {readonly import('./recorder.js').Arrived[]} arrived
 * @property {ReturnType<typeof compare> | undefined} changes
 * @property {boolean} alive
 * @property {readonly import('./judge.js').Left[] | undefined} left undefined when there is no run file
 * @property {readonly string[]} faults
 */

/**
 * @param {import('./product.js').Product} product
 * @param {Awaited<ReturnType<import('./product.js').Product['install']>>} start
 * @param {Case} given
 * @param {string} folder where it is put down what the check was given and what it did
 * @returns {Promise<Attempt>}
 */
export async function attempt(product, start, given, folder) {
  await mkdir(folder, { recursive: true });
  // Its path is short enough for that of a socket.
  const home = await mkdtemp(join(tmpdir(), 'real-host-'));
  const removeHome = closeAtEnd(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  const instance = await start(home);
  const recorder = await startRecorder(instance.url);
  try {
    const spec = join(folder, 'spec');
    await writeSpec(spec, product, instance.contract, recorder.url, given.security);
    const before = await instance.snapshot();
    const { exit, said } = await check(product, given, spec, folder);
    const alive = instance.alive();
    const after = await instance.snapshot().catch(() => undefined);
    const changes = after && compare(before, after);
    const { arrived } = recorder;
    const run = await readRun(folder);
    // A run that has left nothing behind has no such member.
    const left = run && (run.left ?? []);
    const { createdBy } = product;
    const seen = { ...given, exit, said, alive, changes, arrived, left: left ?? [], createdBy };
    await keep(folder, { before, after, arrived });
    return { exit, arrived, changes, alive, left, faults: faultsOf(seen) };
  } finally {
    await recorder.close();
    await instance.stop();
    await removeHome();
  }
}

/**
 * @param {import('./product.js').Product} product
 * @param {Case} given
 * @param {string} spec
 * @param {string} folder
 */
async function check(product, { credential, policy }, spec, folder) {
  const { PATH, HOME } = process.env;
  const key = credential === 'good' ? product.key.value : product.key.neverIssued;
  const asked = ['check', '--target', 'product', '--writes', policy, '--deadline', '5m', '--no-color'];
  // In a folder of its own: no `.env` of anybody is read.
  const program = startProgram(
    process.execPath,
    [MAIN, ...asked, '--spec-dir', spec, '--out', join(folder, 'reports')],
    { cwd: folder, log: join(folder, 'check.log'), env: { PATH, HOME, [KEY_VARIABLE]: key } },
  );
  const patience = setTimeout(() => void program.stop(), PATIENCE_MS);
  const exit = await program.ended;
  clearTimeout(patience);
  await program.stop();
  return { exit, said: /^error CONFORM_E_.*/m.exec(program.output())?.[0] ?? 'it was not done' };
}

/**
 * @param {string} folder
 * @param {{ before: unknown, after: unknown, arrived: readonly import('./recorder.js').Arrived[] }} seen
 */
async function keep(folder, { before, after, arrived }) {
  await writeFile(join(folder, 'before.json'), JSON.stringify(before, null, 2));
  await writeFile(join(folder, 'after.json'), JSON.stringify(after ?? 'could not be read', null, 2));
  const lines = arrived.map(({ method, path, status }) => `${method} ${path} ${status}\n`);
  await writeFile(join(folder, 'arrived.txt'), lines.join(''));
}
