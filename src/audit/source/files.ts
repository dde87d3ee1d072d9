import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { codeOf, Problem } from '../../problem.js';
import { languageOf, type SourceFile } from './read.js';

/** The code of a folder. */
export interface Folder {
  files: SourceFile[];
  /** What was passed over that could hold code, by why, for example `files larger than 2 MiB`. */
  passedOver: Map<string, number>;
}

/** No file that a person writes is larger. */
const LARGEST = 2 * 1024 * 1024;
/** More files than these are not read at once. */
const AT_ONCE = 32;

/** Folders of what others wrote, or what was made of the code. */
const FOREIGN = new Set(
  (
    'node_modules bower_components site-packages dist-packages vendor third_party __pycache__ dist build out target ' +
    'coverage htmlcov venv env virtualenv wheels eggs'
  ).split(' '),
);
/** Names of files that a program has written. */
const MADE = /(?:\.min\.[cm]?js|\.bundle\.js|\.d\.[cm]?ts|-bundle\.js|_pb2(?:_grpc)?\.py)$/i;

/**
 * The files below a folder that hold code in a language that is read. What others wrote (packages, virtual environments),
 * what was made of the code, and what is hidden is passed over; links are not followed.
 * @throws Problem where there is no such folder
 */
export async function readFolder(folder: string): Promise<Folder> {
  const found: Folder = { files: [], passedOver: new Map() };
  const pass = (why: string): void => {
    found.passedOver.set(why, (found.passedOver.get(why) ?? 0) + 1);
  };
  const paths: string[] = [];
  const walk = async (at: string): Promise<void> => {
    const entries = await readdir(at, { withFileTypes: true });
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) {
        if (entry.name.startsWith('.')) continue;
        if (FOREIGN.has(entry.name) || /\.egg-info$/.test(entry.name)) {
          pass('folders of packages and of what was built');
          continue;
        }
        await walk(path).catch((error: unknown) => {
          if (codeOf(error) === '') throw error;
          pass('folders that cannot be read');
        });
      } else if (entry.isFile() && languageOf(entry.name) !== undefined) {
        if (MADE.test(entry.name)) pass('files that a program has written');
        else paths.push(path);
      }
    }
  };
  await walk(folder).catch((error: unknown) => {
    const code = codeOf(error);
    if (code === '') throw error;
    const what =
      code === 'ENOTDIR'
        ? 'this is not a folder'
        : code === 'ENOENT'
          ? 'there is no such folder'
          : 'the folder cannot be read';
    throw new Problem('CONFORM_E_FILE_UNREADABLE', what, {
      place: { file: folder },
      remedy: 'Check the path. Name files with calls without --source.',
    });
  });
  for (let begin = 0; begin < paths.length; begin += AT_ONCE) {
    const some = paths.slice(begin, begin + AT_ONCE);
    const texts = await Promise.all(some.map((path) => readCode(path)));
    for (const [index, path] of some.entries()) {
      const read = texts[index];
      if (read === undefined) continue;
      if ('why' in read) pass(read.why);
      else found.files.push({ file: relative('', path), text: read.text });
    }
  }
  return found;
}

/** The text of a file of code, or why it is passed over. */
async function readCode(path: string): Promise<{ text: string } | { why: string }> {
  try {
    if ((await stat(path)).size > LARGEST) return { why: `files larger than ${LARGEST / 1024 / 1024} MiB` };
    const text = await readFile(path, 'utf8');
    if (text.includes('\0')) return { why: 'files that are no text' };
    if (isMinified(text)) return { why: 'files that a program has written' };
    return { text };
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return { why: 'files that cannot be read' };
  }
}

/** Whether the lines are longer than a person writes them. */
function isMinified(text: string): boolean {
  return text.length > 20_000 && text.length / (text.split('\n').length + 1) > 500;
}
