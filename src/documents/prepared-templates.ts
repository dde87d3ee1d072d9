import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGE_ROOT, preparedFile } from '../package.js';
import type { Dialect } from './template.js';

/**
 * Compiles all templates of this package.
 * @returns files of `PREPARED` and what they hold: each is called by the digest of its template, so that one that has
 *   changed since is not used
 */
export async function prepareTemplates(): Promise<Map<string, string>> {
  const { compiledText } = await import('./compile.js');
  const folder = join(PACKAGE_ROOT, 'templates');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.hbs'));
  const files = new Map<string, string>();
  for (const name of names) {
    const source = await readFile(join(folder, name), 'utf8');
    const dialect = usualDialect(name);
    files.set(fileOf(source, dialect), `// ${name}\nexport default ${compiledText(source, dialect)};\n`);
  }
  return files;
}

function usualDialect(name: string): Dialect {
  if (name.endsWith('.html.hbs')) return 'html';
  return name.endsWith('.md.hbs') ? 'markdown' : 'text';
}

/**
 * A template as the build has compiled it, for Handlebars to run; undefined for one that has changed since, or that somebody
 * else has written.
 */
export async function preparedTemplate(source: string, dialect: Dialect): Promise<object | undefined> {
  const file = preparedFile(fileOf(source, dialect));
  if (file === undefined) return undefined;
  const found: unknown = await import(pathToFileURL(file).href);
  return isTemplate(found) ? found.default : undefined;
}

function isTemplate(found: unknown): found is { default: object } {
  return typeof found === 'object' && found !== null && 'default' in found;
}

function fileOf(source: string, dialect: Dialect): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([dialect, source]))
    .digest('hex');
  return join('templates', `${digest}.js`);
}
