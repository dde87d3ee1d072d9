import type { Ask } from '../drive/drive.js';
import type { Json } from '../json.js';
import type { Probe } from '../probe/build.js';
import type { Value } from '../probe/value.js';
import { percentEncoded } from '../request/parameters/encode.js';
import type { Identity } from '../session/effect.js';
import type { OtherCaller } from '../targets/targets.js';

/** What is different in a request from the one that the run has sent of the operation. */
export interface Change {
  /** By name; undefined leaves a parameter out. A text is shown as it is, so it may be none of an answer. */
  query?: Readonly<Record<string, Value | string | undefined>>;
  /** Parameters of the query as they are written in their style, by name: in whole pairs. */
  written?: Readonly<Record<string, Pairs>>;
  headers?: Readonly<Record<string, string>>;
  method?: 'GET' | 'HEAD' | 'OPTIONS';
  /** Another body, as JSON: of a search by POST. */
  body?: Json;
  /** Without credentials, or in the name of another caller. */
  token?: 'none' | OtherCaller;
  /** With the scheme of the credentials in small letters. */
  smallScheme?: true;
  /** A segment behind the path: the id of a thing. The query is left out. */
  below?: Value;
  /** Without the last segment of the path: what the thing is in. The query is left out. */
  above?: true;
  /** Another last segment of the path: another id. */
  last?: Value;
  /** How many segments are behind that one. Default: none. */
  behind?: number;
  /** Sent even where the same has been sent before: what came then may have changed since. */
  fresh?: true;
  /** The operation that the changed request is one of, where it is another one. */
  operation?: string;
}

/** The pairs of one parameter, already encoded: as they are sent, and as they are shown. */
export interface Pairs {
  sent: readonly string[];
  shown: readonly string[];
}

/** Makes requests of reads: nothing else can be written with it. */
export interface Requests {
  /** The operation again, with one thing changed. */
  same: (purpose: string, change?: Change) => Ask;
  /**
   * What a link of an answer leads to, where that is the same path on the same host.
   * @returns undefined for every other link
   */
  follow: (purpose: string, link: string) => Ask | undefined;
}

export function requestsOf(probe: Probe, token: Identity): Requests {
  const ask = (purpose: string, url: Addresses, change: Change): Ask => {
    const { request } = probe;
    const method = change.method ?? request.method;
    const headers = { ...request.headers, ...change.headers };
    const body = change.body === undefined ? request.body : JSON.stringify(change.body);
    return {
      token: change.token ?? token,
      ...(change.fresh ? { fresh: change.fresh } : {}),
      ...(change.smallScheme ? { smallScheme: change.smallScheme } : {}),
      probe: {
        operation: change.operation ?? probe.operation,
        role: 'control',
        purpose,
        request: {
          method,
          url: url.sent,
          headers,
          ...(method === request.method && body !== undefined && change.below === undefined && !change.above
            ? { body }
            : {}),
        },
        shown: url.shown,
      },
    };
  };
  return {
    same: (purpose, change = {}) => ask(purpose, changed(probe, change), change),
    follow: (purpose, link) => {
      const own = new URL(probe.request.url);
      if (!URL.canParse(link, own)) return undefined;
      const { origin, pathname, search } = new URL(link, own);
      if (origin !== own.origin || pathname !== own.pathname) return undefined;
      // Values of a link come from an answer: only the names are shown.
      const names = [...new URLSearchParams(search).keys()].map((name) => `${percentEncoded(name)}=…`);
      const [shownPath = ''] = probe.shown.split('?');
      return ask(
        purpose,
        {
          sent: `${origin}${own.pathname}${search}`,
          shown: names.length > 0 ? `${shownPath}?${names.join('&')}` : shownPath,
        },
        {},
      );
    },
  };
}

interface Addresses {
  sent: string;
  shown: string;
}

function changed(
  { request, shown }: Probe,
  { query = {}, written: styled = {}, below, above, last, behind = 0 }: Change,
): Addresses {
  const write = (url: string, how: keyof Value): string => {
    const valueOf = (value: Value | string) => (typeof value === 'string' ? value : value[how]);
    const [path = '', written = ''] = url.split('?');
    const kept =
      (below ?? above)
        ? []
        : written.split('&').filter((pair) => {
            const [name = ''] = pair.split('=');
            return ![query, styled].some((given) => Object.hasOwn(given, decoded(name))) && pair !== '';
          });
    const added = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [`${percentEncoded(name)}=${percentEncoded(valueOf(value))}`],
    );
    const pairs = [...kept, ...added, ...Object.values(styled).flatMap((one) => one[how])];
    const slash = path.endsWith('/') ? '/' : '';
    const bare = path.replace(/\/$/, '');
    const segments = bare.split('/');
    if (above) segments.pop();
    if (below) segments.push(percentEncoded(valueOf(below)));
    else if (last) segments.splice(segments.length - 1 - behind, 1, percentEncoded(valueOf(last)));
    const whole = segments.join('/') + slash;
    return pairs.length > 0 ? `${whole}?${pairs.join('&')}` : whole;
  };
  return { sent: write(request.url, 'sent'), shown: write(shown, 'shown') };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}
