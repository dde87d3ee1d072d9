import { documentAt } from './document.js';
import { isBlank, type Line } from './lines.js';
import type { PastedAnswer } from './paste.js';

/** The status line of an answer (RFC 9112, section 4). */
export interface StatusLine {
  status: number;
  reason: string;
}

export function statusLineOf(line: string): StatusLine | undefined {
  const [, status, reason = ''] = /^HTTP\/\d(?:\.\d)? +([1-9]\d\d)(?:\s+(.{0,200}))?\s*$/.exec(line) ?? [];
  return status === undefined ? undefined : { status: Number(status), reason: reason.trim() };
}

/** The first line of a request (RFC 9112, section 3). */
export interface RequestLine {
  method: string;
  target: string;
}

export function requestLineOf(line: string): RequestLine | undefined {
  const [, method, target] = /^([A-Z]{3,20}) (\S{1,4000}) HTTP\/\d(?:\.\d)?\s*$/.exec(line) ?? [];
  return method === undefined || target === undefined ? undefined : { method, target };
}

/** A header field, its name in small letters. */
export function headerOf(line: string): [name: string, value: string] | undefined {
  const [, name, value = ''] = /^([!#$%&'*+.^_`|~\w-]{1,100}):[ \t]{0,80}(.*)$/.exec(line) ?? [];
  return name === undefined ? undefined : [name.toLowerCase(), value.trim()];
}

/** The header fields that stand from a line on, and the line behind them. */
export interface Fields {
  headers: [name: string, value: string][];
  /** The index of the first line that is none. */
  next: number;
}

/** Reads header fields, also such as are folded over several lines (RFC 9112, section 5.2). */
export function fieldsAt(lines: readonly Pick<Line, 'text'>[], from: number): Fields {
  const headers: Fields['headers'] = [];
  let next = from;
  for (; next < lines.length; next++) {
    const text = lines[next]?.text ?? '';
    const last = headers.at(-1);
    const field = headerOf(text);
    if (field) headers.push(field);
    else if (last && /^[ \t]+\S/.test(text)) last[1] += ` ${text.trim()}`;
    else break;
  }
  return { headers, next };
}

/** The value of a header field, of several the first. */
export function valueOf(headers: readonly (readonly [string, string])[], name: string): string | undefined {
  return headers.find(([candidate]) => candidate === name)?.[1];
}

/** Whether an answer is no answer to the request, but one on the way to it (RFC 9110, sections 9.3.6 and 15.2). */
export function isInterim({ status, reason }: StatusLine): boolean {
  return status < 200 || (status === 200 && /^connection established$/i.test(reason));
}

/** A body as it was pasted, and where it ends. */
export interface PastedBody {
  body: Buffer | undefined;
  to: number;
}

/**
 * The body of an answer that is in a text behind its header fields.
 * @param from the offset behind the blank line
 * @param limit where the next thing begins
 */
export function bodyAt(
  text: string,
  from: number,
  limit: number,
  { status, headers }: { status: number; headers: Fields['headers'] },
): PastedBody {
  const length = valueOf(headers, 'content-length');
  const isChunked = /\bchunked\b/i.test(valueOf(headers, 'transfer-encoding') ?? '');
  const start = from + (/^\s*/.exec(text.slice(from, Math.min(limit, from + 1000)))?.[0].length ?? 0);
  if (start >= limit) {
    const hasNone = length === '0' || status === 204 || status === 304;
    const saysNothing = length === undefined && !isChunked && valueOf(headers, 'content-type') === undefined;
    return { body: hasNone || saysNothing ? Buffer.alloc(0) : undefined, to: from };
  }
  if (length === '0') return { body: Buffer.alloc(0), to: from };
  const whole = isChunked ? withoutChunks(text.slice(start, limit)) : undefined;
  if (whole !== undefined) return { body: Buffer.from(whole), to: limit };
  const found = documentAt(text, start, limit);
  if (found) return { body: Buffer.from(found.text), to: found.to };
  const rest = text.slice(start, limit).trimEnd();
  return { body: Buffer.from(rest), to: start + rest.length };
}

/** A body without the sizes of its chunks (RFC 9112, section 7.1), where they are shown. */
function withoutChunks(text: string): string | undefined {
  if (!/^[0-9a-f]{1,8}(?:;[^\n]{0,100})?\n/i.test(text)) return undefined;
  return text
    .split('\n')
    .filter((line) => !/^[0-9a-f]{1,8}(?:;[^\n]{0,100})?$/i.test(line))
    .join('\n')
    .trim();
}

/** Lines that no body holds, and that what comes after one begins with. */
const AFTER_BODY =
  /^(?:\* (?:Connection #|Closing |closing |Issue another|Re-using|TLSv|schannel|Found bundle)|curl: \(\d|real\t|read:errno|closed$|DONE$|--\d{4}-\d\d-\d\d |(?:[\w.@:~/\\[\]() -]{0,80}[$#%❯➜]|PS [^\n>]{0,200}>|[A-Z]:\\[^\n>]{0,200}>|[\w.@:~/\\[\]() -]{2,80}>) ?(?:(?:sudo )?(?:curl|https?|xh|wget|Invoke-\w+|irm|iwr|echo|exit)\b|$)|[$%] \S)/;

/** Where a body ends at the latest that begins at a line: at what can only be something else. */
export function limitOfBody(lines: readonly Line[], from: number, length: number): number {
  for (let index = from; index < lines.length; index++) {
    if (endsBody(lines, index)) return lines[index]?.from ?? length;
  }
  return length;
}

/** Whether what is at a line is no part of a body before it. */
export function endsBody(lines: readonly Line[], index: number): boolean {
  const { text = '' } = lines[index] ?? {};
  if (statusLineOf(text) || AFTER_BODY.test(text)) return true;
  return requestLineOf(text) !== undefined && headerOf(lines[index + 1]?.text ?? '') !== undefined;
}

/** An answer as it stands from a line on, and the offset behind it. */
export interface ReadAnswer {
  line: StatusLine;
  answer: PastedAnswer & { headers: Fields['headers'] };
  to: number;
}

/** Reads the answer whose status line is at an index. */
export function answerAt(text: string, lines: readonly Line[], index: number): ReadAnswer | undefined {
  const line = statusLineOf(lines[index]?.text ?? '');
  if (!line) return undefined;
  const { headers, next } = fieldsAt(lines, index + 1);
  const behind = lines[next];
  const isOver = behind === undefined;
  const end = lines[next - 1]?.to ?? text.length;
  // A body can stand right behind the fields, where somebody has taken the blank line out.
  const isBodyHere = behind !== undefined && !isBlank(behind) && /^(?:[[{]|<[!?a-z])/i.test(behind.text);
  const common = { kind: 'answer', status: line.status, statusFrom: 'answer', headers } as const;
  if (isOver || (!isBlank(behind) && !isBodyHere)) {
    return { line, answer: { ...common, body: undefined }, to: end };
  }
  const limit = isInterim(line) ? behind.from : limitOfBody(lines, next, text.length);
  const { body, to } = bodyAt(text, behind.from, limit, { status: line.status, headers });
  return { line, answer: { ...common, body }, to: Math.max(to, end) };
}
