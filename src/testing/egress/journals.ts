import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Journal } from './set-up.js';

/** What is needed to make another journal of one that a run has left. */
export interface Material {
  /** The folder in which journals stand. */
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
 * Makes of the journal that a run has left the one that a set-up is about, by changing its text: so it does not matter
 * how journals are written.
 * @returns whether there was one
 */
export async function forge(journal: Journal, material: Material): Promise<boolean> {
  const { folder, baseUrl, elsewhere, target, made, existing } = material;
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const file = join(folder, name);
    const text = await readFile(file, 'utf8');
    const eachId = (change: (id: string) => [RegExp, string]) =>
      made.reduce((before, id) => before.replaceAll(...change(id)), text);
    const path = (id: string) => new RegExp(`/${id}(?=[/"?])`, 'g');
    switch (journal) {
      case 'foreign host':
        await writeFile(file, text.replaceAll(baseUrl, elsewhere));
        break;
      case 'production':
        await writeFile(
          file,
          eachId((id) => [path(id), `/${existing}`]).replaceAll(`"${target}"`, '"production"'),
        );
        break;
      case 'foreign record':
        await writeFile(
          file,
          eachId((id) => [path(id), `/${existing}`]),
        );
        break;
      case 'collection':
        await writeFile(
          file,
          eachId((id) => [path(id), '']),
        );
        break;
      case 'root':
        await writeFile(
          file,
          eachId((id) => [path(id), '/../..']),
        );
        break;
      case 'cut':
        await writeFile(file, text.trimEnd().slice(0, -12));
        break;
      case 'cut beside':
        await writeFile(join(folder, `0${name}`), text.slice(0, 20));
        break;
      default:
    }
  }
  return names.length > 0;
}

/** Whether a journal of this kind still names what the run has made, so that `cleanup` can know of it. */
export function namesWhatWasMade(journal: Journal): boolean {
  return ['own', 'other address', 'forget', 'replica address', 'cut', 'cut beside'].includes(journal);
}
