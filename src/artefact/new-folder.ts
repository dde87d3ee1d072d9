import { link, mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, Problem } from '../problem.js';
import type { Secrets } from '../targets/secrets.js';
import { draftName, removeStale } from './drafts.js';
import { openFolder } from './folder.js';

/**
 * Writes a folder of files: all of them, or none. They are written beside its place, examined there, and only then moved.
 * Nothing that is there already is overwritten or removed.
 * @param path of the folder; it may be there, with other files in it
 * @param given.secrets what may be in no file
 * @param given.examine looks at the finished draft, which it is given the path of; what it throws ends the work
 * @param given.kept names that are written for `examine` only
 * @throws Problem when a file of such a name is there, a text holds a secret, or the disk does not take it
 */
export async function writeNewFolder(
  path: string,
  files: readonly { name: string; text: string }[],
  given: { secrets: Secrets; examine: (draft: string) => Promise<void>; kept?: readonly string[] },
): Promise<void> {
  const place = resolve(path);
  const above = dirname(place);
  const draft = join(above, draftName(basename(place)));
  try {
    // A file that is there is in the way of the folders above.
    await mkdir(above, { recursive: true }).catch(refused(path, { EEXIST: NO_FOLDER }));
    await removeStale(above);
    await mkdir(draft).catch(refused(path));
    const folder = openFolder(draft, given.secrets, 'shared');
    for (const { name, text } of files) await folder.write(name, text).catch(asIn(draft, path));
    await given.examine(draft);
    const kept = given.kept ?? [];
    for (const name of kept) await folder.remove(name);
    await putInPlace(draft, place, path);
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** In one step where the folder is not there or empty, else file by file; what was put there is taken back on a failure. */
async function putInPlace(draft: string, place: string, path: string): Promise<void> {
  // A folder takes the place of an empty one, and of no other.
  const isMoved = await rename(draft, place).then(
    () => true,
    (error: unknown) => {
      if (['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) return false;
      return refused(path)(error);
    },
  );
  if (isMoved) return;
  const made: string[] = [];
  const folders: string[] = [];
  try {
    const entries = await readdir(draft, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile())) {
      const from = join(entry.parentPath, entry.name);
      const to = join(place, from.slice(draft.length + 1));
      const folder = await mkdir(dirname(to), { recursive: true });
      if (folder !== undefined) folders.push(folder);
      // A link is made whole or not at all, and never over something that is there.
      await link(from, to);
      made.push(to);
    }
  } catch (error) {
    for (const file of made) await rm(file, { force: true }).catch(() => undefined);
    for (const folder of folders) await rmdir(folder).catch(() => undefined);
    refused(path)(error);
  }
}

function refused(path: string, own: Record<string, string> = {}): (error: unknown) => never {
  return (error) => {
    const why = { ...REASONS, ...own }[codeOf(error)] ?? 'the system refuses it';
    throw new Problem('CONFORM_E_FILE_UNWRITABLE', `nothing can be written here: ${why}`, {
      place: { file: path },
      remedy: 'Name another folder, or make this one writable.',
      cause: error,
    });
  };
}

/** A problem with the place that the file was to have. */
function asIn(draft: string, path: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Problem) || error.place === undefined) throw error;
    const { code, message, remedy, place } = error;
    throw new Problem(code, message, {
      place: { ...place, file: place.file.replace(draft, () => path) },
      ...(remedy === undefined ? {} : { remedy }),
      cause: error,
    });
  };
}

const NO_FOLDER = 'a part of the path is a file';

const REASONS: Record<string, string> = {
  EACCES: 'permission is missing',
  EPERM: 'permission is missing',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EEXIST: 'a file of that name is there',
  ENOTDIR: NO_FOLDER,
};
