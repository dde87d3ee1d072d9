import { LARGEST_FILE, readNamedBytes } from '../document/text.js';
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
  host: Pick<Host, 'stdin'>,
): Promise<string> {
  return (await readInputBytes(file, hint, io, host)).toString('utf8');
}

/** As `readInput`, in whatever encoding it is. */
export async function readInputBytes(
  file: string | undefined,
  hint: string,
  io: Io,
  { stdin }: Pick<Host, 'stdin'>,
): Promise<Buffer> {
  if (file === undefined || file === '-') {
    if (stdin.isTTY === true) io.note(hint);
    return bytesOf(stdin);
  }
  return readNamedBytes(file, {
    missing: 'there is no such file',
    unreadable: 'the file cannot be read',
    remedy: 'Check the path and its permissions.',
  });
}

/** All that comes, unless it is more than a file may hold. */
async function bytesOf(stream: Host['stdin']): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Buffer | string);
    size += bytes.length;
    if (size > LARGEST_FILE) {
      throw new Problem(
        'CONFORM_E_FILE_TOO_LARGE',
        `more than ${LARGEST_FILE / 1024 / 1024} MiB came on standard input`,
        {
          remedy: 'Paste only the answer in question.',
        },
      );
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
