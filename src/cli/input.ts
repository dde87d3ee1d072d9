import { LARGEST_FILE, readNamedText } from '../document/text.js';
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
    return textOf(stdin);
  }
  const unreadable = 'the file cannot be read';
  return readNamedText(file, { missing: unreadable, unreadable, remedy: 'Check the path.' });
}

/** All that comes, unless it is more than a file may hold. */
async function textOf(stream: Host['stdin']): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Buffer | string);
    size += bytes.length;
    if (size > LARGEST_FILE) {
      throw new Problem(`more than ${LARGEST_FILE / 1024 / 1024} MiB came on standard input`, {
        remedy: 'Paste only the answer that is meant.',
      });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
