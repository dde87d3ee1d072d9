import type { PastedRequest } from './paste.js';

/** A request with what only the other says of it. Of two addresses the longer one counts. */
export function completed(one: PastedRequest, other: PastedRequest): PastedRequest {
  return {
    method: one.method ?? other.method,
    url: (other.url?.length ?? 0) > (one.url?.length ?? 0) ? other.url : one.url,
    headers: { ...other.headers, ...one.headers },
    credentials: one.credentials === 'unknown' ? other.credentials : one.credentials,
  };
}

/** Whether two can be the same request, by what is known of them. */
export function canBeSame(one: PastedRequest, other: PastedRequest): boolean {
  const hasOtherMethod =
    one.method !== undefined && other.method !== undefined && one.method !== other.method;
  if (hasOtherMethod) return false;
  if (one.url === undefined || other.url === undefined) return true;
  const [first, second] = [bare(one.url), bare(other.url)];
  return (
    first.endsWith(second) || second.endsWith(first) || isHostOf(first, second) || isHostOf(second, first)
  );
}

/** An address without its scheme and the port that belongs to it. */
function bare(url: string): string {
  return url.replace(/^https?:/i, '').replace(/^(\/\/[^/?#]{1,300}?):(?:443|80)(?=[/?#]|$)/, '$1');
}

/** Whether an address is no more than the host of another. */
function isHostOf(one: string, other: string): boolean {
  return /^\/\/[^/?#]{1,300}\/?$/.test(one) && other.startsWith(one.replace(/\/$/, ''));
}
