// The files of a folder: the state of products that keep it in files, and what a check has left.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The run file that a check has left below its folder; undefined where it came to none. @param {string} folder @returns {Promise<any>} */
export async function readRun(folder) {
  const runs = join(folder, 'reports/runs');
  const [name] = await readdir(runs).catch(() => []);
  const text = name === undefined ? '' : await readFile(join(runs, name), 'utf8');
  // A check that was killed leaves the place of its run, and no run.
  return text.startsWith('{') ? JSON.parse(text) : undefined;
}

/**
 * Every file below a folder, by its path from there; none where the folder does not exist.
 * @param {string} folder
 * @returns {Promise<{ name: string, text: string }[]>}
 */
export async function readFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, path, name }) => {
        const file = join(parentPath ?? path, name);
        return { name: file.slice(folder.length + 1), text: await readFile(file, 'utf8') };
      }),
  );
}
