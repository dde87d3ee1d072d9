import { markedLength } from './terminal.js';

/** Breaks a text into lines of at most `width` characters, each indented. A word that is longer stands by itself. */
export function wrapped(text: string, indent: number, width: number): string {
  const lines: string[] = [];
  let line: string[] = [];
  let length = indent;
  for (const word of text.split(' ')) {
    const added = markedLength(word) + (line.length === 0 ? 0 : 1);
    if (line.length > 0 && length + added > width) {
      lines.push(line.join(' '));
      line = [word];
      length = indent + markedLength(word);
    } else {
      line.push(word);
      length += added;
    }
  }
  return [...lines, line.join(' ')].map((part) => ' '.repeat(indent) + part).join('\n');
}
