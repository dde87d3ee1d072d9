import { inertText } from '../artefact/inert.js';

/** Texts that YAML 1.2 takes for no text although they look like one (core schema, section 10.3.2). */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/**
 * A foreign text as one scalar of YAML on one line: plain where that means the same, else in double quotes with the
 * escapes of JSON, which YAML knows as well.
 */
export function yamlText(text: string): string {
  const isPlain = /^[A-Za-z/][\w/{}.-]*(?: [\w/{}.-]+)*$/.test(text) && !RESERVED.test(text);
  return isPlain ? text : inertText(JSON.stringify(text), '.json');
}

/** As `yamlText`, for what is inside `{ … }` or `[ … ]`: brackets and commas end a plain text there. */
export function flowText(text: string): string {
  return /[{}]/.test(text) ? inertText(JSON.stringify(text), '.json') : yamlText(text);
}

/** A foreign text for a comment: on one line, and of a length that can be read. */
export function commentText(text: string, most = 100): string {
  const line = text.replace(/[\s\u0085\u2028\u2029]+/gu, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

/**
 * Lines of YAML, commented out so that they are right where they are once their `#` is taken away. No space is
 * behind it: that is how they differ from prose.
 */
export function commentedOut(lines: readonly string[]): string[] {
  return lines.map((line) => (/^ *#/.test(line) ? line : line.replace(/^( *)(?=\S)/, '$1#')));
}
