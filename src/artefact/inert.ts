import { extname } from 'node:path';

/** What a reader of a file or a terminal could take for a command: control characters, and those that turn text round. */
const ACTIVE =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Formats in which a string may be written with escapes of JSON, so that it still means the same. */
const WITH_ESCAPES: ReadonlySet<string> = new Set(['.json', '.jsonl', '.ts', '.js', '.sarif', '.har']);

/**
 * A text in which no character moves a cursor, ends a document or turns the direction of what follows (Unicode
 * Standard Annex 9; "Trojan Source", CVE-2021-42574). Each is there as a picture of itself, in JSON and TypeScript
 * as its escape. Tabs and line ends stay, a carriage return only in front of a line feed.
 * @param file by its extension it is known how characters are written
 */
export function inertText(text: string, file = ''): string {
  const write = WITH_ESCAPES.has(extname(file)) ? escapeOf : pictureOf;
  return text.replace(ACTIVE, (character, at: number) =>
    character === '\r' && text[at + 1] === '\n' ? character : write(character),
  );
}

function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Unicode has a picture for each control character of ASCII. */
function pictureOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** Whether a name can be written to a file as it is: what holds control characters would be another name there. */
export function isInert(name: string): boolean {
  return inertText(name) === name && !/[\r\n]/.test(name);
}
