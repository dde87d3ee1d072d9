import { commandOf } from '../../exchange/curl.js';
import type { Exchange } from '../../exchange/exchange.js';
import type { Capability } from '../../record/run.js';

/** An exchange, complete, as plain values. */
export function exchangeView(exchange: Exchange) {
  return {
    method: exchange.method,
    url: exchange.url,
    request: requestOf(exchange),
    host: hostOf(exchange),
    at: exchange.at,
    requestHeaders: exchange.requestHeaders.join(', '),
    status: exchange.status === null ? 'no answer' : String(exchange.status),
    answer: answerOf(exchange),
    message: exchange.message ?? '',
    responseHeaders: Object.entries(exchange.responseHeaders).map(([name, value]) => ({ name, value })),
    bodyShape:
      typeof exchange.bodyShape === 'string'
        ? exchange.bodyShape
        : JSON.stringify(exchange.bodyShape, null, 2),
    durationMs: exchange.durationMs,
    curl: commandOf(exchange),
    standing: standingOf(exchange),
    /** What it was for, where it did not ask the operation itself. */
    purpose: exchange.purpose ?? '',
  };
}

export function hostOf({ url }: Exchange): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

/** Method, path and query: what is left when the host is known. */
export function requestOf(exchange: Exchange): string {
  return `${exchange.method} ${exchange.url.slice(hostOf(exchange).length)}`;
}

/** The answer in its own words. */
export function answerOf({ status, message, failure }: Exchange): string {
  const head = status === null ? `no answer (${failure ?? 'unknown'})` : String(status);
  return message === undefined ? head : `${head}, “${message}”`;
}

/** Of a replica, how sure it is of this answer: `observed 2026-01-29`, `assumed`. Empty for a live host. */
export function standingOf({ responseHeaders }: Exchange): string {
  return responseHeaders['x-replica-standing'] ?? '';
}

/** The exchange on which the verdict of an operation is. */
export function ownExchange({ exchanges }: Capability): Exchange | undefined {
  return exchanges.findLast(({ role }) => role === 'operation');
}
