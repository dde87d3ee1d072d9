import type { HttpRequest } from '../../targets/reply.js';
import type { Place } from './credential.js';

export { credentialsFor } from './match.js';

/** A request with these values at their places; what was there before is replaced. */
export function placed(
  request: HttpRequest,
  values: readonly { place: Place; value: string }[],
): HttpRequest {
  return values.reduce((result, { place, value }) => at(result, place, value), request);
}

/** A request with nothing at these places. */
export function cleared(request: HttpRequest, places: readonly Place[]): HttpRequest {
  return places.reduce((result, place) => at(result, place, undefined), request);
}

function at(request: HttpRequest, { in: where, name }: Place, value: string | undefined): HttpRequest {
  if (where === 'query') return { ...request, url: withParameter(request.url, name, value) };
  if (where === 'header') return { ...request, headers: withHeader(request.headers, name, value) };
  const former = Object.entries(request.headers).filter(([header]) => header.toLowerCase() === 'cookie');
  const cookies = withCookie(former.map(([, pairs]) => pairs).join('; '), name, value);
  return { ...request, headers: withHeader(request.headers, 'cookie', cookies) };
}

/** Names of headers are alike in upper and lower case (RFC 9110, section 5.1). */
function withHeader(
  headers: Record<string, string>,
  name: string,
  value: string | undefined,
): Record<string, string> {
  const others = Object.entries(headers).filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  const own = value === undefined ? [] : [[name.toLowerCase(), value] as const];
  return Object.fromEntries([...others, ...own]);
}

/** The rest of the URL is kept byte for byte: reading and writing it would spell it otherwise. */
function withParameter(url: string, name: string, value: string | undefined): string {
  const [beforeFragment = '', ...fragment] = url.split('#');
  const [path = '', ...rest] = beforeFragment.split('?');
  const query = rest.join('?');
  const pairs = query === '' ? [] : query.split('&');
  const others = pairs.filter((pair) => nameOf(pair) !== name);
  if (others.length === pairs.length && value === undefined) return url;
  if (value !== undefined) others.push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return [path + (others.length === 0 ? '' : `?${others.join('&')}`), ...fragment].join('#');
}

function nameOf(pair: string): string {
  const [written = ''] = pair.split('=');
  try {
    return decodeURIComponent(written.replaceAll('+', ' '));
  } catch {
    return written;
  }
}

/** Pairs as RFC 6265, section 4.2.1, writes them. What cannot be in one is percent-encoded. */
function withCookie(pairs: string, name: string, value: string | undefined): string | undefined {
  const others = pairs
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && pair.split('=')[0] !== name);
  const octets = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/;
  if (value !== undefined) others.push(`${name}=${octets.test(value) ? value : encodeURIComponent(value)}`);
  return others.length === 0 ? undefined : others.join('; ');
}
