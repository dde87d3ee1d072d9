import { carriesCredentials } from '../credentials.js';
import { linesOf, type Line } from '../lines.js';
import { bodyBehind, type NearBody } from '../near.js';
import { UNKNOWN_REQUEST, type Again, type Pasted, type Reader } from '../paste.js';

/** Lines of access logs, of servers, proxies, load balancers and frameworks, and of the error log of nginx. */
export const accessLog: Reader = {
  id: 'access-log',
  about: 'a line of an access log (nginx, Apache, Envoy, ALB, HAProxy, a framework)',
  read: (text, again) => {
    if (!/\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT)\b/.test(text)) return [];
    let fields: readonly string[] = [];
    const found = linesOf(text).flatMap((line): OfLine[] => {
      const [, named] = /^#Fields: (.{1,2000})/.exec(line.text) ?? [];
      if (named !== undefined) fields = named.trim().split(/ +/);
      const read =
        extended(line.text, fields) ?? FORMS.map((form) => form(line.text)).find((one) => one !== undefined);
      return read ? [{ line, read }] : [];
    });
    return found.map(({ line, read }, index) => {
      const body = OF_CLIENT.test(line.text) ? bodyOf(text, line, found[index + 1]?.line) : undefined;
      const pasted = body ? withBody(read, body.text) : (ownFailureIn(read, again) ?? read);
      return { from: line.from, to: body?.to ?? line.to, pasted: [pasted] };
    });
  },
};

interface OfLine {
  line: Line;
  read: Pasted;
}

/** urllib3 writes a line for each answer that it gets; a server does not see what its client prints next. */
const OF_CLIENT = /https?:\/\/[\w.:-]{1,260} "[A-Z]{3,7} /;

/** What a program prints of the answer in the lines behind that of its client. */
function bodyOf(text: string, { to }: Line, next: Line | undefined): NearBody | undefined {
  const limit = next?.from ?? text.length;
  return bodyBehind(text, to, Math.min(limit, to + FARTHEST), limit);
}

const FARTHEST = 600;

/** The failure of a request that a module of a server makes by itself, and not on behalf of who has asked. */
function ownFailureIn({ reply }: Pasted, again: Again): Pasted | undefined {
  if (reply.kind !== 'answer' || reply.status !== undefined || reply.body === undefined) return undefined;
  const stated = reply.body.toString();
  const isForwarded = /\b(?:upstream|peer|backend|proxy)\b/i.test(stated);
  return isForwarded ? undefined : again(stated).find((one) => one.reply.kind === 'failure');
}

function withBody({ request, reply }: Pasted, text: string): Pasted {
  return { request, reply: reply.kind === 'answer' ? { ...reply, body: Buffer.from(text) } : reply };
}

const METHOD = '(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT)';
const REQUEST = `"${METHOD} ([^\\s"]{1,4000})(?: HTTP\\/[\\d.]{1,3})?"`;

/** `https 2026-01-30T05:11:40Z app/name client:port target:port 0 0 0 403 - 0 0 "GET https://host:443/x HTTP/1.1"` */
const BALANCER = new RegExp(
  `^(?:https?|h2|wss?|grpcs) \\d{4}-\\S{1,40} \\S{1,200} \\S{1,100} \\S{1,100}(?: -?[\\d.]{1,12}){3} (\\d{3}|-) (?:\\d{3}|-) \\d{1,12} \\d{1,12} ${REQUEST}`,
);
/** `… 0/0/1/2/3 503 212 - - SC-- 1/1/0/0/0 0/0 "GET /x HTTP/1.1"` */
const HAPROXY = new RegExp(
  `\\s-?\\d{1,9}(?:\\/[+-]?\\d{1,9}){4} (\\d{3}) \\S{1,12} \\S{1,400} \\S{1,400} ([\\w-]{4})\\s.{0,400}?${REQUEST}`,
);
/** `"GET /x HTTP/1.1" 403`, the common form; urllib3 writes the origin before it. */
const COMMON = new RegExp(`(?:(https?:\\/\\/[\\w.:-]{1,260}) )?${REQUEST} ([1-5]\\d\\d)\\b(.{0,2000})`);
/** morgan, Next.js, Hono and the like: `GET /x 403 1.2 ms`; tables of calls have the name of the status, and more blanks. */
const SHORT = new RegExp(
  `(?:^|\\s)${METHOD} {1,40}((?:https?:\\/)?\\/\\S{0,2000}) {1,40}(?:→ )?([1-5]\\d\\d)(?: [A-Z][A-Za-z -]{1,30}?)? {1,40}(?:in )?[\\d.,]{1,10} ?m?s\\b`,
);
/** gin: `| 403 | 1.2ms | 1.2.3.4 | GET "/x"` */
const GIN = new RegExp(`\\| {1,4}([1-5]\\d\\d) \\|.{0,80}\\| ${METHOD} {1,8}"([^"]{1,2000})"`);
/** ASP.NET Core: `Request finished HTTP/1.1 GET https://host/x - 403 0 - 12.3ms` */
const ASPNET = new RegExp(
  `Request finished HTTP\\/\\S{1,3} ${METHOD} (\\S{1,2000}) .{0,200}?- ([1-5]\\d\\d) `,
);
/** The error log of nginx, which does not say the status. */
const NGINX_ERROR = new RegExp(
  `^.{0,60}\\[(?:error|warn|crit)\\] .{0,40}?: (?:\\*\\d{1,12} )?(.{1,1000}?), client: .{0,400}?request: ${REQUEST}(.{0,2000})`,
);

