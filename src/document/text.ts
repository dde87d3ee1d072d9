import { readFile, stat } from 'node:fs/promises';
import { codeOf, Problem } from '../problem.js';

/** No contract and no run is larger; what is would fill the memory when it is parsed. */
export const LARGEST_FILE = 64 * 1024 * 1024;

/**
 * The text of a file of at most so many bytes.
 * @throws Problem when it is larger, or is something else than a file (a folder, a pipe that nobody fills)
 * @throws the error of the system when it cannot be opened
 */
export async function readText(file: string, most = LARGEST_FILE): Promise<string> {
  return (await readBytes(file, most)).toString('utf8');
}

async function readBytes(file: string, most: number): Promise<Buffer> {
  const found = await stat(file);
  if (!found.isFile()) {
    throw new Problem(
      'CONFORM_E_FILE_UNREADABLE',
      found.isDirectory() ? 'this is a folder, not a file' : 'this is not a file',
      { place: { file }, remedy: 'Name the file itself.' },
    );
  }
  if (found.size > most) {
    throw new Problem('CONFORM_E_FILE_TOO_LARGE', `the file is larger than ${most / 1024 / 1024} MiB`, {
      place: { file },
      remedy: 'Check that it is the intended file.',
    });
  }
  return readFile(file);
}

/**
 * As `readText`, of a file that somebody has named.
 * @param says what is wrong where the file is not there, and where it cannot be read; and what to do about it
 * @throws Problem with the file
 */
export async function readNamedText(
  file: string,
  says: { missing: string; unreadable: string; remedy: string },
  most = LARGEST_FILE,
): Promise<string> {
  return (await readNamedBytes(file, says, most)).toString('utf8');
}

/** As `readNamedText`, in whatever encoding the file is. */
export async function readNamedBytes(
  file: string,
  says: { missing: string; unreadable: string; remedy: string },
  most = LARGEST_FILE,
): Promise<Buffer> {
  try {
    return await readBytes(file, most);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      codeOf(error) === 'ENOENT' ? 'CONFORM_E_FILE_MISSING' : 'CONFORM_E_FILE_UNREADABLE',
      codeOf(error) === 'ENOENT' ? says.missing : says.unreadable,
      {
        place: { file },
        remedy: says.remedy,
        cause: error,
      },
    );
  }
}
