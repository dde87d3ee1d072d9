import type { Entry, Har } from 'har-format';
import type { Exchange } from '../../exchange/exchange.js';
import { VERSION } from '../../package.js';

/** Header values and bodies are not kept in a run; HAR wants something in their place. */
const NOT_KEPT = '(not kept)';

/** Exchanges as HAR 1.2, so that they open in the tools that support engineers have. */
export function harOf(exchanges: readonly Exchange[]): Har {
  return {
    log: {
      version: '1.2',
      creator: { name: 'conform', version: VERSION },
      comment: 'Values of request headers and bodies were not kept; ids are pseudonyms.',
      entries: exchanges.map(entryOf),
    },
  };
}

function entryOf(exchange: Exchange): Entry {
  const url = URL.canParse(exchange.url) ? exchange.url : 'http://unknown.invalid';
  const { searchParams } = new URL(url);
  return {
    startedDateTime: exchange.at,
    time: exchange.durationMs,
    request: {
      method: exchange.method,
      url: exchange.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: exchange.requestHeaders.map((name) => ({ name, value: NOT_KEPT })),
      queryString: [...searchParams].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: -1,
    },
    response: {
      // HAR has no other word for a request that got no answer.
      status: exchange.status ?? 0,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: Object.entries(exchange.responseHeaders).map(([name, value]) => ({ name, value })),
      content: {
        size: -1,
        mimeType: exchange.responseHeaders['content-type'] ?? 'x-unknown',
        ...(exchange.message === undefined
          ? {}
          : { text: exchange.message, comment: 'only the known error text' }),
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: exchange.durationMs, receive: 0 },
    comment: [exchange.role, exchange.purpose ?? '', exchange.failure ?? ''].join(' ').trim(),
  };
}
