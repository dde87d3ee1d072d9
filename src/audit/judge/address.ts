import type { QueryPart } from '../call.js';
import { HOLE } from '../../exchange/shown-url.js';

/** The parts of a URL as it was written. */
export interface Address {
  /** In small letters, with a port that is none of HTTP's own. Undefined for a path; empty where it is not known. */
  host: string | undefined;
  path: string;
  query: QueryPart[];
}

/** A URL that goes to no host: `data:`, `blob:`, `file:`, the pages of a browser and its extensions. */
export interface NoAddress {
  scheme: string;
}

/**
 * Takes a URL or a path apart, also one that no parser of URLs would take: recorded calls hold what was sent by mistake.
 */
export function addressOf(url: string): Address | NoAddress {
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*):(.*)$/is.exec(url) ?? [];
  const protocol = scheme.toLowerCase();
  if (scheme !== '' && !rest.startsWith('//') && !/^\d/.test(rest)) return { scheme: protocol };
  if (scheme !== '' && !/^(?:https?|wss?)$/.test(protocol) && rest.startsWith('//'))
    return { scheme: protocol };
  const [, authority, path = '', query] =
    /^(?:(?:[a-z][a-z\d+.-]*:)?\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/is.exec(url) ?? [];
  if (authority === undefined && path.startsWith(HOLE)) {
    const slash = path.indexOf('/');
    return { host: '', path: slash < 0 ? '' : path.slice(slash), query: partsOf(query) };
  }
  return {
    host: authority === undefined ? undefined : hostOf(authority),
    path: path || '/',
    query: partsOf(query),
  };
}

/** A host as it is compared: without user, password and the ports that HTTP has by itself. */
export function hostOf(authority: string): string {
  const host = authority
    .replace(/^.*@/s, '')
    .toLowerCase()
    .replace(/:(?:80|443)?$/, '')
    .replace(/\.(?=$|:)/, '');
  return host.includes(HOLE) ? '' : host;
}

function partsOf(query: string | undefined): QueryPart[] {
  if (query === undefined) return [];
  return query.split('&').flatMap((pair): QueryPart[] => {
    const [name = '', value] = pair.split(/=(.*)/s, 2);
    if (name === '' || name.includes(HOLE)) return [];
    return [value === undefined ? { name: decoded(name) } : { name: decoded(name), value: decoded(value) }];
  });
}

/** A name or a value of a query (URL Standard, section 5.1); as it is where its encoding is broken. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
