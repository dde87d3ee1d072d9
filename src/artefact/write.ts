import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Problem } from '../problem.js';
import type { Secrets } from '../target/secrets.js';

/**
 * Writes one artefact whole or not at all: beside its place first, then moved there. Before anything is
 * written the text is searched for every secret of this process.
 * @throws Problem when a secret is found, or when the disk does not take the file.
 */
export async function writeArtefact(file: string, text: string, secrets: Secrets): Promise<void> {
  if (secrets.foundIn(text)) {
    throw new Problem('a secret of this process would have been written; nothing was', {
      place: { file },
      remedy: 'Nothing was left on disk. Please report this: redaction has to catch it earlier.',
    });
  }
  const draft = `${file}.${process.pid}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(draft, 'w');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new Problem(`cannot be written${REASONS[code] === undefined ? '' : `: ${REASONS[code]}`}`, {
      place: { file },
      remedy: 'Make room or name another folder with --out.',
      cause: error,
    });
  }
}

const REASONS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission is missing',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'it is a folder',
};
