import { methodOf, type Call, type CallPlace } from '../call.js';

/** What is in one line of a log: calls, a request that is none, or nothing of a request. */
export type LogLine = { calls: Call[] } | { why: string } | undefined;

/**
 * The request that a line of text speaks of: the quoted request line of servers and of HTTP libraries, a method before a
 * whole URL, or the URL of an error.
 */
export function requestInText(line: string, place: CallPlace): LogLine {
  const common = { complete: { query: false, body: false }, place };
  const quoted = QUOTED.exec(line);
  if (quoted) {
    const [, word, target = ''] = quoted;
    const method = methodOf(word);
    if (method === undefined) return { why: 'the request has no method that is known' };
    const host = /^\//.test(target) ? hostIn(line, quoted.index) : undefined;
    const url = host === undefined ? target : `//${host}${target}`;
    const upgrade = /^"\s+101\s/.test(line.slice(quoted.index + quoted[0].length - 1));
    return {
      calls: [
        { method, url, ...common, complete: { query: url.includes('?'), body: false }, hints: { upgrade } },
      ],
    };
  }
  const pairs = logfmt(line);
  if (pairs)
    return { calls: [{ ...pairs, ...common, complete: { query: pairs.url.includes('?'), body: false } }] };
  if (ACCESS.test(line)) return { why: 'the request line is no request line of HTTP' };
  const [, method, url] = METHOD_AND_URL.exec(line) ?? [];
  if (method !== undefined && url !== undefined)
    return { calls: [{ method, url, ...common, complete: { query: url.includes('?'), body: false } }] };
  const [, failed] = FOR_URL.exec(line) ?? [];
  return failed === undefined ? undefined : { calls: [{ method: undefined, url: failed, ...common }] };
}

/** Whether a line is one of a log, whatever it says: it begins with a time, a level or a name in brackets. */
export function isLogLine(line: string): boolean {
  return LOG_LINE.test(line);
}

/** `"GET /path HTTP/1.1"`, in quotes that may be escaped. */
const QUOTED = /\\?"([A-Za-z]{3,10}) ((?:\/|[a-z][a-z\d+.-]*:\/\/|\*)[^\s"\\]*)(?: HTTP\/\d(?:\.\d)?)?\\?"/i;
/** The beginning of the common log format, up to the request. */
const ACCESS = /^\S+ \S+ .{1,200}? \[[^\]]{10,40}\] "/;
const METHOD_AND_URL = /\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)[:,]? +(https?:\/\/[^\s"'<>\\]+)/;
/** As the exceptions of HTTP libraries have it. */
const FOR_URL = /\bfor url:? ['"]?(https?:\/\/[^\s"'<>\\]+)/i;
const LOG_LINE =
  /^\s*(?:\[?\d{4}[-/]\d\d[-/]\d\d[T :]|\[?\d{2}[:/]\d{2}[:/]\d{2}|\[[^\]]{1,40}\]|<\d+>|\w{3} +\d{1,2} \d\d:\d\d|(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|CRITICAL|FATAL)\b|at |File "|Traceback)/i;

/** Pairs of names and values, as routers and programs in Go write them: `method=GET path="/x" host=h.example`. */
function logfmt(line: string): { method: string; url: string } | undefined {
  const valueOf = (names: string): string | undefined => {
    const [, quoted, plain] = new RegExp(`(?:^|\\s)(?:${names})=(?:"([^"]*)"|(\\S+))`, 'i').exec(line) ?? [];
    return quoted ?? plain;
  };
  const method = methodOf(valueOf('(?:http_|request_)?method'));
  const target = valueOf('(?:request_)?(?:path|ur[li]|target)');
  if (method === undefined || target === undefined || !/^(?:\/|https?:)/i.test(target)) return undefined;
  const host = valueOf('host');
  return { method, url: target.startsWith('/') && host !== undefined ? `//${host}${target}` : target };
}

/**
 * The host that a request went to, where the line has it: as an address before the request, as the virtual host that
 * some servers write first, or by a name.
 */
function hostIn(line: string, request: number): string | undefined {
  const before = line.slice(0, request);
  const [, address] = /https?:\/\/([^\s/"]+)\s*$/i.exec(before) ?? [];
  if (address !== undefined) return address;
  const [, virtual] = /^([a-z\d.-]+\.[a-z]{2,}(?::\d+)?) \d{1,3}(?:\.\d{1,3}){3} /i.exec(line) ?? [];
  if (virtual !== undefined) return virtual;
  const [, named] =
    /\b(?:host|vhost|http_host|server_name)["']?\s*[=:]\s*["']?([a-z\d.-]+\.[a-z]{2,}(?::\d+)?)\b/i.exec(
      line,
    ) ?? [];
  return named;
}
