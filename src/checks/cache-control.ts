import type { Answer } from '../targets/reply.js';

/** The directives of Cache-Control (RFC 9111, section 5.2), each with its value, by name in lower case. */
export function cacheDirectives({ headers }: Answer): ReadonlyMap<string, string> {
  const all = headers.filter(([name]) => name === 'cache-control').map(([, value]) => value);
  return new Map(
    [...all.join(',').matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,]*)))?/g)].map(
      ([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? ''],
    ),
  );
}

/** The names that a header lists, in lower case, however often it is there. */
export function namesListed({ headers }: Answer, header: string): ReadonlySet<string> {
  const all = headers.filter(([name]) => name === header).flatMap(([, value]) => value.split(','));
  return new Set(all.map((one) => one.trim().toLowerCase()).filter((one) => one !== ''));
}
