import type { Exchange } from '../exchange/exchange.js';
import type { Seen } from '../drive/seen.js';

/** What came, in a few words. */
export function brief({ exchange }: Pick<Seen, 'exchange'>): string {
  const { status, failure, message } = exchange;
  if (status === null) return `no answer, ${failure ?? ''}`;
  return message === undefined ? String(status) : `${status}, “${message}”`;
}

/** The path of an exchange, without host and query. */
export function pathOf({ url }: Exchange): string {
  return url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/\?.*$/, '');
}
