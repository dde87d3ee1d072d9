import { isArray, isObject, parseJson, type Json } from '../json.js';
import { Problem } from '../problem.js';
import type { HttpRequest, Reply } from '../target/reply.js';

/** A refusal as somebody has kept it: what was asked, as far as it is known, and what came back. */
export interface Kept {
  request: HttpRequest;
  reply: Reply;
  /** False when only a body was kept, and the status is not known. */
  hasStatus: boolean;
}

/**
 * Reads refusals as people paste them: a HAR file or one of its entries, the output of `curl -i` or `curl -v`,
 * an error of curl itself, or a bare body.
 * @throws Problem when there is nothing to read.
 */
export function readKept(text: string): Kept[] {
  if (text.trim() === '') {
    throw new Problem('there is nothing to explain', {
      remedy: 'Paste or pipe in what curl -i printed, a HAR file, or the body of the refusal.',
    });
  }
  return readHar(text) ?? readCurlError(text) ?? readHttp(text) ?? [readBare(text)];
}

const UNKNOWN: HttpRequest = { method: 'GET', url: 'https://host/', headers: {} };

/** HAR 1.2: a whole file, or a single entry. */
function readHar(text: string): Kept[] | undefined {
  const value = parseJson(text);
  if (!isObject(value)) return undefined;
  const log = value['log'];
  const entries = isObject(log) && isArray(log['entries']) ? log['entries'] : [value];
  const kept = entries.flatMap((entry) => readEntry(entry));
  return kept.length > 0 ? kept : undefined;
}

function readEntry(entry: Json): Kept[] {
  if (!isObject(entry)) return [];
  const { request, response } = entry;
  if (!isObject(request) || !isObject(response) || typeof response['status'] !== 'number') return [];
  const content = isObject(response['content']) ? response['content'] : {};
  const text = typeof content['text'] === 'string' ? content['text'] : '';
  const body = Buffer.from(text, content['encoding'] === 'base64' ? 'base64' : 'utf8');
  const sent = {
    method: textOf(request['method']) ?? UNKNOWN.method,
    url: addressOf(request['url']),
    headers: Object.fromEntries(namesAndValues(request['headers'])),
  };
  // Browsers write status 0 where no answer came.
  if (response['status'] === 0) return [{ request: sent, reply: silence('ECONNRESET'), hasStatus: true }];
  const reply = answer(response['status'], namesAndValues(response['headers']), body);
  return [{ request: sent, reply, hasStatus: true }];
}

/** What is no address went nowhere that could be said. */
function addressOf(value: Json | undefined): string {
  const url = textOf(value) ?? UNKNOWN.url;
  return URL.canParse(url, UNKNOWN.url) ? url : UNKNOWN.url;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function namesAndValues(headers: Json | undefined): [string, string][] {
  if (!isArray(headers)) return [];
  return headers.flatMap((item) => {
    const { name, value } = isObject(item) ? item : {};
    return typeof name === 'string' && typeof value === 'string' ? [[name.toLowerCase(), value]] : [];
  });
}

/** Exit codes of curl that stand for a failure before any answer, as error codes of Node. */
const CURL_ERRORS: Record<string, string> = {
  '6': 'ENOTFOUND',
  '7': 'ECONNREFUSED',
  '28': 'UND_ERR_HEADERS_TIMEOUT',
  '35': 'EPROTO',
  '52': 'UND_ERR_SOCKET',
  '56': 'ECONNRESET',
};

function readCurlError(text: string): Kept[] | undefined {
  const [, exit = '', said = ''] = /^curl: \((\d+)\) (.*)$/m.exec(text) ?? [];
  if (exit === '60') {
    const code = /expired/i.test(said)
      ? 'CERT_HAS_EXPIRED'
      : /name|match/i.test(said)
        ? 'ERR_TLS_CERT_ALTNAME_INVALID'
        : 'UNABLE_TO_VERIFY_LEAF_SIGNATURE';
    return [{ request: UNKNOWN, reply: silence(code), hasStatus: true }];
  }
  const code = CURL_ERRORS[exit];
  return code === undefined ? undefined : [{ request: UNKNOWN, reply: silence(code), hasStatus: true }];
}

/** The output of `curl -i`, or of `curl -v` with its `<` and `>`: of several answers the last one counts. */
function readHttp(text: string): Kept[] | undefined {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const request: HttpRequest = { ...UNKNOWN, headers: {} };
  for (const line of lines) {
    const [, sent] = /^> ?(.*)$/.exec(line) ?? [];
    const [, method, path] = /^([A-Z]+) (\S+) HTTP/.exec(sent ?? '') ?? [];
    if (method !== undefined && path !== undefined) {
      request.method = method;
      request.url = addressOf(`https://host${path}`);
    }
    const [, name, value] = /^([\w-]+): (.*)$/.exec(sent ?? '') ?? [];
    if (name !== undefined && value !== undefined) request.headers[name.toLowerCase()] = value;
  }
  const received = lines
    .filter((line) => !/^[>*{}] ?/.test(line) || line.startsWith('{"') || line === '{')
    .map((line) => line.replace(/^<(?: |$)/, ''));
  const start = received.findLastIndex((line) => /^HTTP\/[\d.]+ \d{3}/.test(line));
  if (start < 0) return undefined;
  const status = Number(/ (\d{3})/.exec(received[start] ?? '')?.[1]);
  const rest = received.slice(start + 1);
  const blank = rest.findIndex((line) => line.trim() === '');
  const head = blank < 0 ? rest : rest.slice(0, blank);
  const headers = head.flatMap((line): [string, string][] => {
    const [, name, value] = /^([^:\s]+):\s*(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value]];
  });
  const body =
    blank < 0
      ? ''
      : rest
          .slice(blank + 1)
          .join('\n')
          .trim();
  return [{ request, reply: answer(status, headers, Buffer.from(body)), hasStatus: true }];
}

function readBare(text: string): Kept {
  return { request: UNKNOWN, reply: answer(0, [], Buffer.from(text.trim())), hasStatus: false };
}

function answer(status: number, headers: [string, string][], body: Buffer): Reply {
  // What was pasted is not compressed any more.
  const kept = headers.filter(([name]) => name !== 'content-encoding' && name !== 'content-length');
  return {
    kind: 'answer',
    at: new Date(0),
    durationMs: 0,
    status,
    headers: kept,
    body,
    incomplete: undefined,
  };
}

function silence(code: string): Reply {
  return { kind: 'silence', at: new Date(0), durationMs: 0, code, phase: 'connect' };
}
