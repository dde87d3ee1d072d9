import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import Handlebars from 'handlebars';
import { PACKAGE_ROOT } from '../package.js';
import { Problem } from '../problem.js';

/** How values are written into a text of one kind. */
export interface Dialect {
  /** Whether every value is escaped for HTML; in other kinds templates say how by `{{md …}}` and `{{code …}}`. */
  html: boolean;
}

/**
 * Lays out a view by the template of a name, or by a file of the user's own, named by an absolute path.
 * @throws Problem with file and line when the template is missing, does not parse, or names what is not there.
 */
export async function renderTemplate(name: string, view: object, dialect: Dialect): Promise<string> {
  const file = resolve(PACKAGE_ROOT, 'templates', name);
  const source = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Problem('there is no such template', { place: { file }, cause: error });
  });
  const handlebars = Handlebars.create();
  handlebars.registerHelper({ md: escapeMarkdown, code: codeSpan, indent });
  try {
    return handlebars.compile(source, { strict: true, noEscape: !dialect.html })(view);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = /(?:on line |- )(\d+)(?::\d+)?/.exec(message)?.[1];
    throw new Problem(message.split('\n')[0] ?? message, {
      place: { file, ...(line === undefined ? {} : { line: Number(line) }) },
      remedy: 'The template names a value that is not there, or does not parse.',
      cause: error,
    });
  }
}

/** Text as Markdown shows it literally, also inside a table. */
export function escapeMarkdown(value: unknown): string {
  return String(value)
    .replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/\s*\n\s*/g, ' ');
}

/** A code span around any text, whatever backticks it holds; a pipe would end the cell of a table. */
export function codeSpan(value: unknown): string {
  const text = String(value)
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

/** A text moved in by four blanks, which Markdown shows as it is. */
function indent(value: unknown): string {
  return String(value)
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}