const FORMS: readonly ((line: string) => Pasted | undefined)[] = [
  (line) => {
    const [whole, status, method, url] = BALANCER.exec(line) ?? [];
    return whole === undefined ? undefined : answer(status, method, url);
  },
  (line) => {
    const [whole, said = '', method, path = '', rest = ''] = NGINX_ERROR.exec(line) ?? [];
    if (whole === undefined) return undefined;
    const host = /host: "([\w.:-]{1,260})"/.exec(rest)?.[1];
    return answer(undefined, method, host === undefined ? path : `//${host}${path}`, said);
  },
  (line) => {
    const [whole, status, state = '', method, path] = HAPROXY.exec(line) ?? [];
    return whole === undefined
      ? undefined
      : answer(status, method, path, flagged('termination_state', state));
  },
  (line) => {
    const [whole, result = '', status, method, url = ''] = SQUID.exec(line) ?? [];
    if (whole === undefined) return undefined;
    return answer(status, method, url.includes('/') ? url : `//${url}`, flagged('squid', result));
  },
  (line) => {
    const [whole, origin, method, path = '', status, rest = ''] = COMMON.exec(line) ?? [];
    if (whole === undefined) return undefined;
    const host = authorityOfEnvoy(rest);
    const before = origin ?? (host === undefined ? '' : `//${host}`);
    const url = path.startsWith('/') ? before + path : path;
    return answer(status, method, url, flagsOfEnvoy(rest));
  },
  (line) => {
    const [whole, status, method, path] = GIN.exec(line) ?? [];
    return whole === undefined ? undefined : answer(status, method, path);
  },
  (line) => {
    const [whole, method, url, status] = SHORT.exec(line) ?? ASPNET.exec(line) ?? [];
    return whole === undefined ? undefined : answer(status, method, url);
  },
];

/** The W3C extended log format, which IIS writes: the names of its fields are in a line of their own. */
function extended(line: string, fields: readonly string[]): Pasted | undefined {
  const values = line.includes('\t') ? line.split('\t') : line.trim().split(/ +/);
  if (fields.length < 3 || values.length !== fields.length || line.startsWith('#')) return undefined;
  const valueOf = (name: string): string | undefined => {
    const value = values[fields.indexOf(name)];
    return value === '-' ? undefined : value;
  };
  const status = valueOf('sc-status');
  if (!/^[1-5]\d\d$/.test(status ?? '')) return undefined;
  const [path, query, host] = [
    valueOf('cs-uri-stem'),
    valueOf('cs-uri-query'),
    valueOf('cs-host') ?? valueOf('x-host-header'),
  ];
  const substatus = valueOf('sc-substatus') ?? '0';
  return answer(
    status,
    valueOf('cs-method'),
    path && `${host === undefined ? '' : `//${host}`}${path}${query === undefined ? '' : `?${query}`}`,
    substatus === '0' ? undefined : `HTTP Error ${status ?? ''}.${substatus}`,
  );
}

/** The flags with which Envoy answers itself, and what it says to them. */
function flagsOfEnvoy(rest: string): string | undefined {
  return /^ ([A-Z]{2,5}(?:,[A-Z]{2,5})* [a-z_]{4,100})/.exec(rest)?.[1];
}

/** What a proxy says in letters of why it answered itself, as a name and a value; undefined where it says nothing. */
function flagged(name: string, flags: string): string | undefined {
  return /[A-Z]/i.test(flags) ? `${name}: ${flags}` : undefined;
}

/** Squid: `1772200431.003 0 10.0.0.1 TCP_DENIED/407 4119 CONNECT host:443 - HIER_NONE/- text/html` */
const SQUID = new RegExp(
  `^\\d{9,11}\\.\\d{3} +\\d{1,9} \\S{1,60} (\\w{3,40})\\/(\\d{3}) \\d{1,12} ${METHOD} (\\S{1,4000}) `,
);

/** Behind flags and counts, Envoy writes who asked, with what, the id, and for which host. */
function authorityOfEnvoy(rest: string): string | undefined {
  if (!/^ (?:-|[A-Z,]{1,20}) /.test(rest)) return undefined;
  const [, , , host] = [...rest.matchAll(/"([^"]{0,300})"/g)].map(([, value = '']) => value);
  return host !== undefined && /^[\w.-]{1,253}(?::\d{1,5})?$/.test(host) && host !== '-' ? host : undefined;
}

function answer(
  status: string | undefined,
  method: string | undefined,
  url: string | undefined,
  said?: string,
): Pasted | undefined {
  const isKnown = status !== undefined && status !== '-';
  if (!isKnown && said === undefined) return undefined;
  return {
    request: { ...UNKNOWN_REQUEST, method, url, credentials: carriesCredentials(url) ? 'sent' : 'unknown' },
    reply: {
      kind: 'answer',
      status: isKnown ? Number(status) : undefined,
      statusFrom: isKnown ? 'answer' : undefined,
      headers: undefined,
      body: said === undefined ? undefined : Buffer.from(said),
    },
  };
}
