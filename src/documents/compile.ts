import Handlebars from 'handlebars';
import { withWriters } from './places.js';
import type { Dialect, Engine } from './template.js';

/** Compiles a template to JavaScript: an expression for what Handlebars runs. */
export function compiledText(source: string, dialect: Dialect): string {
  // Its types describe what it gives when it is evaluated.
  const text: unknown = Handlebars.precompile(readable(source, dialect), optionsOf(dialect));
  if (typeof text !== 'string')
    throw new Error('Handlebars has compiled a template to something else than a text');
  return text;
}

/** Handlebars with its compiler, for a template that is not compiled yet. */
export function compilingEngine(source: string, dialect: Dialect): Engine {
  const handlebars = Handlebars.create();
  return { handlebars, load: () => handlebars.compile(readable(source, dialect), optionsOf(dialect)) };
}

function readable(source: string, dialect: Dialect): string | hbs.AST.Program {
  return dialect === 'html' ? source : withWriters(source, dialect === 'markdown' ? 'md' : 'line');
}

function optionsOf(dialect: Dialect) {
  return { strict: true, noEscape: dialect !== 'html' };
}
