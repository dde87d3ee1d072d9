import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { methodOf, type Call, type CallPlace } from '../call.js';
import { requestInText, type LogLine } from './log-text.js';

/**
 * The request that a structured record speaks of: an entry of a log, or the attributes of a span. Members are known by
 * the names that loggers give them, wherever in the record they are: pino, bunyan, winston, structlog, the Elastic
 * Common Schema, OpenTelemetry, and the logs of proxies and clouds.
 */
export function requestInRecord(record: JsonObject, place: CallPlace): LogLine {
  const members = flattened(record);
  const text = (names: readonly string[]): string | undefined => {
    for (const name of names) {
      const value = members.get(name) ?? endingWith(members, name);
      if (typeof value === 'string' && value.trim() !== '') return value.trim();
    }
    return undefined;
  };
  const method = methodOf(text(METHODS));
  const whole = text(WHOLE_URLS);
  const base = text(BASES);
  const path = text(PATHS);
  const host = text(HOSTS);
  const written = whole ?? path;
  const url = written === undefined ? undefined : joined(base, host, written);
  if (url === undefined || !/^(?:\/|[a-z][a-z\d+.-]*:)/i.test(url)) {
    for (const name of REQUEST_LINES) {
      const line = members.get(name);
      if (typeof line !== 'string') continue;
      const found = requestInText(/^[A-Z]+ \S+ HTTP/.test(line) ? `"${line}"` : line, place);
      if (found) return found;
    }
    return method === undefined ? undefined : { why: 'a request without a URL' };
  }
  const query = text(QUERIES);
  const full = query === undefined || url.includes('?') ? url : `${url}?${query.replace(/^\?/, '')}`;
  // A URL alone may be a link that is spoken of; a path alone is nearly always something else.
  if (method === undefined && whole === undefined) return undefined;
  const call: Call = {
    method,
    url: full,
    complete: { query: full.includes('?'), body: false },
    place,
  };
  return { calls: [call] };
}

const METHODS = [
  ...[
    'http.request.method',
    'http.method',
    'request.method',
    'req.method',
    'config.method',
    'httprequest.requestmethod',
  ],
  ...['requestmethod', 'request_method', 'http_method', 'httpmethod', 'method', 'verb'],
];
/** What holds a whole URL, or the path of one. */
const WHOLE_URLS = [
  ...[
    'url.full',
    'http.url',
    'url.original',
    'request.url',
    'req.url',
    'httprequest.requesturl',
    'config.url',
  ],
  ...['requesturl', 'request_url', 'full_url', 'url'],
];
const PATHS = [
  ...['http.target', 'url.path', 'request.uri', 'request.path', 'req.path', 'req.originalurl', 'request_uri'],
  ...['requestpath', 'request_path', 'uri', 'path', 'endpoint', 'target'],
];
const QUERIES = ['url.query', 'http.query', 'querystring', 'query_string'];
const BASES = ['config.baseurl', 'base_url', 'baseurl'];
/** Only those that speak of the request: `host` and `hostname` alone are the machine that writes. */
const HOSTS = [
  ...[
    'url.domain',
    'server.address',
    'http.host',
    'request.host',
    'requesthost',
    'http_host',
    'headers.host',
  ],
  ...['net.peer.name', 'authority', ':authority'],
];
/** Texts in which a request can be. */
const REQUEST_LINES = ['request', 'message', 'msg', 'event', 'log', 'textpayload', 'body'];

function joined(base: string | undefined, host: string | undefined, path: string): string {
  if (/^[a-z]+:/i.test(path)) return path;
  if (base !== undefined && /^https?:/i.test(base))
    return `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  return path.startsWith('/') && !path.startsWith('//') && host !== undefined ? `//${host}${path}` : path;
}

/** The member of an object within: `meta.req.method` for `req.method`. Only names of two steps are looked for so. */
function endingWith(members: ReadonlyMap<string, Json>, name: string): Json | undefined {
  if (!name.includes('.')) return undefined;
  for (const [key, value] of members) if (key.endsWith(`.${name}`)) return value;
  return undefined;
}

/** All members by their names with dots, in small letters; a span has lists of keys and values. */
function flattened(record: JsonObject): Map<string, Json> {
  const members = new Map<string, Json>();
  const walk = (value: JsonObject, prefix: string, depth: number): void => {
    for (const [name, member] of Object.entries(value)) {
      const key = prefix + name.toLowerCase();
      if (!members.has(key)) members.set(key, member);
      if (isObject(member) && depth < DEEPEST) walk(member, `${key}.`, depth + 1);
    }
  };
  walk(record, '', 0);
  return members;
}

const DEEPEST = 4;

/** Attributes as OpenTelemetry, Jaeger and Zipkin write them: an object, or a list of keys with typed values. */
export function attributesOf(value: Json | undefined): JsonObject {
  if (isObject(value)) return value;
  if (!isArray(value)) return {};
  const attributes: JsonObject = {};
  for (const item of value) {
    const { key, value: typed } = isObject(item) ? item : {};
    if (typeof key !== 'string' || key === '__proto__') continue;
    const [inner] = isObject(typed) ? Object.values(typed) : [typed];
    if (inner !== undefined) attributes[key] = inner;
  }
  return attributes;
}
