import { parseJson } from '../../json.js';
import { documentAt } from '../document.js';
import { UNKNOWN_REQUEST, type Found, type PastedAnswer, type Reader } from '../paste.js';
import { isThing, saysFine } from '../refused.js';

/** A body with the status behind it, as `curl -w '%{http_code}'` prints them. */
export const bodyThenStatus: Reader = {
  id: 'body-then-status',
  about: 'a body with the status behind it, as curl -w prints it',
  read: (text) => {
    const found: Found[] = [];
    let before = 0;
    for (const match of text.matchAll(END)) {
      const status = match[1] ?? '';
      const end = match.index + 1;
      const start = startOf(text, before, end);
      before = match.index + match[0].length;
      if (start === undefined || (Number(status) >= 400 && isOfSuccess(text.slice(start, end)))) continue;
      const reply = answerOf(Number(status), Buffer.from(text.slice(start, end)));
      found.push({
        from: start,
        to: match.index + match[0].length,
        pasted: [{ request: UNKNOWN_REQUEST, reply }],
      });
    }
    return found.length > 0 ? found : behindCommand(text);
  },
};

/** Whether a document is a thing that was read, or says that nothing is wrong: a number behind it is the status of something else. */
function isOfSuccess(text: string): boolean {
  const value = parseJson(text);
  const body = value === undefined ? undefined : ({ kind: 'json', value, text } as const);
  return body !== undefined && (isThing(body) || saysFine(body));
}

/** A text with the status right behind it, where a command asks for that. */
function behindCommand(text: string): Found[] {
  const command = /%\{(?:http|response)_code\}[^\n]*\n/.exec(text);
  if (!command) return [];
  const from = command.index + command[0].length;
  const [alone, code] =
    /^([1-5]\d\d|000)[ \t]{0,2}[$#%]?[ \t]*(?=\n|$)/.exec(text.slice(from, from + 20)) ?? [];
  if (alone !== undefined) {
    const reply = code === '000' ? NO_ANSWER : answerOf(Number(code), undefined);
    return [{ from, to: from + alone.length, pasted: [{ request: UNKNOWN_REQUEST, reply }] }];
  }
  const [whole, body, status] =
    /^([^\n]{3,500}?)([1-5]\d\d)[ \t]{0,2}[$#%]?[ \t]*(?=\n|$)/.exec(text.slice(from, from + 600)) ?? [];
  if (whole === undefined || body === undefined || !/[A-Za-z]{3}/.test(body)) return [];
  const reply = answerOf(Number(status), Buffer.from(body));
  return [{ from, to: from + whole.length, pasted: [{ request: UNKNOWN_REQUEST, reply }] }];
}

/** What curl prints in the place of a status where no answer came. */
const NO_ANSWER = { kind: 'failure', code: 'NO_CONNECTION', phase: 'connect', client: 'curl' } as const;

function answerOf(status: number, body: Buffer | undefined): PastedAnswer {
  return { kind: 'answer', status, statusFrom: 'answer', headers: undefined, body };
}

const END =
  /[}\]>][ \t]{0,4}\n?[ \t]{0,4}(?:(?:http_?(?:status|code)|status(?:_code)?|code|http|response code)[ \t]{0,2}[:= ]?[ \t]{0,2})?([1-5]\d\d)[ \t]{0,4}(?=\n|$)/gi;

/** Where the document begins, at the beginning of a line, that ends at an offset. */
function startOf(text: string, from: number, end: number): number | undefined {
  const first = Math.max(from, end - 100_000);
  const beginnings = [...text.slice(first, end).matchAll(/^[{[<]/gm)].slice(-20).reverse();
  // JSON as it is, and no other notation: a number is behind many brackets.
  return beginnings
    .map(({ index }) => first + index)
    .find((at) => documentAt(text, at, end)?.text === text.slice(at, end));
}
