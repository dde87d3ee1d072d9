import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asText, isObject, type JsonObject } from '../../json.js';
import type { Journal } from './set-up.js';

/** What is needed to make another journal of one that a run has left. */
export interface Material {
  /** The folder in which journals are. */
  folder: string;
  /** The address that the run asked, and that of another host. */
  baseUrl: string;
  elsewhere: string;
  target: string;
  /** The ids of what the run has made, and one of a record that was there before. */
  made: readonly string[];
  existing: string;
}

/**
 * Makes of the journal that a run has left the one that a set-up is about.
 * @returns whether there was one
 */
export async function forge(journal: Journal, material: Material): Promise<boolean> {
  const { folder } = material;
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const file = join(folder, name);
    const text = await readFile(file, 'utf8');
    // Beside what is cut off in its first line the journal itself is as it was.
    if (journal === 'cut beside') await writeFile(join(folder, `0${name}`), text.slice(0, 20));
    else await writeFile(file, forged(journal, text, material));
  }
  return names.length > 0;
}

function forged(
  journal: Journal,
  text: string,
  { baseUrl, elsewhere, target, made, existing }: Material,
): string {
  // In the text, so that it does not matter where in a journal paths are.
  const withPaths = (end: string): string =>
    made.reduce((before, id) => before.replaceAll(new RegExp(`/${id}(?=[/"?])`, 'g'), () => end), text);
  switch (journal) {
    case 'foreign host':
      return text.replaceAll(baseUrl, () => elsewhere);
    case 'production':
      return withPaths(`/${existing}`).replaceAll(`"${target}"`, '"production"');
    case 'foreign record':
      return withPaths(`/${existing}`);
    case 'collection':
      return withPaths('');
    case 'root':
      return withPaths('/../..');
    case 'cut':
      return text.trimEnd().slice(0, -12);
    case 'older':
      return older(text);
    case 'older foreign record':
      return older(withPaths(`/${existing}`));
    case 'older root':
      return older(withPaths('/../..'));
    case 'no format':
      return eachLine(text, without('format'));
    case 'unknown format':
      return eachLine(text, (line) => ('format' in line ? { ...line, format: 'conform-journal/9' } : line));
    case 'other contract':
      return eachLine(text, (line) => ('contract' in line ? { ...line, contract: '0'.repeat(64) } : line));
    case 'other method':
      return eachRemoval(text, ({ operation = '', ...removal }) => ({
        ...removal,
        method: 'PUT',
        operation: asText(operation).replace('DELETE', 'PUT'),
      }));
    default:
      return text;
  }
}

/** As journals were written before they had a format: without a contract, and of each removal the path alone. */
function older(text: string): string {
  const bare = eachLine(text, without('format', 'contract', 'passing'));
  return eachRemoval(bare, ({ path = '' }) => path);
}

function without(...names: readonly string[]): (line: JsonObject) => JsonObject {
  return (line) => Object.fromEntries(Object.entries(line).filter(([name]) => !names.includes(name)));
}

function eachRemoval(text: string, change: (removal: JsonObject) => JsonObject[string]): string {
  return eachLine(text, (line) => {
    const { removal } = line;
    return isObject(removal) ? { ...line, removal: change(removal) } : line;
  });
}

function eachLine(text: string, change: (line: JsonObject) => JsonObject): string {
  return text
    .split('\n')
    .map((line) => {
      if (line === '') return line;
      const value: unknown = JSON.parse(line);
      return isObject(value) ? JSON.stringify(change(value)) : line;
    })
    .join('\n');
}

/** Journals that name what the run has made, so that `cleanup` can know of it. */
const NAMING: readonly Journal[] = [
  'own',
  'other address',
  'forget',
  'replica address',
  'cut',
  'cut beside',
  'older',
  'no format',
  'other contract',
  'other method',
];

/** Whether a journal of this kind still names what the run has made. */
export function namesWhatWasMade(journal: Journal): boolean {
  return NAMING.includes(journal);
}

/** Journals for which nothing may be removed, nor anything else be done that changes something. */
const HOSTILE: readonly Journal[] = [
  'foreign host',
  'production',
  'foreign record',
  'collection',
  'root',
  'older',
  'older foreign record',
  'older root',
  'no format',
  'unknown format',
  'other method',
];

/** Whether anything may be removed because a journal of this kind says so. */
export function mayBeObeyed(journal: Journal): boolean {
  return !HOSTILE.includes(journal);
}
