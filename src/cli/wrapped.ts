import { markedLength } from './terminal.js';

/**
 * Breaks a text into lines of at most `width` characters, each indented. A word that is longer is by itself.
 * @param hanging the indent of all lines but the first
 */
export function wrapped(text: string, indent: number, width: number, hanging = indent): string {
  const lines: string[] = [];
  let line: string[] = [];
  let length = indent;
  for (const word of text.split(' ')) {
    const added = markedLength(word) + (line.length === 0 ? 0 : 1);
    if (line.length > 0 && length + added > width) {
      lines.push(line.join(' '));
      line = [word];
      length = hanging + markedLength(word);
    } else {
      line.push(word);
      length += added;
    }
  }
  return [...lines, line.join(' ')]
    .map((part, index) => ' '.repeat(index === 0 ? indent : hanging) + part)
    .join('\n');
}
