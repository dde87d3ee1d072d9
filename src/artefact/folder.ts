import { existsSync } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { readText } from '../document/text.js';
import { codeOf, Problem } from '../problem.js';
import type { Secrets } from '../targets/secrets.js';
import { claim, draftName, release, removeStale } from './drafts.js';
import type { Content } from './content.js';
import { checkedContent, outsideFolder, refuseSecrets } from './guard.js';

/**
 * Texts with names, as a command reads them back later: runs, tickets, nights. Whoever keeps them, a folder on disk or a
 * database, a name means the same.
 */
export interface Records {
  /** Where they are, as people are shown it; no password is in it. */
  readonly path: string;
  /**
   * Where one of them is, as people are shown it.
   * @param name path below the folder, with slashes
   * @throws Problem when the name leads out of the folder
   */
  place: (name: string) => string;
  /**
   * The text of one of them; undefined where there is none of that name.
   * @throws Problem when it is there and cannot be read
   */
  read: (name: string) => Promise<string | undefined>;
  /**
   * The names of what is directly in a folder below, without the folder, sorted by their code units. None where there is no
   * such folder.
   * @param dir path below the folder; empty for the folder itself
   * @throws Problem when it is there and cannot be read
   */
  list: (dir: string) => Promise<string[]>;
}

/**
 * A folder that a command writes to. All files of the program are written through one: nothing leaves the folder,
 * nothing is written that holds a secret of this process or a character that is a command, and a file is there whole
 * or not at all.
 */
export interface Folder extends Records {
  /**
   * Writes one file: beside its place first, then moved there.
   * @param name path below the folder
   * @returns the path of the file
   * @throws Problem when the content holds a secret, the name leads out of the folder, or the disk does not take it
   */
  write: (name: string, content: Content) => Promise<string>;
  /**
   * Writes one file, unless there is one of that name already.
   * @returns whether it was written
   * @throws Problem as `write` does
   */
  create: (name: string, content: Content) => Promise<boolean>;
  /** Removes one file. That there is none is no error. */
  remove: (name: string) => Promise<void>;
  /**
   * Stops what is about to be written in a form in which a secret could not be found any more.
   * @throws Problem that says where it would have been, and not what it is
   */
  refuseSecrets: (name: string, texts: readonly string[]) => void;
  /**
   * Takes a name that no file has and that nobody else is about to write: the given one, or one with a number behind it.
   * @param dir a folder below this one
   * @param extension of the file that is to come
   * @throws Problem when the disk does not take it
   */
  claim: (dir: string, stem: string, extension: string) => Promise<Claim>;
}

/** A name that nobody else is given until it is released. */
export interface Claim {
  stem: string;
  release: () => Promise<void>;
}

/** Opens a folder on disk for reading. That there is none is as if it were empty. */
export function openRecords(path: string): Records {
  const place = (name: string): string => {
    const file = resolve(path, name);
    if (file.startsWith(resolve(path) + sep) && !name.includes('\0')) return join(path, name);
    throw outsideFolder(name, path);
  };
  return {
    path,
    place,
    read: (name) => {
      const file = place(name);
      return readText(file).catch((error: unknown) => {
        if (NOT_THERE.includes(codeOf(error))) return undefined;
        throw notRead(file, error);
      });
    },
    list: async (dir) => {
      const folder = dir === '' ? path : place(dir);
      const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
        if (NOT_THERE.includes(codeOf(error))) return [];
        throw notRead(folder, error);
      });
      // What is hidden is about to be written, or is no record.
      return entries
        .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
        .map(({ name }) => name)
        .sort();
    },
  };
}

const NOT_THERE = ['ENOENT', 'ENOTDIR'];

/**
 * Opens a folder for writing; it is made with the first file.
 * @param access `private` where files can hold ids of records or what hosts said: nobody else on the machine may
 *   read them. `shared` for what is committed beside the code.
 */
export function openFolder(path: string, secrets: Secrets, access: 'private' | 'shared' = 'private'): Folder {
  const modes = access === 'private' ? { file: 0o600, folder: 0o700 } : { file: 0o666, folder: 0o777 };
  const swept = new Set<string>();
  const prepare = async (folder: string): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: modes.folder });
    if (swept.has(folder)) return;
    swept.add(folder);
    await removeStale(folder);
  };
  const records = openRecords(path);
  const { place } = records;
  /** Writes a draft beside the place of a file, and lets it be put there. */
  const put = async (
    name: string,
    foreign: Content,
    into: (draft: string, file: string) => Promise<void>,
  ): Promise<string> => {
    const file = place(name);
    const content = checkedContent({ name, place: file }, foreign, secrets);
    const draft = join(dirname(file), draftName(basename(file)));
    try {
      await prepare(dirname(file));
      await writeThrough(draft, content(), modes.file);
      await into(draft, file);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw notWritten(file, error);
    }
    return file;
  };
  return {
    ...records,
    refuseSecrets: (name, texts) => {
      refuseSecrets(place(name), texts, secrets);
    },
    write: (name, content) => put(name, content, rename),
    create: async (name, content) => {
      let isNew = true;
      await put(name, content, async (draft, file) => {
        // A link is made whole or not at all, and never over something that is there.
        await link(draft, file).catch((error: unknown) => {
          if (codeOf(error) !== 'EEXIST') throw error;
          isNew = false;
        });
        await rm(draft, { force: true });
      });
      return isNew;
    },
    remove: (name) => rm(place(name), { force: true }),
    claim: async (dir, stem, extension) => {
      const folder = dirname(place(join(dir, `${stem}${extension}`)));
      try {
        await prepare(folder);
        for (let number = 1; ; number++) {
          const numbered = number === 1 ? stem : `${stem}~${number}`;
          const name = `${numbered}${extension}`;
          if (!(await claim(folder, name))) continue;
          if (!existsSync(join(folder, name)))
            return { stem: numbered, release: () => release(folder, name) };
          await release(folder, name);
        }
      } catch (error) {
        throw notWritten(join(folder, `${stem}${extension}`), error);
      }
    },
  };
}

async function writeThrough(file: string, chunks: Iterable<string>, mode: number): Promise<void> {
  const handle = await open(file, 'w', mode);
  try {
    await writeFile(handle, chunks);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function notRead(file: string, error: unknown): Problem {
  if (error instanceof Problem) return error;
  const reason = REASONS[codeOf(error)];
  return new Problem(
    'CONFORM_E_FILE_UNREADABLE',
    `it cannot be read${reason === undefined ? '' : `: ${reason}`}`,
    {
      place: { file },
      remedy: 'Grant the permission, or name another folder with --out.',
      cause: error,
    },
  );
}

function notWritten(file: string, error: unknown): Problem {
  const code = codeOf(error);
  return new Problem(
    'CONFORM_E_FILE_UNWRITABLE',
    `the file cannot be written${REASONS[code] === undefined ? '' : `: ${REASONS[code]}`}`,
    {
      place: { file },
      remedy: 'Free disk space or grant the permission, or name another folder with --out.',
      cause: error,
    },
  );
}

const REASONS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission is missing',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of the path is a file',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
};
