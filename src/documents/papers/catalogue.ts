import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PACKAGE_ROOT } from '../../package.js';
import { Problem } from '../../problem.js';

const OURS = join(PACKAGE_ROOT, 'templates', 'papers');

/** Markdown, or HTML where every value is escaped for it. */
const ENDINGS = ['.md.hbs', '.html.hbs'];

/** A template by name, wherever it is. */
export interface PaperTemplate {
  name: string;
  file: string;
}

/**
 * All templates of papers: those of the user's folder, and ours where it has none of the same name.
 * @throws Problem when the user's folder is not there.
 */
export async function paperTemplates(own?: string): Promise<PaperTemplate[]> {
  if (own !== undefined && !existsSync(own)) {
    throw new Problem('CONFORM_E_FILE_MISSING', 'there is no such folder', {
      place: { file: own },
      remedy: 'Name the folder that holds your templates with --templates.',
    });
  }
  const found = new Map<string, PaperTemplate>();
  for (const folder of own === undefined ? [OURS] : [resolve(own), OURS]) {
    for (const file of (await readdir(folder)).sort()) {
      const ending = ENDINGS.find((one) => file.endsWith(one));
      const name = ending === undefined ? '' : file.slice(0, -ending.length);
      if (name !== '' && !found.has(name)) found.set(name, { name, file: join(folder, file) });
    }
  }
  return [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** @throws Problem when there is no template of this name, with the names of those that are there. */
export async function findPaper(name: string, own?: string): Promise<PaperTemplate> {
  const all = await paperTemplates(own);
  const found = all.find((template) => template.name === name);
  if (found) return found;
  throw new Problem('CONFORM_E_TEMPLATE_UNKNOWN', `there is no template “${name}”`, {
    remedy: `Templates are: ${all.map((template) => template.name).join(', ')}.`,
  });
}
