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
  for (const [name, helper] of Object.entries({
    md: escapeMarkdown,
    code: codeSpan,
    indent,
    ...builtIn(handlebars.helpers),
  })) {
    handlebars.registerHelper(name, demanding(helper, file));
  }
  try {
    return handlebars.compile(source, { strict: true, noEscape: !dialect.html })(view);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const line = /(?:on line |- )(\d+)(?::\d+)?/.exec(message)?.[1];
    throw new Problem(message.split('\n')[0] ?? message, {
      place: { file, ...(line === undefined ? {} : { line: Number(line) }) },
      remedy: REMEDY,
      cause: error,
    });
  }
}

const REMEDY = 'The template names a value that is not there, or does not parse.';

/** The helpers of Handlebars itself that a template hands a value. */
function builtIn(
  helpers: Record<string, Handlebars.HelperDelegate>,
): Record<string, Handlebars.HelperDelegate> {
  return Object.fromEntries(
    Object.entries(helpers).filter(([name]) => ['if', 'unless', 'each', 'with'].includes(name)),
  );
}

/**
 * A helper that refuses a value that is not there: the strict mode of Handlebars looks only at values that are
 * written as they are, not at those that a helper is given.
 */
function demanding(helper: Handlebars.HelperDelegate, file: string): Handlebars.HelperDelegate {
  return function (this: unknown, value: unknown, options: unknown) {
    if (value === undefined) {
      const name = memberOf(options, 'name');
      throw new Problem(`{{${String(name)} …}} is given a value that is not there`, {
        place: { file, line: lineOf(options) },
        remedy: REMEDY,
      });
    }
    return helper.call(this, value, options) as unknown;
  };
}

/** Handlebars tells a helper where it is called: `{ loc: { start: { line } } }`. */
function lineOf(options: unknown): number | undefined {
  const loc = memberOf(options, 'loc');
  const line = memberOf(memberOf(loc, 'start'), 'line');
  return typeof line === 'number' ? line : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/**
 * Text as Markdown shows it literally, also inside a table. Brackets are escaped and parentheses are not: without
 * brackets there is neither link nor image, and people read these papers unrendered as well.
 */
export function escapeMarkdown(value: unknown): string {
  return String(value)
    .replace(/&/g, '&amp;')
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^[#+\-=]/, '\\$&')
    .replace(/^(\d+)([.)]) /, '$1\\$2 ');
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
