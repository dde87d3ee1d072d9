import { createHash } from 'node:crypto';
import { isArray, isObject, type Json } from '../json.js';
import { percentDecoded } from '../percent.js';
import { header, type HttpRequest, type Reply } from '../targets/reply.js';
import { readBody, type Body } from './body.js';

/**
 * Digests of all that an answer says, apart from what it repeats of the request and from what changes every time. They
 * keep two refusals apart of which nothing may be kept, as long as the run lasts. They are never written: what a kept
 * digest was made of could be guessed.
 */
export interface AnswerDigest {
  /** With numbers as they came. */
  exact: string;
  /** With every number masked: for answers that count, or measure the time. */
  loose: string;
}

/** Makes digests that can be compared with one another, and with those of no other run. */
export type DigestOf = (request: HttpRequest, reply: Reply) => AnswerDigest;

/** @param salt random characters of one run */
export function createAnswerDigest(salt: string): DigestOf {
  return (request, reply) => {
    const status = reply.kind === 'answer' ? String(reply.status) : `silence ${reply.code} ${reply.phase}`;
    const text = textOf(request, reply);
    const digest = (one: string) =>
      createHash('sha256').update([salt, status, one].join('\n')).digest('base64');
    return { exact: digest(text), loose: digest(text.replace(/\d+(?:\.\d+)?/g, '#')) };
  };
}

/** Longer answers are compared by their beginning. */
const LONGEST_COMPARED = 64 * 1024;

function textOf(request: HttpRequest, reply: Reply): string {
  if (reply.kind === 'no-answer') return '';
  const mask = maskFor(request);
  const heads = COMPARED_HEADERS.map((name) => mask(header(reply, name) ?? ''));
  return [...heads, ofBody(readBody(reply), mask)].join('\n');
}

/** What says who answers, and in which kind of words. */
const COMPARED_HEADERS = ['content-type', 'www-authenticate', 'x-amzn-errortype', 'location'];

function ofBody(body: Body, mask: (text: string) => string): string {
  switch (body.kind) {
    case 'empty':
      return 'empty';
    case 'json':
      return JSON.stringify(masked(body.value, mask)).slice(0, LONGEST_COMPARED);
    case 'unreadable':
      return `unreadable ${body.why} ${mask(body.text.slice(0, LONGEST_COMPARED))}`;
    case 'binary':
      return `binary ${body.bytes.subarray(0, LONGEST_COMPARED).toString('base64')}`;
    default:
      return `${body.kind} ${mask(body.text.slice(0, LONGEST_COMPARED))}`;
  }
}

/** Names of members are those of the host, also where a path has the same word. */
function masked(value: Json, mask: (text: string) => string): Json {
  if (typeof value === 'string') return mask(value.slice(0, LONGEST_COMPARED));
  // Times in seconds or milliseconds; no error code is as long.
  if (typeof value === 'number') return Math.abs(value) >= 1e8 ? '<number>' : value;
  if (isArray(value)) return value.map((item) => masked(item, mask));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member, mask)]));
}

/** Takes out of a text what the request held, and what no two answers have in common. */
function maskFor(request: HttpRequest): (text: string) => string {
  const { whole, words } = partsOf(request);
  const wordsOf =
    words.length === 0 ? undefined : new RegExp(`(?<!\\w)(?:${words.map(escaped).join('|')})(?!\\w)`, 'g');
  const mask = (text: string): string => {
    let rest = text;
    for (const part of whole) rest = rest.replaceAll(part, '<sent>');
    if (wordsOf) rest = rest.replace(wordsOf, '<sent>');
    const forms = /\d/.test(rest) ? VARYING : VARYING_WITHOUT_DIGIT;
    for (const [form, name] of forms) rest = rest.replace(form, () => name);
    return rest;
  };
  // The items of a list have many texts in common.
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = mask(text);
    known.set(text, made);
    return made;
  };
}

type Varying = readonly [form: RegExp, name: string];

const TIME_IN_WORDS: Varying = [/(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [\w: -]{8,30}(?:GMT|UTC)?/g, '<time>'];
/** All others have a digit. */
const VARYING_WITHOUT_DIGIT: readonly Varying[] = [TIME_IN_WORDS];
const VARYING: readonly Varying[] = [
  [/\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?: ?(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT))?/g, '<time>'],
  TIME_IN_WORDS,
  [/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi, '<id>'],
  // What machines draw has digits among its letters; words have none.
  [/(?<![\w+/=-])(?=[\w+/-]*\d)(?=[\w+/-]*[A-Za-z])[\w+/-]{16,}={0,2}/g, '<id>'],
  [/(?<!\w)(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}(?!\w)/gi, '<id>'],
  [/\d{9,}/g, '<number>'],
  [/(?<![\w.])\d+(?:\.\d+)? ?(?:ms|µs|us|seconds?|sec|s)(?!\w)/g, '<duration>'],
];

/** What the request held: long parts, which are taken out wherever they are, and words, which have to be alone. */
function partsOf({ method, url, headers }: HttpRequest): { whole: string[]; words: string[] } {
  const { host, hostname, pathname, search, searchParams } = new URL(url);
  const paths = pathname.split('/').flatMap((_, index, all) => {
    const rest = all.slice(index).join('/');
    return index === 0 ? [rest] : [`/${rest}`, rest];
  });
  const asked = [url, ...paths.flatMap((path) => [path + search, path]), host, search];
  const decoded = distinct(asked.flatMap((one) => [one, percentDecoded(one)]));
  const bare = distinct(decoded.flatMap((one) => [one, one.replace(/\/(?=\?|$)/, '')]));
  const spelled = bare.flatMap((one) => [one, one.replaceAll('&', '&amp;'), one.replaceAll('/', '&#x2F;')]);
  const values = [...searchParams.values(), headers['authorization']?.replace(/^\w+ /, '') ?? ''];
  // A single segment may be a word like any other; with a slash in it, it is the path.
  const whole = [
    ...spelled.filter((one) => one.length > 2 && /[/?:]/.test(one)),
    ...values.filter(({ length }) => length > 7),
  ];
  const segments = pathname.split('/').flatMap((segment) => [segment, percentDecoded(segment)]);
  const words = [method, hostname, ...segments, ...values].filter(({ length }) => length > 1);
  const longestFirst = (one: string, other: string) => other.length - one.length;
  return { whole: distinct(whole).sort(longestFirst), words: distinct(words).sort(longestFirst) };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
