import type { Operation } from '../contract/operation.js';

/**
 * A URL of a consumer, also one without its scheme, as it may be printed: calls that were recorded hold tokens, phone
 * numbers and ids. Of its query the names stay, of its path what the contract fixes and what is a plain word; the rest is
 * `…`, and where the operation is known, the name of the parameter.
 */
export function shownUrl(url: string, operation: Operation | undefined): string {
  const [, origin = '', path = '', query] =
    /^((?:[a-z][a-z\d+.-]*:)?\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(url) ?? [];
  const names = query?.split('&').map(nameOf) ?? [];
  const shown = operation?.path ?? path.split('/').map(segmentOf).join('/');
  return originOf(origin) + shown + (names.length === 0 ? '' : `?${names.join('&')}`);
}

/** Without a user and a password, and without what is no host. */
function originOf(origin: string): string {
  const [, scheme = '', host = ''] = /^([^/]*\/\/)(?:[^/]*@)?(.*)$/.exec(origin) ?? [];
  return host === '' || (HOST.test(host) && !/\d{7}/.test(host)) ? scheme + host : scheme + HIDDEN;
}

const HOST = /^(?:[\w.-]{1,253}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i;

function segmentOf(segment: string): string {
  const isWord = segment.length <= LONGEST_WORD && PLAIN.test(segment) && !NAMES.test(segment);
  return segment === '' || isWord || VERSION.test(segment) ? segment : HIDDEN;
}

function nameOf(pair: string): string {
  const [name = '', value] = pair.split('=', 2);
  const shown = isPlainName(name) ? name : HIDDEN;
  return value === undefined ? shown : `${shown}=${HIDDEN}`;
}

/** Whether the name of a parameter may be printed: it is no value that somebody has put there. */
export function isPlainName(name: string): boolean {
  return /^[\w.[\]-]{1,40}$/.test(name) && !/\d{4}/.test(name);
}

/** No longer one is a word; a token can be. */
const LONGEST_WORD = 40;
const PLAIN = /^[_$]?[a-z]+(?:[_.-][a-z]+)*$/i;
/** Words with capital letters that are joined are those of a name: `Ada-Lovelace`. */
const NAMES = /^[A-Z][a-z]+(?:[-_.][A-Z][a-z]+)+$/;
const VERSION = /^v\d{1,3}(?:\.\d{1,3})?$/i;
/** What stands for what is not printed. */
export const HIDDEN = '…';
