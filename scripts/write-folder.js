// Fills a folder that the build owns.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Leaves a folder with these files and no others. What is there already stays as it is, so that a program that runs while the
 * same is built again finds all of its parts.
 * @param {string} folder
 * @param {ReadonlyMap<string, string>} files by their names in the folder
 */
export async function writeFolder(folder, files) {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) {
    const file = join(folder, name);
    if ((await readFile(file, 'utf8').catch(() => undefined)) === text) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !files.has(file.slice(folder.length + 1))) await rm(file);
  }
}
