import { readFile, stat } from 'node:fs/promises';
import { Problem } from '../problem.js';

/** No contract and no run is larger; what is would fill the memory when it is parsed. */
export const LARGEST_FILE = 64 * 1024 * 1024;

/**
 * The text of a file of at most so many bytes.
 * @throws Problem when it is larger, or is something else than a file (a folder, a pipe that nobody fills)
 * @throws the error of the system when it cannot be opened
 */
export async function readText(file: string, most = LARGEST_FILE): Promise<string> {
  const found = await stat(file);
  if (!found.isFile()) {
    throw new Problem(found.isDirectory() ? 'is a folder, and no file' : 'is no file', { place: { file } });
  }
  if (found.size > most) {
    throw new Problem(`is larger than ${most / 1024 / 1024} MiB`, {
      place: { file },
      remedy: 'Check that it is the file that was meant.',
    });
  }
  return readFile(file, 'utf8');
}
