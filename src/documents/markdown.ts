import { quotedText } from '../exchange/shell.js';

/** What ends a line, in one reader of Markdown or another. */
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/**
 * Text as Markdown shows it literally, also inside a table. Brackets are escaped and parentheses are not: without
 * brackets there is neither link nor image, and people read these papers unrendered as well. An address that is
 * there as it is may become a link to just that address.
 */
export function escapeMarkdown(value: unknown): string {
  return oneLine(value)
    .replace(/&/g, '&amp;')
    .replace(/[\\`*_[\]<>|~$]/g, (mark) => `\\${mark}`)
    .replace(/^[#+\-=]/, (mark) => `\\${mark}`)
    .replace(/^(\d+)([.)])(?=\s|$)/, (_, number: string, mark: string) => `${number}\\${mark}`);
}

/** A text on one line, without blanks around it. */
export function oneLine(value: unknown): string {
  return textOf(value)
    .split(LINE_END)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
}

/** A code span around any text, whatever backticks it holds. */
export function codeSpan(value: unknown): string {
  const text = oneLine(value);
  if (text === '') return '` `';
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

/** A code span in a table, where a pipe would end the cell. */
export function codeInTable(value: unknown): string {
  return codeSpan(oneLine(value).replaceAll('|', '\\|'));
}

/** A text for a code span that a template has begun: it cannot end it. */
export function insideCode(value: unknown): string {
  return oneLine(value).replaceAll('`', "'");
}

/** A text for a code span in a table that a template has begun. */
export function insideCodeInTable(value: unknown): string {
  return insideCode(value).replaceAll('|', '\\|');
}

/** A text moved in by four blanks, which Markdown shows as it is. */
export function indented(value: unknown): string {
  return textOf(value)
    .split(LINE_END)
    .map((line) => `    ${line}`)
    .join('\n');
}

/** A command in which `{}` stands for a value: the value is one argument of it, and nothing else. */
export function commandText(pattern: unknown, value: unknown): string {
  return textOf(pattern).replaceAll('{}', () => quotedText(oneLine(value)));
}

/** What there is none of is written as nothing. */
function textOf(value: unknown): string {
  const text: unknown = value ?? '';
  return String(text);
}
