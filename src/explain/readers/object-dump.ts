import { isObject } from '../../json.js';
import { documentsIn } from '../document.js';
import { linesOf } from '../lines.js';
import { literalAt } from '../literal.js';
import type { Found, Reader } from '../paste.js';
import { tracesOf } from '../traces.js';
import { exchangeIn } from '../value.js';
import type { Words } from '../words.js';

/** What `console.log` of Node or `print` of Python shows of an error or a response, with its members. */
export function objectDump({ isCode }: Words): Reader {
  return {
    id: 'object-dump',
    about: 'an error or a response as Node or Python prints it, with its members',
    read: (text, again) => {
      if (!/[{[]/.test(text)) return [];
      const lines = linesOf(text);
      const bodies = documentsIn(text);
      const found: Found[] = [];
      let to = 0;
      let left = MOST_READ + 3 * text.length;
      for (const { first, next } of tracesOf(lines)) {
        const [from, end] = [lines[first]?.from ?? 0, lines[next - 1]?.to ?? 0];
        if (from < to || left < 0) continue;
        const opening = openingIn(text.slice(from, end));
        if (opening === undefined || bodies.some((body) => body.from === from + opening)) continue;
        const literal = literalAt(text, from + opening);
        left -= (literal?.to ?? from) - from;
        if (!literal || !isObject(literal.value)) continue;
        // What is before the brace is the message of an error.
        const message =
          text
            .slice(from, from + opening)
            .split('\n', 1)[0]
            ?.trim() ?? '';
        const exchange = exchangeIn({ _error: message, ...literal.value }, again, isCode);
        if (!exchange) continue;
        to = literal.to;
        found.push({ from, to, pasted: [exchange] });
      }
      return found;
    },
  };
}

/** How many letters are read for objects that nobody closes, apart from three times the text. */
const MOST_READ = 1_000_000;

/** Members without which an object describes no exchange. */
const TELLS =
  /\b(?:response|status|statusCode|status_code|httpStatusCode|outcome|code|cause|errno|syscall)['"\]]{0,2}\s{0,4}[:=]/;

/** Where the object begins that a trace prints: in its first line, or at the end of the stack of an error. */
function openingIn(trace: string): number | undefined {
  if (!TELLS.test(trace)) return undefined;
  // Behind other words, quotes of JSON are those of a body.
  const [first] =
    /^\s{0,80}(?=\{\s{0,80}(?:['"\w[]|$))|^[^\n{]{0,300}(?=\{\s{0,80}'?\w{1,60}'?\s{0,4}:)/.exec(trace) ?? [];
  return first?.length ?? /\{(?=[ \t]{0,8}\n)/.exec(trace)?.index;
}
