import { header, type HttpRequest, type Reply } from '../targets/reply.js';

/**
 * Where a redirect leads, compared with the address that was asked: `spelling` for the same path with another slash at
 * its end or in other letters, `scheme` for the same address by the other scheme, `same` for the very address that was
 * asked, `host` for another path of the host, `elsewhere` for another host, `nowhere` where the answer does not say, or
 * leads to what is no address of the web (RFC 9110, section 15.4).
 */
export type Redirect = 'spelling' | 'scheme' | 'same' | 'host' | 'elsewhere' | 'nowhere';

/** @returns undefined for an answer that is no redirect */
export function redirectOf({ url }: HttpRequest, reply: Reply): Redirect | undefined {
  if (reply.kind !== 'answer' || !isRedirect(reply.status)) return undefined;
  return redirectBetween(url, header(reply, 'location'));
}

/**
 * Where an address leads that an answer names.
 * @param url what was asked, whole
 * @param location what the answer says
 */
export function redirectBetween(url: string, location: string | undefined): Redirect {
  if (location === undefined || !URL.canParse(location, url)) return 'nowhere';
  const from = new URL(url);
  const to = new URL(location, url);
  if (!/^https?:$/.test(to.protocol)) return 'nowhere';
  const isSamePath = from.pathname === to.pathname;
  if (from.hostname !== to.hostname) return 'elsewhere';
  if (from.protocol !== to.protocol && isSamePath) return 'scheme';
  if (from.host !== to.host) return 'elsewhere';
  if (isSamePath && from.search === to.search) return 'same';
  return !isSamePath && plain(from.pathname) === plain(to.pathname) ? 'spelling' : 'host';
}

/** Whether a status is that of a redirect (RFC 9110, section 15.4). */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function plain(path: string): string {
  return path.toLowerCase().replace(/\/+/g, '/').replace(/\/$/, '');
}

/** Where a redirect leads, in words. */
export const WHERE: Readonly<Record<Redirect, string>> = {
  spelling: 'to another spelling of itself',
  scheme: 'to the other scheme',
  same: 'to itself',
  host: 'to another path of this host',
  elsewhere: 'to another host',
  nowhere: 'without a target',
};
