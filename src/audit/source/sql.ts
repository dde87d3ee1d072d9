import { methodOf, type Call } from '../call.js';
import { HOLE } from '../../exchange/shown-url.js';

/** A token of SQL. */
interface Token {
  is: 'text' | 'word' | 'mark';
  text: string;
  line: number;
}

/**
 * The calls in a file of SQL: those of the extensions that ask hosts (`http_get`, `http(('GET', …))` of pgsql-http,
 * `net.http_post(url := …)` of pg_net), and texts that are URLs or paths. Comments are none; the bodies of functions,
 * between dollar signs, are SQL themselves.
 *
 * @see https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */
export function callsOfSql(file: string, text: string): { requests: Call[]; urls: Call[] } {
  const tokens = tokensOf(text, 1, 0);
  const requests: Call[] = [];
  const urls: Call[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    const place = { file, line: token.line };
    const common = { complete: { query: false, body: false }, place };
    const name =
      token.is === 'word' && tokens[at + 1]?.text === '('
        ? /^(?:net\.)?http(?:_(get|post|put|patch|delete|head))?$/i.exec(token.text)
        : null;
    if (name) {
      const end = closing(tokens, at + 1);
      const texts = textsIn(tokens.slice(at + 2, end));
      const method = methodOf(name[1]) ?? texts.map((one) => methodOf(one)).find((one) => one !== undefined);
      const url = texts.find((one) => /^(?:https?:\/\/|\/|\uFFFF\/)/i.test(one));
      if (url !== undefined)
        requests.push({ method, url: url.startsWith('/') ? HOLE + url : url, ...common });
      at = end;
    } else if (token.is === 'text') {
      const [whole, next] = joinedAt(tokens, at);
      if (/^(?:https?:\/\/[^\s/]+\/\S*|\/[\w.~\uFFFF-]+\/[\w.~/\uFFFF-]*(?:\?\S*)?)$/i.test(whole))
        urls.push({ method: undefined, url: whole, ...common });
      at = next - 1;
    }
  }
  return { requests, urls };
}

/** Texts in the arguments of a call, each with what is joined to it. */
function textsIn(tokens: readonly Token[]): string[] {
  const texts: string[] = [];
  for (let at = 0; at < tokens.length;) {
    const [text, next] = joinedAt(tokens, at);
    if (text !== '') texts.push(text);
    at = Math.max(next, at + 1);
  }
  return texts;
}

/** What is at a token, with all that `||` joins to it; what is no text is a `HOLE`. */
function joinedAt(tokens: readonly Token[], from: number): [text: string, next: number] {
  const operand = (at: number): [string, number] => {
    const token = tokens[at];
    if (token?.is === 'text') return [token.text, at + 1];
    if (token?.is === 'mark' && /^\d/.test(token.text)) return [HOLE, at + 1];
    if (token?.is !== 'word') return ['', at];
    let end = at + 1;
    if (tokens[end]?.text === '(') end = closing(tokens, end) + 1;
    return [HOLE, end];
  };
  const [first, after] = operand(from);
  let text = first;
  let at = after;
  let isText = tokens[from]?.is === 'text';
  for (;;) {
    // A cast says nothing.
    while (tokens[at]?.text === '::') at += 2;
    if (tokens[at]?.text !== '||') break;
    isText ||= tokens[at + 1]?.is === 'text';
    const [more, next] = operand(at + 1);
    if (next <= at + 1) break;
    text += more;
    at = next;
  }
  return [isText ? text : '', at];
}

function closing(tokens: readonly Token[], opening: number): number {
  let depth = 0;
  for (let at = opening; at < tokens.length; at++) {
    if (tokens[at]?.text === '(') depth += 1;
    if (tokens[at]?.text === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length;
}

/** Bodies of functions in bodies of functions. */
const DEEPEST = 4;

function tokensOf(text: string, firstLine: number, depth: number): Token[] {
  const tokens: Token[] = [];
  let line = firstLine;
  let at = 0;
  const take = (end: number): string => {
    const taken = text.slice(at, end);
    line += taken.split('\n').length - 1;
    at = end;
    return taken;
  };
  const until = (end: string, from: number): number => {
    const found = text.indexOf(end, from);
    return found < 0 ? text.length : found + end.length;
  };
  while (at < text.length) {
    const rest = text.slice(at, at + 200);
    const begun = line;
    const [dollar] = /^\$(?:[A-Za-z_]\w*)?\$/.exec(rest) ?? [];
    if (rest.startsWith('--')) take(Math.max(until('\n', at) - (text.includes('\n', at) ? 1 : 0), at + 2));
    else if (rest.startsWith('/*')) take(until('*/', at + 2));
    else if (/^[eE]?'/.test(rest)) {
      const escapes = /^[eE]/.test(rest);
      let end = at + (escapes ? 2 : 1);
      for (; end < text.length; end++) {
        if (escapes && text.charAt(end) === '\\') end += 1;
        else if (text.charAt(end) === "'") {
          if (text.charAt(end + 1) !== "'") break;
          end += 1;
        }
      }
      const inner = take(Math.min(end + 1, text.length)).replace(/^[eE]?'|'$/g, '');
      tokens.push({ is: 'text', text: inner.replaceAll("''", "'"), line: begun });
    } else if (dollar !== undefined) {
      const end = until(dollar, at + dollar.length);
      const inner = text.slice(at + dollar.length, Math.max(end - dollar.length, at + dollar.length));
      if (depth < DEEPEST && /\s/.test(inner)) tokens.push(...tokensOf(inner, line, depth + 1));
      else tokens.push({ is: 'text', text: inner, line });
      take(end);
    } else if (/^"/.test(rest)) {
      take(until('"', at + 1));
      tokens.push({ is: 'word', text: 'quoted', line: begun });
    } else {
      const [word] = /^[A-Za-z_][\w$]*(?:\.[A-Za-z_][\w$]*)*/.exec(rest) ?? [];
      const [mark] = /^(?:\|\||::|:=|=>|\d[\w.]*|\S)/.exec(rest) ?? [];
      const found = word ?? mark ?? rest.charAt(0);
      take(at + found.length);
      if (/\S/.test(found))
        tokens.push({ is: word === undefined ? 'mark' : 'word', text: found, line: begun });
    }
  }
  return tokens;
}
