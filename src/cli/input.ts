import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Problem } from '../problem.js';
import type { Host } from './host.js';
import type { Io } from './io.js';

/**
 * The text of a file, or of standard input.
 * @param hint what to say to a person who sits before an empty line
 */
export async function readInput(
  file: string | undefined,
  hint: string,
  io: Io,
  { stdin }: Pick<Host, 'stdin'>,
): Promise<string> {
  if (file === undefined || file === '-') {
    if (stdin.isTTY === true) io.note(hint);
    return text(stdin);
  }
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Problem('the file cannot be read', {
      place: { file },
      remedy: 'Check the path.',
      cause: error,
    });
  }
}
