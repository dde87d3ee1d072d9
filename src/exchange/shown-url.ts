/**
 * Stands in a URL or a path for what is not known when it is read: a variable of a shell, a value that code fills in. It
 * is no character (Unicode, section 23.7), so no text that was recorded holds it.
 */
export const HOLE = '\uFFFF';

/**
 * A URL of a consumer, also one without its scheme, as it may be printed: calls that were recorded hold tokens, phone
 * numbers and ids. Of its query the names stay, of its path what the contract fixes and what is a plain word; the rest
 * is `…`, and where the operation is known, the name of the parameter.
 * @param template that of the operation; or of one that the path is like, so that what stands where that one has a
 *   parameter is hidden, also if it is a plain word
 * @param more names of the query that do not stand in the URL
 */
export function shownUrl(
  url: string,
  template: { is?: string | undefined; like?: string | undefined } = {},
  more: readonly string[] = [],
): string {
  const [, origin = '', path = '', query] =
    /^((?:[a-z][a-z\d+.-]*:)?\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? [];
  const names = [
    ...(query
      ?.split('&')
      .filter((pair) => !pair.startsWith(HOLE))
      .map(partOf) ?? []),
    ...more.map((name) => `${shownName(name)}=${HIDDEN}`),
  ];
  const segments = path.replace(BASE, '').split('/');
  const values = valuesIn(segments, template.like);
  const shown =
    template.is ??
    segments
      .map((segment, index) => (values.has(index) && segment !== '' ? HIDDEN : segmentOf(segment)))
      .join('/');
  return originOf(origin) + shown + (names.length === 0 ? '' : `?${names.join('&')}`);
}

/** Which segments stand where a template has parameters; what is there too much is a prefix, what is missing an end. */
function valuesIn(segments: readonly string[], template: string | undefined): Set<number> {
  const words = template?.split('/') ?? [];
  const before = Math.max(segments.length - words.length, 0);
  return new Set(words.flatMap((word, index) => (word.startsWith('{') ? [index + before] : [])));
}

/** What stands before a path where the address is not known. */
const BASE = new RegExp(`^${HOLE}(?=/)`);

/** Without a user and a password, and without what is no host. */
function originOf(origin: string): string {
  const [, scheme = '', host = ''] =
    /^([^/]*\/\/)(?:[^/]*@)?(.*)$/.exec(origin.replaceAll(HOLE, () => HIDDEN)) ?? [];
  return host === '' || (HOST.test(host) && !/\d{7}/.test(host)) ? scheme + host : scheme + HIDDEN;
}

const HOST = /^(?:[\w.-]{1,253}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i;

function segmentOf(segment: string): string {
  const isWord = segment.length <= LONGEST_WORD && PLAIN.test(segment) && !NAMES.test(segment);
  return segment === '' || isWord || VERSION.test(segment) ? segment : HIDDEN;
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
/** Words with capital letters that are joined are those of a name: `Ada-Lovelace`. */
const NAMES = /^[A-Z][a-z]+(?:[-_.][A-Z][a-z]+)+$/;
const VERSION = /^v\d{1,3}(?:\.\d{1,3})?$/i;
/** What stands for what is not printed. */
export const HIDDEN = '…';
