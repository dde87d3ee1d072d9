import { distance } from 'fastest-levenshtein';
import { isOfApiWords, partsOfName } from './api-words.js';

/**
 * Stands in a URL or a path for what is not known when it is read: a variable of a shell, a value that code fills in. It
 * is no character (Unicode, section 23.7), so no text that was recorded holds it.
 */
export const HOLE = '\uFFFF';

/**
 * A URL of a consumer, also one without its scheme, as it may be printed: calls that were recorded hold tokens, phone
 * numbers and ids. Of its query the names stay, of its path what the contract fixes or has somewhere, and what all APIs
 * call things, and of its host the labels that are such words; the rest is `…`, and where the operation is known, the
 * name of the parameter.
 * @param known the template of the operation; or of one that the path is like, so that a misspelling of its words is
 *   shown; and the words that paths and hosts of the API have, as `wordsOfApi` gives them, or `all` where no person can be
 *   in the URL, as in code
 * @param more names of the query that are not in the URL
 */
export function shownUrl(
  url: string,
  known: { is?: string | undefined; like?: string | undefined; words?: Words | undefined } = {},
  more: readonly string[] = [],
): string {
  const [, origin = '', path = '', query] =
    /^((?:[a-z][a-z\d+.-]*:)?\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? [];
  const names = [
    ...(query
      ?.split('&')
      .filter((pair) => pair !== '' && !pair.startsWith(HOLE))
      .map(partOf) ?? []),
    ...more.map((name) => `${shownName(name)}=${HIDDEN}`),
  ];
  const segments = path.replace(BASE, '').split('/');
  const alike = wordsAt(segments, known.like);
  const shown =
    known.is ?? segments.map((segment, index) => segmentOf(segment, alike[index], known.words)).join('/');
  return originOf(origin, known.words) + shown + (names.length === 0 ? '' : `?${names.join('&')}`);
}

type Words = ReadonlySet<string> | 'all';

/**
 * The words that an API has in its URLs: all that a part of a URL can be without being a value.
 * @param paths templates of the contract
 * @param addresses those of the contract and of the targets
 */
export function wordsOfApi(paths: readonly string[], addresses: readonly string[]): ReadonlySet<string> {
  const segments = paths.flatMap((path) => path.split('/')).filter((segment) => !segment.includes('{'));
  const hosts = addresses.flatMap((address) => (URL.canParse(address) ? [new URL(address).hostname] : []));
  return new Set([...segments.flatMap(partsOfName), ...hosts, ...hosts.flatMap((host) => host.split('.'))]);
}

/** What a template has where each segment is; what is there too much is a prefix, what is missing an end. */
function wordsAt(segments: readonly string[], template: string | undefined): (string | undefined)[] {
  const words = template?.split('/') ?? [];
  const before = Math.max(segments.length - words.length, 0);
  return segments.map((_, index) => words[index - before]);
}

/** What is before a path where the address is not known. */
const BASE = new RegExp(`^${HOLE}(?=/)`);

/** Without a user and a password. */
function originOf(origin: string, words: Words | undefined): string {
  const [, scheme = '', authority = ''] =
    /^([^/]*\/\/)(?:[^/]*@)?(.*)$/.exec(origin.replaceAll(HOLE, () => HIDDEN)) ?? [];
  return scheme + shownHost(authority, words);
}

/**
 * A host, with or without its port, as it may be printed. A host can be made of what somebody else has sent, as in a
 * redirect to `https://ada-lovelace.shop.example/`, so of a host that is not known only the labels stay that are words
 * of the API, of all APIs, or common endings.
 */
export function shownHost(authority: string, words?: Words): string {
  if (authority === '') return '';
  const [, host = '', port = ''] = HOST.exec(authority) ?? [];
  if (host === '' || /\d{7}/.test(host)) return HIDDEN;
  if (words === 'all') return host + port;
  if (THIS_MACHINE.test(host) || words?.has(host.toLowerCase()) === true) return host + port;
  const shown = host.split('.').map((label) => (isShownLabel(label, words) ? label : HIDDEN));
  // How many labels in a row are hidden says nothing.
  return shown.filter((label, index) => label !== HIDDEN || shown[index - 1] !== HIDDEN).join('.') + port;
}

function isShownLabel(label: string, words: ReadonlySet<string> | undefined): boolean {
  const plain = label.toLowerCase();
  if (ENDINGS.has(plain) || words?.has(plain) === true) return true;
  return label.length <= LONGEST_WORD && PLAIN.test(label) && isOfApiWords(label);
}

/** Common endings of hosts (some of RFC 2606 and RFC 6762, appendix G): none is the name of a person. */
const ENDINGS: ReadonlySet<string> = new Set(
  'com net org edu gov mil int io dev app cloud info biz ai co us uk ca de eu au example test invalid local internal lan corp'.split(
    ' ',
  ),
);
const THIS_MACHINE = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** A name or an address, and a port. */
const HOST = /^([\w.-]{1,253}|\[[\da-f:.]{2,45}\])(:\d{1,5})?$/i;
/** @param alike what a template that the path is like has in its place */
function segmentOf(segment: string, alike: string | undefined, words: Words | undefined): string {
  if (segment === '' || VERSION.test(segment)) return segment;
  const isValue = alike?.startsWith('{') === true;
  if (isValue || segment.length > LONGEST_WORD || !PLAIN.test(segment)) return HIDDEN;
  const isKnown = isOfApiWords(segment) || isOfWords(segment, words) || isSpellingOf(segment, alike);
  return isKnown ? segment : HIDDEN;
}

function isOfWords(segment: string, words: Words | undefined): boolean {
  if (words === undefined || words === 'all') return words === 'all';
  return partsOfName(segment).every((part) => words.has(part));
}

/** Whether a segment is a word of a template with few letters wrong. */
function isSpellingOf(segment: string, word: string | undefined): boolean {
  return word !== undefined && distance(segment.toLowerCase(), word.toLowerCase()) <= word.length / 3;
}

function partOf(pair: string): string {
  const [name = '', value] = pair.split('=', 2);
  const shown = shownName(name);
  return value === undefined ? shown : `${shown}=${HIDDEN}`;
}

/** The name of a parameter or of a member as it may be printed: where data was taken for names, it can be a person's. */
export function shownName(name: string): string {
  return isShownName(name) ? name : HIDDEN;
}

/** Whether a name looks like one that a program has. */
export function isShownName(name: string): boolean {
  return /^[\w.:[\]-]{1,40}$/.test(name) && !/\d{4}/.test(name);
}

/** No longer one is a word; a token can be. */
const LONGEST_WORD = 40;
const PLAIN = /^[_$]?[a-z]+\d?(?:[_.-][a-z]+\d?)*$/i;
const VERSION = /^v\d{1,3}(?:\.\d{1,3})?$/i;
/** What stands for what is not printed. */
export const HIDDEN = '…';
