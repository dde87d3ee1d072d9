import { isObject, type JsonObject } from '../../json.js';
import { documentAt } from '../document.js';
import { isBlank, linesOf, type Line } from '../lines.js';
import { literalAt } from '../literal.js';
import { UNKNOWN_REQUEST, type Found, type PastedAnswer, type PastedRequest, type Reader } from '../paste.js';

/** What somebody has typed at the prompt of a language or a debugger to see an answer, and what was printed. */
export const repl: Reader = {
  id: 'repl',
  about: 'a session of Python, Ruby or a debugger that shows the status and the body of a response',
  read: (text) => {
    if (!ASKS_STATUS.test(text)) return [];
    return sessionsIn(linesOf(text)).flatMap((steps) => readSession(text, steps));
  },
};

const PROMPT =
  /^(?:>>> |\.\.\. |\(i?[Pp]db\+{0,2}\) |ipdb> |In \[\d{1,5}\]: |irb\([^)\n]{1,40}\)[^>*\n]{0,20}[>*] |\[\d{1,5}\] pry\([^)\n]{1,60}\)> |iex\(\d{1,5}\)> |> (?=[\w.]{1,60}\.status))(.{1,400})$/;
const ASKS_STATUS =
  /[\w)\]]\.(?:status_code|statusCode|status|code|getcode\(\))(?![\w(])|<Response \[\d{3}\]>/;
const ASKS_BODY =
  /[\w)\]]\.(?:text|content|body|json\(\)|read\(\)|data|parsed_response)(?:\.decode\([^)\n]{0,20}\)|\[:?\d{0,6}\]|\.to_s)?[\s)]{0,4}$/;
const ASKS_HEADERS = /[\w)\]]\.headers[\s)]{0,4}$/;
const SENDS = /\b(get|post|put|patch|delete|head|options)\(\s{0,4}f?["'](https?:\/\/[^"'\s]{1,2000})["']/i;
/** What Ruby and notebooks print before a value. */
const BEFORE_VALUE = /^\s{0,4}(?:=> |Out\[\d{1,5}\]: )?/;

/** What was typed, and where the lines that it printed begin and end. */
interface Step {
  typed: string;
  line: Line;
  from: number;
  to: number;
}

/** Prompts that are near each other. */
function sessionsIn(lines: readonly Line[]): Step[][] {
  const sessions: Step[][] = [];
  let last = -Infinity;
  for (const [index, line] of lines.entries()) {
    const typed = PROMPT.exec(line.text)?.[1];
    const step = sessions.at(-1)?.at(-1);
    if (typed === undefined) {
      if (step && (!isBlank(line) || line.from - step.to < 2)) step.to = Math.max(step.to, line.to);
      continue;
    }
    const next = { typed, line, from: line.to + 1, to: line.to };
    if (index - last > MOST_LINES || step === undefined) sessions.push([next]);
    else sessions.at(-1)?.push(next);
    last = index;
  }
  return sessions;
}

/** A page that was printed has no more lines. */
const MOST_LINES = 400;

function readSession(text: string, steps: readonly Step[]): Found[] {
  const found: Found[] = [];
  let request: PastedRequest = UNKNOWN_REQUEST;
  let reply: PastedAnswer | undefined;
  for (const step of steps) {
    const shown = text.slice(step.from, step.to).replace(BEFORE_VALUE, '');
    const [, method, url] = SENDS.exec(step.typed) ?? [];
    if (method !== undefined) {
      request = { ...UNKNOWN_REQUEST, method: method.toUpperCase(), url };
      reply = undefined;
    }
    const status = statusIn(step.typed, shown);
    if (status !== undefined && reply?.status !== status) {
      reply = { kind: 'answer', status, statusFrom: 'answer', headers: undefined, body: undefined };
      found.push({ from: step.line.from, to: step.to, pasted: [{ request, reply }] });
      continue;
    }
    const one = found.at(-1);
    if (!reply || !one) continue;
    if (ASKS_HEADERS.test(step.typed)) reply.headers = fieldsIn(shown) ?? reply.headers;
    else if (ASKS_BODY.test(step.typed)) reply.body = bodyIn(shown) ?? reply.body;
    else continue;
    one.to = step.to;
  }
  return found;
}

function statusIn(typed: string, shown: string): number | undefined {
  const [, ofResponse] = /^<Response \[([1-5]\d\d)/.exec(shown) ?? [];
  if (ofResponse !== undefined) return Number(ofResponse);
  if (!ASKS_STATUS.test(typed)) return undefined;
  const [, said] = /^[(["':]{0,3}(?:<HTTPStatus\.\w{1,60}: )?([1-5]\d\d)\b/.exec(shown) ?? [];
  return said === undefined ? undefined : Number(said);
}

function bodyIn(shown: string): Buffer | undefined {
  const start = /^\s*/.exec(shown.slice(0, 200))?.[0].length ?? 0;
  if (shown.slice(start) === '') return undefined;
  const value = literalAt(shown, start)?.value;
  const stated = typeof value === 'string' ? value : (documentAt(shown, start)?.text ?? shown.trim());
  return Buffer.from(stated);
}

function fieldsIn(shown: string): [string, string][] | undefined {
  const value = literalAt(shown.slice(Math.max(0, shown.search(/[{[]/))), 0)?.value;
  return isObject(value) ? Object.entries(value).flatMap(([name, one]) => fieldOf(name, one)) : undefined;
}

function fieldOf(name: string, value: JsonObject[string]): [string, string][] {
  return typeof value === 'string' ? [[name.toLowerCase(), value]] : [];
}
