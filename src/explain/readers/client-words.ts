import { carriesCredentials } from '../credentials.js';
import { isReasonPhrase } from '../../exchange/status.js';
import { documentAt, documentsIn } from '../document.js';
import { linesOf, type Line } from '../lines.js';
import { unescaped } from '../literal.js';
import { bodyBefore, bodyBehind, requestIn, trimmedUrl, type NearBody } from '../near.js';
import {
  UNKNOWN_REQUEST,
  type Found,
  type Pasted,
  type PastedAnswer,
  type PastedRequest,
  type Reader,
} from '../paste.js';
import type { Sentences } from '../sentences.js';
import { tracesOf, type Trace } from '../traces.js';
import type { Hit, Words } from '../words.js';

/** What clients say in words of failures and answers: exceptions, exit texts, consoles (`signatures/clients.yaml`). */
export function clientWords(words: Words, sentences: Sentences): Reader {
  return {
    id: 'client-words',
    about: 'the error of a client (curl, Python, Node, Java, Go, .NET, PHP, Ruby, a browser)',
    read: (text) => {
      const bodies = documentsIn(text);
      // What a host says in a body is no word of a client.
      const hits = words.in(text).filter(({ at }) => !bodies.some(({ from, to }) => from <= at && at < to));
      if (!hits.some(isTelling)) return [];
      const lines = linesOf(text);
      const events = eventsOf(hits, lines);
      return events.map((event, index) =>
        readEvent(text, event, { before: events[index - 1], after: events[index + 1], sentences }),
      );
    },
  };
}

/** Whether something is said of an answer or a failure, and not of a request only. */
function isTelling({ says, parts, named }: Hit): boolean {
  const isFailure = says.code !== undefined || parts['code'] !== undefined;
  return isFailure || named !== undefined || ANSWERED.some((name) => parts[name] !== undefined);
}

/** Places that are in what is said of an answer: its status, the code of an OAuth error, the words of the host, the reason in a log. */
const ANSWERED = ['status', 'error', 'said', 'why'];

/** One trace of an answer or a failure, with what is said in it and beside it of its request. */
interface Event {
  from: number;
  to: number;
  /** What counts of all that the trace says. */
  first: Hit;
  hits: readonly Hit[];
  /** What is said of requests in other lines that belong to it. */
  beside: readonly Hit[];
}

function eventsOf(hits: readonly Hit[], lines: readonly Line[]): Event[] {
  const traces = tracesOf(lines).map((trace) => placeOf(trace, lines));
  const events: Event[] = [];
  let at = 0;
  let paragraph: { events: Event[]; others: Hit[] } = { events: [], others: [] };
  for (const trace of traces) {
    if (trace.isNew) {
      giveOthers(paragraph);
      paragraph = { events: [], others: [] };
    }
    const own: Hit[] = [];
    for (let hit = hits[at]; hit && hit.from < trace.to; hit = hits[at]) {
      own.push(hit);
      at += 1;
    }
    const [first] = own.filter(isTelling).sort((one, other) => one.order - other.order);
    if (!first) {
      paragraph.others.push(...own);
      continue;
    }
    const event = { ...trace, first, hits: own, beside: [] };
    events.push(event);
    paragraph.events.push(event);
  }
  giveOthers(paragraph);
  return events;
}

/** Gives what is said of requests between events to these: where a paragraph begins with a request, each to the next one. */
function giveOthers({ events, others }: { events: readonly Event[]; others: readonly Hit[] }): void {
  const [opening] = events;
  const [request] = others;
  if (!opening || !request) return;
  const leads = request.at < opening.from;
  let next = 0;
  for (const hit of others) {
    while ((events[next]?.from ?? Infinity) <= hit.at) next += 1;
    const owner = events[leads ? next : next - 1];
    if (owner) owner.beside = [...owner.beside, hit];
  }
}

interface Place {
  from: number;
  to: number;
  /** Whether a blank line is before it. */
  isNew: boolean;
}

function placeOf({ first, next }: Trace, lines: readonly Line[]): Place {
  const before = lines[first - 1]?.text.trim() ?? '';
  return { from: lines[first]?.from ?? 0, to: lines[next - 1]?.to ?? 0, isNew: before === '' };
}

