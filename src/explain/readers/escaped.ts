import { unescaped } from '../literal.js';
import { linesOf } from '../lines.js';
import type { Found, Reader } from '../paste.js';

/** A text that stands within a text with its line ends and quotes escaped: in a string of JSON or code, in a line of a log. */
export const escaped: Reader = {
  id: 'escaped',
  about: 'text with escaped line ends (\\n), as in a string of a log',
  read: (text, again) => {
    if (!/\\[nr"]/.test(text)) return [];
    return linesOf(text).flatMap((line): Found[] => {
      const { from, to } = line;
      const whole = text.slice(from, Math.min(to, from + LONGEST));
      if (!/\\r?\\?n|\\"/.test(whole)) return [];
      const strings = [...whole.matchAll(STRING)].flatMap(([found, double, single]) => {
        const inner = double ?? single ?? '';
        return LINE_END.test(inner) ? [{ inner, at: found }] : [];
      });
      const candidates =
        strings.length > 0
          ? strings.map(({ inner }) => inner)
          : LINE_END.test(whole)
            ? [fromMessage(whole)]
            : [];
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
const STRING = /"((?:[^"\\]|\\[^]){1,100000})"|'((?:[^'\\]|\\[^]){1,100000})'/g;
