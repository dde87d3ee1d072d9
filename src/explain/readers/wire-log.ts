import { linesOf, type Line } from '../lines.js';
import { literalAt, unescaped } from '../literal.js';
import type { Found, Reader } from '../paste.js';

/** What HTTP clients log of the messages themselves; read as these messages. */
export const wireLog: Reader = {
  id: 'wire-log',
  about: 'the messages as a client logs them (Apache, OkHttp, Feign, Python http.client, Ruby)',
  read: (text, again) => {
    const lines = linesOf(text);
    return DIALECTS.flatMap((dialect) => dialect(lines)).flatMap(({ from, to, raw }): Found[] => {
      const pasted = again(raw);
      return pasted.length === 0 ? [] : [{ from, to, pasted }];
    });
  },
};

/** The messages of some lines, as they were on the wire. */
interface Wire {
  from: number;
  to: number;
  raw: string;
}

const DIALECTS: readonly ((lines: readonly Line[]) => Wire[])[] = [ofApache, ofPython, ofRuby, ofArrows];

/** Joins lines of one kind that are near each other; `read` gives what each has of the message. */
function overLines(lines: readonly Line[], read: (text: string) => string | undefined): Wire[] {
  const wires: Wire[] = [];
  let last = -Infinity;
  for (const [index, { from, to, text }] of lines.entries()) {
    const piece = read(text);
    if (piece === undefined) continue;
    const wire = index - last <= MOST_BETWEEN ? wires.at(-1) : undefined;
    last = index;
    if (wire) {
      wire.raw += piece;
      wire.to = to;
    } else wires.push({ from, to, raw: piece });
  }
  return wires;
}

/** Lines of something else that may be between two of a message. */
const MOST_BETWEEN = 10;

/** `http-outgoing-0 << "HTTP/1.1 403 Forbidden[\r][\n]"`, and without quotes what the logger of headers writes. */
function ofApache(lines: readonly Line[]): Wire[] {
  return overLines(lines, (text) => {
    const [, quoted, bare] =
      /(?:http-outgoing-\d{1,9}|\bwire\b|\bheaders\b)[^<>"]{0,80}(?:>>|<<) (?:"(.*?)"?\s*|(.*))$/.exec(
        text,
      ) ?? [];
    // Of what is written in both ways, one is enough.
    if (quoted !== undefined) return quoted.replace(/(?:\[\\r\])?\[\\n\]/g, '\n');
    return bare === undefined ? undefined : `\n${unescaped(bare).replaceAll('\r', '')}`;
  });
}

/** `send: b'…'`, `reply: '…'` and `header: …`, as `http.client` prints them with its debug level. */
function ofPython(lines: readonly Line[]): Wire[] {
  return overLines(lines, (text) => {
    const [, name, rest = ''] = /^\s{0,40}(send|reply|header): (.*)$/.exec(text) ?? [];
    if (name === undefined) return undefined;
    if (name === 'header') return `${rest}\n`;
    const stated = literalAt(rest, 0)?.value;
    return typeof stated === 'string' ? stated.replaceAll('\r', '') : undefined;
  });
}

/** `<- "…"` for what was sent, and `-> "…"` for what came, as Net::HTTP and Faraday write them. */
function ofRuby(lines: readonly Line[]): Wire[] {
  return overLines(lines, (text) => {
    const [, rest = ''] = /^\s{0,40}(?:<-|->) (".*)$/.exec(text) ?? [];
    const stated = rest === '' ? undefined : literalAt(rest, 0)?.value;
    return typeof stated === 'string' ? stated.replaceAll('\r', '') : undefined;
  });
}

const ASKED =
  /^(.{0,120}?)-{2,3}> (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (https?:\/\/[^\s/]{1,300})(\S{0,4000})/;
const CAME = /^(.{0,120}?)<-{2,3} (?:HTTP\/\d(?:\.\d)? )?([1-5]\d\d)\b(.{0,200})/;
const END = /^.{0,120}?(?:-{2,3}>|<-{2,3}) END /;

/** `--> GET https://…` and `<-- 403 …` of OkHttp, `--->` and `<---` of Feign, with the lines of the message between them. */
function ofArrows(lines: readonly Line[]): Wire[] {
  const wires: Wire[] = [];
  let prefix: string | undefined;
  for (const { from, to, text } of lines) {
    const [, asks, method, origin, path = ''] = ASKED.exec(text) ?? [];
    const [, comes, status] = CAME.exec(text) ?? [];
    const wire = wires.at(-1);
    if (asks !== undefined) {
      prefix = asks;
      const host = origin?.replace(/^https?:\/\//, '') ?? '';
      wires.push({ from, to, raw: `${method ?? ''} ${path === '' ? '/' : path} HTTP/1.1\nHost: ${host}\n` });
    } else if (comes !== undefined) {
      prefix = comes;
      const first = `HTTP/1.1 ${status ?? ''} \n`;
      if (wire && !/^HTTP\//m.test(wire.raw)) Object.assign(wire, { to, raw: `${wire.raw}\n${first}` });
      else wires.push({ from, to, raw: first });
    } else if (END.test(text)) {
      if (wire) wire.to = to;
      prefix = undefined;
    } else if (wire && prefix !== undefined && (text.startsWith(prefix) || text === prefix.trimEnd())) {
      Object.assign(wire, { to, raw: `${wire.raw}${text.slice(prefix.length)}\n` });
    }
  }
  return wires;
}
