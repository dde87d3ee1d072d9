import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../problem.js';

/** Machine, process, and a number of this process's own: process ids are given again. */
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const OWNER = `${MACHINE}-${process.pid}-${randomBytes(3).toString('hex')}`;

let drafts = 0;

/** What a file is called until it is whole: hidden, named by the process that writes it, and each time another. */
export function draftName(name: string): string {
  drafts += 1;
  return `.${name}.${drafts}.${OWNER}.part`;
}

/**
 * Makes a folder for what is needed for a moment only. Who makes it removes it; where the process is killed before,
 * the next start does.
 */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = join(tmpdir(), draftName(name));
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

/**
 * Takes a name in a folder for this process, until `release` or until the process has ended.
 * @returns whether it was free
 */
export async function claim(folder: string, name: string): Promise<boolean> {
  const draft = join(folder, draftName(name));
  await writeFile(draft, OWNER, { mode: 0o600 });
  try {
    // A link is made whole or not at all, and never over something that is there.
    await link(draft, claimFile(folder, name));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await remove(draft);
  }
}

export async function release(folder: string, name: string): Promise<void> {
  await remove(claimFile(folder, name));
}

function claimFile(folder: string, name: string): string {
  return join(folder, `.${name}.claim`);
}

/**
 * Removes the drafts and claims in a folder whose processes have ended without removing them: killed, or with the
 * machine. Those of other machines are left alone, for nobody can see here whether they still run.
 */
export async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name);
    const owner = /^\..+\.claim$/.test(name)
      ? await readFile(file, 'utf8').catch(() => '')
      : /^\..+\.([0-9a-f]{8}-\d+-[0-9a-f]{6})\.part$/.exec(name)?.[1];
    if (owner !== undefined && hasEnded(owner)) await remove(file);
  }
}

/**
 * Removes what is stale in a folder of artefacts and in the folders below it that artefacts are written to.
 * Never fails: who only reads may not be allowed to write there.
 */
export async function removeAllStale(folder: string, depth = 2): Promise<void> {
  await removeStale(folder);
  if (depth === 0) return;
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const below = entries.filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name));
  for (const { name } of below.slice(0, MOST_FOLDERS)) await removeAllStale(join(folder, name), depth - 1);
}

/** An output folder has a handful; whoever names a whole disk as one does not wait for it. */
const MOST_FOLDERS = 50;

function hasEnded(owner: string): boolean {
  const [machine, pid = ''] = owner.split('-');
  if (machine !== MACHINE || owner === OWNER) return false;
  if (pid === String(process.pid)) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // Another user's process may not be sent a signal, but it runs.
    return codeOf(error) === 'ESRCH';
  }
}

async function remove(file: string): Promise<void> {
  await rm(file, { recursive: true, force: true }).catch(() => undefined);
}