function readEvent(
  text: string,
  event: Event,
  { before, after, sentences }: { before: Event | undefined; after: Event | undefined; sentences: Sentences },
): Found {
  const { first, from, to } = event;
  const limit = after?.from ?? text.length;
  const known = requestOf(text, event, before, limit);
  const stated = saidIn(event.hits);
  const isAnswer = first.named !== undefined || ANSWERED.some((name) => first.parts[name] !== undefined);
  if (!isAnswer) {
    const code = first.says.code ?? first.parts['code'] ?? '';
    const failure = { kind: 'failure', code, phase: first.says.phase, client: first.says.client } as const;
    const page = code === NOT_JSON ? (pageWithin(text, from, to) ?? pageBehind(text, to, limit)) : undefined;
    const pasted: Pasted[] = [{ request: known, reply: failure }, ...(page ? [page.pasted] : [])];
    return { from, to: page?.to ?? to, pasted };
  }
  const { status, statusFrom } = statusOf(event);
  const body = bodyOf(text, event, before, limit);
  const shown =
    reasonOfLog(event.hits) ??
    (stated !== undefined && (body === undefined || body.from < from) ? stated : body?.text) ??
    (statusFrom === 'answer' || status === 404
      ? reasonIn(text.slice(from, to), status, sentences)
      : undefined);
  const pasted: Pasted = {
    request: known,
    reply: {
      kind: 'answer',
      status,
      statusFrom,
      headers: undefined,
      body: shown === undefined ? undefined : Buffer.from(shown),
    },
  };
  return { from: Math.min(from, body?.from ?? from), to: Math.max(to, body?.to ?? to), pasted: [pasted] };
}

/** The code by which clients say that a page came where data was asked for. */
const NOT_JSON = 'NOT_JSON';

/** The beginning of the page that the error itself quotes: `unexpected token at '<html><head><title>Sign in'`. */
function pageWithin(text: string, from: number, to: number): { pasted: Pasted; to: number } | undefined {
  const quoted = text.slice(from, Math.min(to, from + 4_000));
  const at = quoted.search(/<(?:!doctype html[^>]{0,80}>\s{0,20}<|html[\s>]|head>|title>)/i);
  return at < 0 ? undefined : { pasted: pageOf(quoted.slice(at)), to };
}

function pageOf(page: string): Pasted {
  const reply = {
    kind: 'answer',
    status: undefined,
    statusFrom: undefined,
    headers: undefined,
    body: Buffer.from(unescaped(page)),
  } as const;
  return { request: UNKNOWN_REQUEST, reply };
}

/** The page itself, where it was printed afterwards; its status is not shown. */
function pageBehind(text: string, from: number, limit: number): { pasted: Pasted; to: number } | undefined {
  const part = text.slice(from, Math.min(limit, from + 4_000));
  const [before] =
    /^[^]*?(?<![^\n])(?:[^\n<>]{1,120}[:=]\s{0,4}b?["'`]?)?(?=<(?:!doctype html|html[\s>]))/i.exec(part) ??
    [];
  const page = before === undefined ? undefined : documentAt(text, from + before.length, limit);
  if (!page) return undefined;
  return { pasted: pageOf(page.text), to: page.to };
}

/** The status that a trace shows, or else the one that a name in it stands for. */
function statusOf({ first, hits }: Event): Pick<PastedAnswer, 'status' | 'statusFrom'> {
  const shown = [first, ...hits].map(({ parts }) => parts['status']).find((one) => one !== undefined);
  if (shown !== undefined) return { status: Number(shown), statusFrom: 'answer' };
  const named = [first, ...hits].map((hit) => hit.named).find((one) => one !== undefined);
  return { status: named, statusFrom: named === undefined ? undefined : 'body' };
}

/** Why it was refused, as the log of who refused it says, which tells more than what was answered. */
function reasonOfLog(hits: readonly Hit[]): string | undefined {
  return hits.map(({ parts }) => parts['why']).find((why) => why !== undefined);
}

/** The words of the host that a client repeats; the members of an OAuth error as the body has them (RFC 6749, section 5.2). */
function saidIn(hits: readonly Hit[]): string | undefined {
  const [parts] = hits.map((hit) => hit.parts).filter(({ said, error }) => (said ?? error) !== undefined);
  if (!parts) return undefined;
  const { said, error, description } = parts;
  if (error === undefined) return said?.trim();
  return JSON.stringify({ error, ...(description === undefined ? {} : { error_description: description }) });
}

/** The words of the host that are in a trace beside its status, in no form that is known: a part by which something is refused. */
function reasonIn(trace: string, status: number | undefined, sentences: Sentences): string | undefined {
  const parts = trace
    .slice(0, LONGEST_TRACE)
    .replace(/\bhttps?:\S+/g, ' ')
    .split(/\n|(?<=[:;)\]])\s|\s[-–—|]\s|\s\(|\. /)
    .map((part) => part.replace(/[\s:;)(\]]+$/, '').trim());
  const isOfStatus = (part: string) =>
    isReasonPhrase(part.replace(/ for url$/, '')) ||
    OF_CLIENTS.test(part) ||
    /\bstatus\b/i.test(part) ||
    part.includes(String(status)) ||
    part.split(/[\s_-]+/).length < LEAST_WORDS;
  return parts
    .filter((part) => !isOfStatus(part))
    .map((part) => sentences.refusingIn(part))
    .findLast((part) => part !== undefined);
}

