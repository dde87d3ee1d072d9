import { isArray, isObject, parseJson, type Json, type JsonObject } from '../../json.js';
import { credentialsIn } from '../credentials.js';
import { literalAt } from '../literal.js';
import type { Again, Pasted, PastedRequest, Reader } from '../paste.js';
import { failureOfTool } from '../recording-proxy.js';

/** HAR 1.2: a whole file, a list of its entries, or a single one, of browsers and of proxies. */
export const har: Reader = {
  id: 'har',
  about: 'a HAR file of a browser or a proxy, or one of its entries',
  read: (text, again) => {
    if (!/"(?:entries|response)"/.test(text)) return [];
    // Words can be before it and behind it.
    const [before] = /^[^]{0,4000}?(?<![^\n])(?=[{[])/.exec(text) ?? [];
    if (before === undefined) return [];
    const from = before.length;
    const to = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1;
    const value = parseJson(text.slice(from, to)) ?? cutValue(text, from);
    const entries = entriesIn(value);
    if (entries.length === 0) return [];
    const hides = hidesCredentials(value, entries);
    const pasted = entries.flatMap((entry) => readEntry(entry, hides, again));
    return [{ from, to, pasted }];
  },
};

/** A file that was cut, as far as it goes. */
function cutValue(text: string, from: number): Json | undefined {
  return /"log"\s{0,20}:\s{0,20}\{/.test(text.slice(from, from + 10_000))
    ? literalAt(text, from)?.value
    : undefined;
}

function entriesIn(value: Json | undefined): JsonObject[] {
  const log = isObject(value) ? value['log'] : undefined;
  const inLog = isObject(log) ? log['entries'] : undefined;
  const list = isArray(inLog) ? inLog : isArray(value) ? value : [value];
  return list.filter(isObject).filter(isEntry);
}

function isEntry({ request, response }: JsonObject): boolean {
  if (!isObject(request) || !isObject(response)) return false;
  // Others also write a request beside its response, in members of other names.
  return isArray(request['headers']) || isArray(response['headers']) || isObject(response['content']);
}

/**
 * Whether the file may leave credentials out: Chrome does since version 130, unless asked for them. Where any request shows
 * some, none are left out.
 */
function hidesCredentials(value: Json | undefined, entries: readonly JsonObject[]): boolean {
  const log = isObject(value) ? value['log'] : undefined;
  const creator = isObject(log) ? log['creator'] : undefined;
  const name = isObject(creator) ? creator['name'] : undefined;
  const isBrowser =
    typeof name !== 'string' || /^(?:webinspector|webkit|safari|chrome|microsoft edge)/i.test(name);
  return isBrowser && !entries.some(({ request }) => isObject(request) && showsCredentials(request));
}

function showsCredentials(request: JsonObject): boolean {
  return pairsIn(request['headers']).some(([name]) => name === 'authorization' || name === 'cookie');
}

function readEntry(entry: JsonObject, hides: boolean, again: Again): Pasted[] {
  const { request, response } = entry;
  if (!isObject(request) || !isObject(response)) return [];
  const status = Number(response['status'] ?? NaN);
  if (!Number.isInteger(status)) return [];
  const sent = requestOf(request, hides);
  const why = whyNone(entry, response);
  const isNone = status < 100 || status > 999;
  // A success that was broken off is none; a refusal has come all the same.
  if (isNone || (status < 400 && why !== undefined)) return failureOf(why, again, sent);
  // A connection that goes on as a socket has no answer.
  if (status < 200) return [];
  const headers = pairsIn(response['headers']);
  const body = bodyOf(response, status);
  if (status < 400 && body === undefined && headers.length === 0 && isUnseen(response)) return [];
  const byTool = failureOfTool(status, body, again);
  if (byTool) return [{ request: sent, reply: byTool }];
  return [{ request: sent, reply: { kind: 'answer', status, statusFrom: 'answer', headers, body } }];
}

/** Whether the sizes say that nothing of the answer was seen. */
function isUnseen({ content, bodySize }: JsonObject): boolean {
  const size = isObject(content) ? content['size'] : undefined;
  return Number(size ?? -1) < 0 && Number(bodySize ?? -1) < 0;
}

function requestOf(request: JsonObject, hides: boolean): PastedRequest {
  const headers = Object.fromEntries(pairsIn(request['headers']));
  const { method, url } = request;
  const address = typeof url === 'string' && /^(?:https?|wss?):\/\/\S/i.test(url) ? url : undefined;
  const known = credentialsIn(headers, address);
  return {
    method: typeof method === 'string' && /^[A-Za-z]{1,20}$/.test(method) ? method.toUpperCase() : undefined,
    url: address,
    headers,
    credentials: known === 'not-sent' && hides ? 'unknown' : known,
  };
}

/** What the tool that has written an entry says of a request that failed. */
function whyNone(entry: JsonObject, response: JsonObject): string | undefined {
  const named = [response, entry].flatMap((one) => FAILURES.map((name) => textOf(one[name])));
  const remarks = [response['comment'], entry['comment'], response['statusText']].map(textOf);
  const status = Number(response['status']);
  // Beside a status, a remark can be on anything.
  const counted =
    status < 100 ? remarks : remarks.filter((said) => said !== undefined && SAYS_FAILURE.test(said));
  return [...named, ...(status < 400 ? counted : [])].find((said) => said !== undefined);
}

const FAILURES = ['_error', '_failureText', '_failure', '_errorText', '_netError', '_blockedReason'];
const SAYS_FAILURE =
  /\b(?:fail(?:ed|ure)?|err(?:or)?|abort(?:ed)?|cancell?ed|refused|reset|timed? ?-?out|not (?:be )?resolved|no response|blocked|incomplete|truncated)\b|ERR_|NS_ERROR/i;

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Browsers write status 0 where no answer came, others -1, and some say why. */
function failureOf(why: string | undefined, again: Again, request: PastedRequest): Pasted[] {
  // The page itself has given it up.
  if (why !== undefined && /ERR_ABORTED|NS_BINDING_ABORTED/.test(why)) return [];
  const failed = why === undefined ? undefined : again(why).find(({ reply }) => reply.kind === 'failure');
  const reply = failed?.reply ?? ({ kind: 'failure', code: 'NO_ANSWER', client: 'a browser' } as const);
  return [{ request, reply }];
}

function bodyOf(response: JsonObject, status: number): Buffer | undefined {
  const content = isObject(response['content']) ? response['content'] : {};
  const { text, encoding, size } = content;
  if (typeof text === 'string') {
    return Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8');
  }
  const isEmpty = (size === 0 && response['bodySize'] === 0) || status === 204 || status === 304;
  return isEmpty ? Buffer.alloc(0) : undefined;
}

function pairsIn(headers: Json | undefined): [name: string, value: string][] {
  if (!isArray(headers)) return [];
  return headers.flatMap((item) => {
    const { name, value } = isObject(item) ? item : {};
    return typeof name === 'string' && typeof value === 'string' ? [[name.toLowerCase(), value]] : [];
  });
}
