import { credentialsIn } from '../credentials.js';
import {
  bodyAt,
  headerOf,
  isInterim,
  limitOfBody,
  requestLineOf,
  statusLineOf,
  type Fields,
  type RequestLine,
  type StatusLine,
} from '../http.js';
import { isBlank, linesOf, type Line } from '../lines.js';
import {
  UNKNOWN_REQUEST,
  type Again,
  type Found,
  type Pasted,
  type PastedRequest,
  type Reader,
} from '../paste.js';

/** `curl -v`: `*` before remarks, `>` before what was sent, `<` before what came, bodies without a mark. */
export const curlVerbose: Reader = {
  id: 'curl-verbose',
  about: 'what curl -v prints',
  read: (text, again) => {
    if (!/^(?:[<>] |\* )/m.test(text)) return [];
    const lines = linesOf(text);
    return regionsOf(lines).flatMap((region) => readRegion(text, region, again));
  },
};

/** A part of a text that is one call of curl, as lines. */
type Region = readonly Line[];

/** How many lines without a mark, such as those of a body, may stand between two with one. */
const MOST_BETWEEN = 20_000;

/** From the first line with a mark to where nothing of curl follows any more. */
function regionsOf(lines: readonly Line[]): Region[] {
  const regions: Region[] = [];
  let first: number | undefined;
  let last = 0;
  const close = () => {
    if (first !== undefined) regions.push(lines.slice(first, last + 1));
    first = undefined;
  };
  for (const [index, { text }] of lines.entries()) {
    const isOfCurl = isMarked(text);
    if (first !== undefined && (index - last > MOST_BETWEEN || isStart(text, lines[last]))) close();
    if (!isOfCurl) continue;
    first ??= index;
    last = index;
  }
  close();
  return regions.filter((region) =>
    region.some(({ text }) => sentOf(text) ?? cameOf(text) ?? isRemark(text)),
  );
}

function isMarked(text: string): boolean {
  return /^(?:[<>](?: |$)|\* )/.test(text);
}

