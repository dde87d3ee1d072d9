import { unescaped } from '../literal.js';
import { linesOf } from '../lines.js';
import type { Found, Reader } from '../paste.js';

/** A text that is within a text with its line ends and quotes escaped: in a string of JSON or code, in a line of a log. */
export const escaped: Reader = {
  id: 'escaped',
  about: 'text with escaped line ends (\\n), as in a string of a log',
  read: (text, again) => {
    if (!/\\[nr"]/.test(text)) return [];
    return linesOf(text).flatMap((line): Found[] => {
      const { from, to } = line;
      const whole = text.slice(from, Math.min(to, from + LONGEST));
      if (!/\\r?\\?n|\\"/.test(whole)) return [];
      const strings = stringsIn(whole).filter((inner) => LINE_END.test(inner));
      const isOpen = strings.length === 0 && LINE_END.test(whole);
      const candidates = isOpen ? [fromMessage(whole)] : strings;
      const pasted = candidates.flatMap((inner) => again(unescaped(inner)));
      return pasted.length === 0 ? [] : [{ from, to, pasted }];
    });
  },
};

/** A line from where a message of HTTP begins in it, behind what a log puts before it. */
function fromMessage(line: string): string {
  return line.slice(Math.max(0, line.search(/HTTP\/\d(?:\.\d)? \d{3}\b|[A-Z]{3,7} \/\S{0,2000} HTTP\//)));
}

const LONGEST = 200_000;
const LINE_END = /\\r\\n|\\n/;

/** What is between quotes in a line, its escapes as they are. A quote that nobody closes begins nothing. */
function stringsIn(line: string): string[] {
  const strings: string[] = [];
  for (let at = 0; at < line.length; at++) {
    const quote = line[at];
    if (quote === '\\') at += 1;
    if (quote !== '"' && (quote !== "'" || /\w/.test(line[at - 1]?.replace('b', '') ?? ''))) continue;
    let end = at + 1;
    while (end < line.length && line[end] !== quote) end += line[end] === '\\' ? 2 : 1;
    if (end >= line.length) return strings;
    strings.push(line.slice(at + 1, end));
    at = end;
  }
  return strings;
}