/** What clients say before the words of the host. */
const OF_CLIENTS =
  /^(?:cross-origin request blocked|cors .*|(?:an )?error occurred|(?:http |api )?request failed)$/i;
const LONGEST_TRACE = 2_000;
/** Fewer are the name of a class, or of a status. */
const LEAST_WORDS = 3;

/** How many lines behind a trace a body may begin. */
const LINES_BEHIND = 12;

function bodyOf(text: string, event: Event, before: Event | undefined, limit: number): NearBody | undefined {
  let begins = event.to;
  for (let count = 0; count < LINES_BEHIND && begins < limit; count++) {
    const end = text.indexOf('\n', begins + 1);
    begins = end < 0 ? limit : end;
  }
  // What a client repeats of the answer can be before its status, and after it.
  const by = event.hits.find(({ parts }) => parts['status'] !== undefined) ?? event.first;
  const behind = bodyBehind(text, by.at, Math.min(begins, limit, event.to + 20_000), limit);
  return behind ?? bodyBefore(text, event.from, before?.to ?? 0);
}

function requestOf(text: string, event: Event, before: Event | undefined, limit: number): PastedRequest {
  const { first, hits, beside } = event;
  const stated = [first, ...hits, ...beside].map(({ parts }) => parts);
  const part = (name: string) => stated.find((parts) => parts[name] !== undefined)?.[name];
  const url = part('url');
  const named = namedBeside(text, event, before, limit);
  const whole = url === undefined ? (named?.url ?? addressOf(part)) : trimmedUrl(url);
  return {
    ...UNKNOWN_REQUEST,
    method: part('method')?.toUpperCase() ?? named?.method,
    url: whole,
    credentials: carriesCredentials(whole) ? 'sent' : 'unknown',
  };
}

/** An address of a host, a port and a path that are named apart. */
function addressOf(part: (name: string) => string | undefined): string | undefined {
  const [host, port, path = ''] = ['host', 'port', 'path'].map(part);
  if (host === undefined) return path === '' ? undefined : path;
  const scheme = part('scheme')?.toLowerCase() ?? (port === '443' ? 'https' : undefined);
  const isDefault =
    port === undefined || (scheme === 'https' ? port === '443' : scheme === 'http' && port === '80');
  return `${scheme === undefined ? '' : `${scheme}:`}//${host}${isDefault ? '' : `:${port}`}${path}`;
}

/** The request that is named in the trace itself, in the line before it, or in one of the lines behind it. */
function namedBeside(
  text: string,
  { from, to }: Event,
  before: Event | undefined,
  limit: number,
): { method: string; url: string } | undefined {
  const own = requestIn(text.slice(from, to));
  if (own) return own;
  const start = Math.max(before?.to ?? 0, text.lastIndexOf('\n', from - 2) + 1);
  const paragraph = text.slice(to, Math.min(limit, to + 4_000)).split(/\n[ \t]*\n/, 1)[0] ?? '';
  return requestIn(text.slice(start, from)) ?? requestIn(paragraph);
}
