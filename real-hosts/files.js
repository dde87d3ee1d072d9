// The files of a folder, for the products that keep their state in files.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

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
