import { credentialsIn } from '../credentials.js';
import {
  answerAt,
  fieldsAt,
  isInterim,
  requestLineOf,
  statusLineOf,
  valueOf,
  type ReadAnswer,
} from '../http.js';
import { linesOf, type Line } from '../lines.js';
import { UNKNOWN_REQUEST, type Found, type PastedRequest, type Reader } from '../paste.js';
import { failureOfTool } from '../recording-proxy.js';

/** Messages of HTTP as they are: `curl -i`, HTTPie, `wget -S`, `openssl s_client`, the raw view of a proxy. */
export const httpMessage: Reader = {
  id: 'http-message',
  about: 'an answer with its status line and headers, as curl -i and HTTPie print it',
  read: (text, again) => {
    if (!/^HTTP\/\d/m.test(text)) return [];
    const lines = linesOf(text);
    const found: Found[] = [];
    let request: RawRequest | undefined;
    let before: { answer: ReadAnswer; request: PastedRequest } | undefined;
    for (let index = 0; index < lines.length; index++) {
      const line = lines[index];
      if (!line) break;
      const sent = rawRequestAt(lines, index);
      if (sent) {
        request = sent;
        before = undefined;
        index = sent.next - 1;
        continue;
      }
      if (!statusLineOf(line.text)) continue;
      const answer = answerAt(text, lines, index);
      if (!answer) continue;
      const known = request?.request ?? followed(before, answer, line.from, text);
      const from = request?.from ?? line.from;
      index = lastLineWithin(lines, index, answer.to);
      if (isInterim(answer.line) || (request?.request.method === 'CONNECT' && answer.line.status < 300)) {
        found.push({ from, to: answer.to, pasted: [] });
        if (request?.request.method === 'CONNECT') request = undefined;
        continue;
      }
      const tunnel = refusedTunnel(text, answer);
      if (tunnel) {
        found.push({ from, to: tunnel.to, pasted: [{ request: UNKNOWN_REQUEST, reply: tunnel.reply }] });
      } else {
        const { status, body } = answer.answer;
        const reply = failureOfTool(status ?? 0, body, again) ?? answer.answer;
        found.push({ from, to: answer.to, pasted: [{ request: known, reply }] });
        before = { answer, request: known };
      }
      request = undefined;
    }
    return found;
  },
};

interface RawRequest {
  request: PastedRequest;
  from: number;
  /** The index of the line behind its fields. */
  next: number;
}

/** A request with its fields, as it is before its answer. */
function rawRequestAt(lines: readonly Line[], index: number): RawRequest | undefined {
  const line = lines[index];
  const first = line && requestLineOf(line.text);
  if (!first) return undefined;
  const { headers: fields, next } = fieldsAt(lines, index + 1);
  const headers = Object.fromEntries(fields);
  const { method, target } = first;
  const host = headers['host'];
  const url = target.startsWith('/') && host !== undefined ? `//${host}${target}` : target;
  const credentials = fields.length === 0 ? 'unknown' : credentialsIn(headers, url);
  return { request: { method, url, headers, credentials }, from: line.from, next };
}

/** The index of the last line that begins within an answer. */
function lastLineWithin(lines: readonly Line[], index: number, to: number): number {
  let last = index;
  while ((lines[last + 1]?.from ?? Infinity) < to) last += 1;
  return last;
}

/** The request that a client makes by itself where it follows a redirect; the answers stand right behind each other. */
function followed(
  before: { answer: ReadAnswer; request: PastedRequest } | undefined,
  { line }: ReadAnswer,
  from: number,
  text: string,
): PastedRequest {
  if (!before) return UNKNOWN_REQUEST;
  const { answer, request } = before;
  const isBehind = text.slice(answer.to, from).trim() === '';
  const { status } = answer.line;
  if (!isBehind) return UNKNOWN_REQUEST;
  // The same request once more: with credentials that the first answer has asked for.
  if (status === 401 || status === 407 || status === line.status)
    return { ...request, credentials: 'unknown' };
  const location = valueOf(answer.answer.headers, 'location');
  if (status < 300 || status > 399 || location === undefined) return UNKNOWN_REQUEST;
  const method = status === 303 || request.method === 'GET' ? 'GET' : undefined;
  return { ...UNKNOWN_REQUEST, method, url: resolved(location, request.url) };
}

function resolved(location: string, url: string | undefined): string | undefined {
  if (/^https?:\/\//i.test(location)) return location;
  const [origin = ''] = /^(?:https?:)?\/\/[^/?#]*/i.exec(url ?? '') ?? [];
  return location.startsWith('/') ? origin + location : undefined;
}

/** What curl says where it was the proxy that answered, and the API was not reached. */
function refusedTunnel(
  text: string,
  { line, to }: ReadAnswer,
): { reply: Found['pasted'][number]['reply']; to: number } | undefined {
  const behind = text.slice(to, to + 400);
  const [whole, said] =
    /^\s{0,80}(?:curl: \(\d{1,3}\) )?(?:CONNECT tunnel failed, response|Received HTTP code) (\d{3})\b[^\n]{0,200}/.exec(
      behind,
    ) ?? [];
  if (whole === undefined || Number(said) !== line.status) return undefined;
  const code = line.status === 407 ? 'PROXY_AUTH_REQUIRED' : 'PROXY_REFUSED';
  return { reply: { kind: 'failure', code, phase: 'connect', client: 'curl' }, to: to + whole.length };
}
