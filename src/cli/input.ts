import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Problem } from '../problem.js';
import type { Io } from './io.js';

/**
 * The text of a file, or of standard input.
 * @param hint what to say to a person who sits before an empty line
 */
export async function readInput(file: string | undefined, hint: string, io: Io): Promise<string> {
  if (file === undefined || file === '-') {
    if (process.stdin.isTTY) io.note(hint);
    return text(process.stdin);
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
