/* global URL */
// What a product needs is put into `.real-hosts/`, once: nothing is installed on the machine, and root is not needed.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Everything that is fetched and written stands below this folder. */
export const CACHE = fileURLToPath(new URL('../.real-hosts/', import.meta.url));

/** Something that a product needs cannot be had here. The message says what, and why. */
export class Unavailable extends Error {}

/**
 * Unpacks Debian packages, and what they depend on and this machine lacks.
 * @param {string} name of the folder
 * @param {readonly string[]} packages
 * @returns {Promise<string>} the folder that stands in for `/`
 */
export function fromDebian(name, packages) {
  return once(join(CACHE, 'debian', name), packages.join(' '), async (folder) => {
    const archives = join(folder, 'archives');
    await mkdir(archives);
    const root = process.getuid?.() === 0;
    const options = root ? ['-o', 'APT::Sandbox::User=root'] : [];
    const fetchAll = async () => {
      const wanted = ['install', '--simulate', '--no-install-recommends', ...packages];
      const { stdout } = await run('apt-get', [...options, ...wanted]);
      // “Inst NAME (version …)” is new on this machine; “Inst NAME [version] (version …)” would be an upgrade.
      const missing = [...stdout.matchAll(/^Inst (\S+) \(/gm)].map(([, found]) => found ?? '');
      await run('apt-get', [...options, 'download', ...new Set([...packages, ...missing])], {
        cwd: archives,
      });
    };
    await fetchAll().catch(async (error) => {
      // The lists are missing or old; only root can renew them.
      if (!root) throw error;
      await run('apt-get', ['update']);
      await fetchAll();
    });
    for (const archive of await readdir(archives)) {
      await run('dpkg-deb', ['--extract', join(archives, archive), folder]);
    }
    await rm(archives, { recursive: true });
    await turnLinksInwards(folder);
  });
}

/** The folder of the shared libraries of unpacked Debian packages. @param {string} root @returns {Promise<string>} */
export async function librariesIn(root) {
  const folders = await readdir(join(root, 'usr/lib'));
  return join(root, 'usr/lib', folders.find((name) => name.includes('-linux-gnu')) ?? '');
}

/**
 * Installs a package of the npm registry without its scripts.
 * @param {string} name
 * @param {string} version
 * @returns {Promise<string>} the folder of the package
 */
export async function fromNpm(name, version) {
  return join(await manyFromNpm(name, [`${name}@${version}`]), name);
}

/**
 * Installs packages of the npm registry beside each other, without their scripts.
 * @param {string} folder what the folder is called
 * @param {readonly string[]} packages with their versions
 * @returns {Promise<string>} the folder that holds the packages
 */
export async function manyFromNpm(folder, packages) {
  const filled = await once(join(CACHE, 'npm', folder), packages.join(' '), async (prefix) => {
    const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
    await run('npm', ['install', '--prefix', prefix, ...options, ...packages]);
  });
  return join(filled, 'node_modules');
}

/**
 * Fills a folder, unless it was filled for the same before.
 * @param {string} folder
 * @param {string} what
 * @param {(folder: string) => Promise<void>} fill
 */
async function once(folder, what, fill) {
  const complete = join(folder, `complete ${what}`.replaceAll('/', '_'));
  if (existsSync(complete)) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  try {
    await fill(folder);
  } catch (error) {
    throw new Unavailable(`${what} cannot be had: ${lastLine(error)}`, { cause: error });
  }
  await writeFile(complete, '');
  return folder;
}

/** Packages link to `/etc/…`; unpacked elsewhere, such a link has to lead to what was unpacked. @param {string} root */
async function turnLinksInwards(root) {
  for (const name of await readdir(root, { recursive: true })) {
    const file = join(root, name);
    if (!(await lstat(file)).isSymbolicLink()) continue;
    const target = await readlink(file);
    if (!target.startsWith('/') || !existsSync(join(root, target))) continue;
    await rm(file);
    await symlink(join(root, target), file);
  }
}

/** What a program said last before it failed. @param {any} error */
function lastLine(error) {
  return String(error.stderr || error.message)
    .trim()
    .split('\n')
    .at(-1);
}