/** A new call begins with a command, or with the remarks on a connection after those on the end of another. */
function isStart(text: string, last: Line | undefined): boolean {
  if (/(?:^|[$#%>❯➜] )curl /.test(text)) return true;
  const isEnd = /^\* (?:Connection #\d+ to host|Closing connection|closing connection|shutting down)/.test(
    last?.text ?? '',
  );
  return (
    isEnd &&
    /^\* {1,4}(?:Trying|Host |Could not resolve|Uses proxy|Rebuilt URL|About to connect|Added )/.test(text)
  );
}

function sentOf(text: string): RequestLine | undefined {
  return text.startsWith('> ') ? requestLineOf(text.slice(2)) : undefined;
}

function cameOf(text: string): StatusLine | undefined {
  return text.startsWith('< ') ? statusLineOf(text.slice(2)) : undefined;
}

function isRemark(text: string): boolean {
  return /^\* {1,4}(?:Trying|Connected to|Host |Could not resolve|Immediate connect fail|connect to|Failed to connect|SSL connection|TLSv|ALPN|CONNECT tunnel|Establish HTTP proxy|Connection #|Closing connection|Empty reply|Recv failure|OpenSSL SSL_|schannel|Uses proxy)/i.test(
    text,
  );
}

/** A request that was sent, and whether an answer came to it. */
interface Sent {
  line: RequestLine | undefined;
  headers: Record<string, string>;
}

/** Reads one call from its first line to its last; what comes after the last answer is a body, or a failure. */
function readRegion(text: string, region: Region, again: Again): Found[] {
  const pasted: Pasted[] = [];
  const remarks: string[] = [];
  const [start] = region;
  let sent: Sent | undefined;
  let isOpen = false;
  let isTls: boolean | undefined;
  let to = region.at(-1)?.to ?? 0;
  for (let index = 0; index < region.length; index++) {
    const line = region[index];
    if (!line) break;
    const request = sentOf(line.text);
    const came = cameOf(line.text);
    if (/^\* .{0,40}(?:SSL connection using|TLS handshake|TLSv1|port 443\b|:443)/.test(line.text))
      isTls = true;
    else if (/^\* {1,4}(?:Connected to|Trying) .{0,200}(?:port 80\b|:80\b)/.test(line.text)) isTls ??= false;
    if (line.text.startsWith('* ')) remarks.push(line.text.slice(2).trim());
    if (line.text.startsWith('> ') && (request ?? !sent)) {
      const fields = headersWith('>', region, request ? index + 1 : index);
      sent = { line: request, headers: Object.fromEntries(fields.headers) };
      isOpen = true;
      index = fields.next - 1;
      continue;
    }
    if (!came) continue;
    isOpen = false;
    const fields = headersWith('<', region, index + 1);
    const answer = {
      kind: 'answer',
      status: came.status,
      statusFrom: 'answer',
      headers: fields.headers,
    } as const;
    const isOfProxy = sent?.line?.method === 'CONNECT';
    if (isInterim(came) || (isOfProxy && came.status < 300)) {
      index = fields.next - 1;
      isOpen = true;
      continue;
    }
    const known = requestOf(sent, isTls);
    if (isOfProxy) {
      pasted.push({ request: hostOnly(known), reply: refusedByProxy(came.status) });
      index = fields.next - 1;
      continue;
    }
    const end = endOfBody(text, region, fields.next);
    const body = bodyAt(text, end.from, end.limit, { status: came.status, headers: fields.headers });
    pasted.push({ request: known, reply: { ...answer, body: body.body } });
    to = Math.max(to, body.to);
    while ((region[index + 1]?.from ?? Infinity) < body.to || index + 1 < fields.next) index += 1;
  }
  const isSilent = pasted.length === 0 || isOpen;
  const failure = isSilent ? failureIn(text, remarks, to, again) : undefined;
  if (failure) {
    pasted.push({
      request: sent ? requestOf(sent, isTls) : failure.pasted.request,
      reply: failure.pasted.reply,
    });
    to = Math.max(to, failure.to);
  }
  return start && pasted.length > 0 ? [{ from: start.from, to, pasted }] : [];
}

/** The fields with a mark from a line on. With -i, curl prints those of the answer once more, without it. */
function headersWith(mark: '<' | '>', region: Region, from: number): Fields {
  const headers: Fields['headers'] = [];
  for (let next = from; next < region.length; next++) {
    const text = region[next]?.text ?? '';
    if (new RegExp(`^${mark}\\s*$`).test(text)) return { headers, next: next + 1 };
    if (text.startsWith(`${mark} `)) {
      const field = headerOf(text.slice(2));
      if (field) headers.push(field);
      else if (requestLineOf(text.slice(2)) ?? statusLineOf(text.slice(2))) return { headers, next };
    } else if (/^[<>]/.test(text)) return { headers, next };
    else if (!isNoise(text) && !headerOf(text) && !statusLineOf(text)) return { headers, next };
  }
  return { headers, next: region.length };
}

/** Remarks, the counts of bytes and the progress meter, which can stand between any two lines. */
function isNoise(text: string): boolean {
  return (
    text.trim() === '' ||
    /^(?:\* |[{}] \[\d{1,12} bytes data\]|\s{0,4}% Total|\s{1,40}Dload|\s{0,3}\d{1,3}\s{1,8}[\d.]{1,8}[kMGT]?\s)/.test(
      text,
    )
  );
}

/** Where the body begins and ends that stands behind the fields of an answer. */
function endOfBody(text: string, region: Region, first: number): { from: number; limit: number } {
  let begin = first;
  while (begin < region.length) {
    const line = region[begin];
    if (!line || (!isNoise(line.text) && !isBlank(line))) break;
    if (sentOf(line.text) ?? cameOf(line.text)) break;
    begin += 1;
  }
  const from = region[begin]?.from ?? region.at(-1)?.to ?? 0;
  const behind = region.slice(begin).find(({ text: one }) => sentOf(one) ?? cameOf(one) ?? isAfterBody(one));
  if (behind) return { from, limit: behind.from };
  // The region ends with its last marked line; the body may go on.
  const last = region.at(-1)?.to ?? 0;
  const rest = linesOf(text.slice(last + 1)).map((line) => ({
    ...line,
    from: line.from + last + 1,
    to: line.to + last + 1,
  }));
  return {
    from: region[begin] ? from : Math.min(text.length, last + 1),
    limit: limitOfBody(rest, 0, text.length),
  };
}

function isAfterBody(text: string): boolean {
  return /^(?:\* (?:Connection #|Closing |closing |Issue another|Re-using|Ignoring|TLSv|schannel|Found bundle|Please rewind|Mark bundle|HTTP error before)|[{}] \[\d|curl: \(\d)/.test(
    text,
  );
}

function requestOf(sent: Sent | undefined, isTls: boolean | undefined): PastedRequest {
  if (!sent) return UNKNOWN_REQUEST;
  const { line, headers } = sent;
  const target = line?.target;
  const host = headers['host'];
  const scheme = isTls === undefined ? '' : isTls ? 'https:' : 'http:';
  const isPath = target?.startsWith('/') === true;
  const url = isPath && host !== undefined ? `${scheme}//${host}${target}` : target;
  return { method: line?.method, url, headers, credentials: line ? credentialsIn(headers, url) : 'unknown' };
}

/** Of a request to a proxy, only the host is that of the API: what was to be asked there is not shown. */
function hostOnly({ url }: PastedRequest): PastedRequest {
  const [, host] = /^([\w.-]{1,253})(?::443)?$/.exec(url ?? '') ?? [];
  return { ...UNKNOWN_REQUEST, url: host === undefined ? undefined : `//${host}` };
}

function refusedByProxy(status: number): Pasted['reply'] {
  const code = status === 407 ? 'PROXY_AUTH_REQUIRED' : 'PROXY_REFUSED';
  return { kind: 'failure', code, phase: 'connect', client: 'curl' };
}

/** Why no answer came, by the remarks of curl, and by the line with which it ends. */
function failureIn(
  text: string,
  remarks: readonly string[],
  to: number,
  again: Again,
): { pasted: Pasted; to: number } | undefined {
  const [exit = ''] = /^\s{0,80}curl: \(\d{1,3}\)[^\n]{0,1000}/.exec(text.slice(to, to + 1200)) ?? [];
  const said = again(`${remarks.join('\n')}\n\n${exit.trim()}`).filter(
    ({ reply }) => reply.kind === 'failure',
  );
  const last = said.at(-1);
  return last && { pasted: last, to: to + exit.length };
}
