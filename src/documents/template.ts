import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import { PACKAGE_ROOT } from '../package.js';
import { Problem } from '../problem.js';
import {
  codeInTable,
  codeSpan,
  commandText,
  escapeMarkdown,
  indented,
  insideCode,
  insideCodeInTable,
  oneLine,
} from './markdown.js';
import { blockName } from './places.js';
import { preparedTemplate } from './prepared-templates.js';

/** How values are written into a text of one kind: literally, whatever they hold. */
export type Dialect = 'html' | 'markdown' | 'text';

/**
 * Lays out a view by the template of a name, or by a file of the user's own, named by an absolute path.
 * @throws Problem with file and line when the template is missing, does not parse, or names what is not there.
 */
export async function renderTemplate(name: string, view: object, dialect: Dialect): Promise<string> {
  const file = resolve(PACKAGE_ROOT, 'templates', name);
  const source = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Problem('CONFORM_E_TEMPLATE_UNKNOWN', 'there is no such template', {
      place: { file },
      remedy: 'Check the name of the template, and the folder in --templates.',
      cause: error,
    });
  });
  const { handlebars, load } = await engineFor(source, dialect);
  for (const [name, helper] of Object.entries({ ...WRITERS, ...builtIn(handlebars.helpers) })) {
    handlebars.registerHelper(name, demanding(helper, file));
  }
  for (const [name, write] of Object.entries(BLOCKS)) handlebars.registerHelper(name, writing(write));
  try {
    return load()(view);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const line = /(?:on line |- )(\d+)(?::\d+)?/.exec(message)?.[1];
    throw new Problem('CONFORM_E_TEMPLATE_INVALID', message.split('\n')[0] ?? message, {
      place: { file, ...(line === undefined ? {} : { line: Number(line) }) },
      remedy: REMEDY,
      cause: error,
    });
  }
}

/** Handlebars for one template: what helpers are added to, and how the template is loaded when they have been. */
export interface Engine {
  handlebars: Pick<typeof Handlebars, 'registerHelper' | 'helpers'>;
  load: () => Handlebars.TemplateDelegate;
}

/** The compiler is loaded only for a template that the build has not compiled. */
async function engineFor(source: string, dialect: Dialect): Promise<Engine> {
  const prepared = await preparedTemplate(source, dialect);
  if (prepared) {
    const handlebars = runtime.create();
    return { handlebars, load: () => handlebars.template(prepared) };
  }
  const { compilingEngine } = await import('./compile.js');
  return compilingEngine(source, dialect);
}

const REMEDY = 'Correct the template: it does not parse, or names a value that does not exist.';

/** The helpers by which templates say how a value is written. */
const WRITERS: Record<string, Handlebars.HelperDelegate> = {
  md: escapeMarkdown,
  line: oneLine,
  code: codeSpan,
  codeInTable,
  indent: indented,
  command: (pattern: unknown, value: unknown) => codeSpan(commandText(pattern, value)),
  commandInTable: (pattern: unknown, value: unknown) => codeInTable(commandText(pattern, value)),
};

/** How values are written of which a template does not say it. */
const BLOCKS = {
  [blockName('md')]: escapeMarkdown,
  [blockName('line')]: oneLine,
  [blockName('insideCode')]: insideCode,
  [blockName('insideCodeInTable')]: insideCodeInTable,
};

/** A helper that writes what is in its block. */
function writing(write: (text: string) => string): Handlebars.HelperDelegate {
  return function (this: unknown, options: Handlebars.HelperOptions) {
    return write(options.fn(this));
  };
}

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
  return function (this: unknown, ...given: unknown[]) {
    const options = given.at(-1);
    if (given.slice(0, -1).includes(undefined)) {
      const name = memberOf(options, 'name');
      throw new Problem(
        'CONFORM_E_TEMPLATE_INVALID',
        `{{${String(name)} …}} gets a value that does not exist`,
        {
          place: { file, line: lineOf(options) },
          remedy: REMEDY,
        },
      );
    }
    return inOnePiece(helper.call(this, ...given));
  };
}

/**
 * A text that was put together, as one piece: V8 keeps what it was made of as it is until somebody looks into it, which
 * for a report of ten thousand operations takes ten times the room of the text.
 */
function inOnePiece(written: unknown): unknown {
  if (typeof written === 'string') ANYTHING.test(written);
  return written;
}

const ANYTHING = /^/;

/** Handlebars tells a helper where it is called: `{ loc: { start: { line } } }`. */
function lineOf(options: unknown): number | undefined {
  const loc = memberOf(options, 'loc');
  const line = memberOf(memberOf(loc, 'start'), 'line');
  return typeof line === 'number' ? line : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
