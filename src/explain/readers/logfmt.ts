import type { JsonObject } from '../../json.js';
import { linesOf, type Line } from '../lines.js';
import { unescaped } from '../literal.js';
import type { Found, Pasted, Reader } from '../paste.js';
import { exchangeIn } from '../value.js';

/** Records of names and values (`status=503 path="/x"`), as routers and many services write them. */
export const logfmt: Reader = {
  id: 'logfmt',
  about: 'a log line of names and values (status=503 path=/x)',
  read: (text, again) => {
    if (!/=[1-5]\d\d\b|="[^\n]{0,2000}\\"/.test(text)) return [];
    return linesOf(text).flatMap((line): Found[] => {
      const pasted = readLine(line, (inner) => again(inner));
      return pasted ? [{ from: line.from, to: line.to, pasted: [pasted] }] : [];
    });
  },
};

const STATUS =
  /\b(?:status|status_code|statusCode|http_status|response_code|http\.status_code)="?[1-5]\d\d\b/;
/** An error that is escaped, because it has an address in quotes. */
const QUOTES = /\b(?:error|err|msg|message|reason|cause|exception|detail)="[^"\\]{0,2000}\\"/;
const PAIR = /([\w.@-]{1,60})=(?:"((?:[^"\\]|\\.){0,4000})"|([^\s"]{0,2000}))/g;
/** Fewer pairs are a sentence with one of them. */
const LEAST = 3;

function readLine({ text }: Line, again: (inner: string) => readonly Pasted[]): Pasted | undefined {
  const isAnswer = STATUS.test(text);
  if (!isAnswer && !QUOTES.test(text)) return undefined;
  const pairs = [...text.matchAll(PAIR)].map(([, name = '', quoted, bare = '']): [string, string] => [
    name,
    quoted === undefined ? bare : unescaped(quoted),
  ]);
  if (isAnswer && pairs.length < LEAST) return undefined;
  const record: JsonObject = Object.fromEntries<string>(pairs);
  const read = exchangeIn(record, again, () => false);
  if (read?.reply.kind !== 'answer' || read.reply.body !== undefined) return read;
  const stated = saidOf(record, text);
  return stated === undefined ? read : { ...read, reply: { ...read.reply, body: Buffer.from(stated) } };
}

/** What the record says of the reason: a code of the router with its description, or the error. */
function saidOf(record: JsonObject, text: string): string | undefined {
  const [ofRouter] = /\bat=\w{1,10} code=[A-Z]\d{2} desc="[^"]{0,200}"/.exec(text) ?? [];
  const own = ['error', 'err', 'reason', 'detail']
    .map((name) => record[name])
    .find((value) => value !== undefined);
  return ofRouter ?? (typeof own === 'string' ? own : undefined);
}
