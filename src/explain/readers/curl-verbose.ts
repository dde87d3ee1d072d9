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

/** How many lines without a mark, such as those of a body, may be between two with one. */
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

/** What a call prints, in its order: what was sent, what came with its body, and remarks. */
type Item =
  | { kind: 'sent'; line: RequestLine | undefined; headers: Record<string, string> }
  | { kind: 'came'; line: StatusLine; headers: Fields['headers']; body: Buffer | undefined; to: number }
  | { kind: 'remark'; text: string };

function readRegion(text: string, region: Region, again: Again): Found[] {
  const items = itemsOf(text, region);
  const exchanges = exchangesOf(items);
  const to = Math.max(
    region.at(-1)?.to ?? 0,
    ...items.flatMap((item) => (item.kind === 'came' ? [item.to] : [])),
  );
  const from = region[0]?.from ?? to;
  const failure = exchanges.isOpen ? failureIn(text, items, to, again) : undefined;
  if (!failure) return exchanges.pasted.length === 0 ? [] : [{ from, to, pasted: exchanges.pasted }];
  // Where nothing was sent yet, the remarks say no more than the host.
  const request = exchanges.request ?? failure.pasted.request;
  const pasted = [...exchanges.pasted, { request, reply: failure.pasted.reply }];
  return [{ from, to: Math.max(to, failure.to), pasted }];
}

function itemsOf(text: string, region: Region): Item[] {
  const items: Item[] = [];
  let isSent = false;
  for (let index = 0; index < region.length; index++) {
    const line = region[index]?.text ?? '';
    const request = sentOf(line);
    const came = cameOf(line);
    if (line.startsWith('* ')) items.push({ kind: 'remark', text: line.slice(2).trim() });
    // Where the beginning is cut off, the first fields stand without their line.
    else if (request ?? (line.startsWith('> ') && !isSent)) {
      const { headers, next } = headersWith('>', region, request ? index + 1 : index);
      items.push({ kind: 'sent', line: request, headers: Object.fromEntries(headers) });
      isSent = true;
      index = next - 1;
    } else if (came) {
      const { headers, next } = headersWith('<', region, index + 1);
      const place = isInterim(came) ? undefined : placeOfBody(text, region, next);
      const read = place && bodyAt(text, place.from, place.limit, { status: came.status, headers });
      items.push({ kind: 'came', line: came, headers, body: read?.body, to: read?.to ?? 0 });
      index = next - 1;
      while ((region[index + 1]?.from ?? Infinity) < (read?.to ?? 0)) index += 1;
    }
  }
  return items;
}

/** What was asked and what came of it; whether something was asked, or begun, that has got no answer, and what. */
function exchangesOf(items: readonly Item[]): {
  pasted: Pasted[];
  isOpen: boolean;
  request: PastedRequest | undefined;
} {
  const pasted: Pasted[] = [];
  let isOpen = true;
  let request: PastedRequest | undefined;
  let isToProxy = false;
  let scheme = '';
  for (const item of items) {
    if (item.kind === 'remark') scheme = schemeIn(item.text) ?? scheme;
    else if (item.kind === 'sent') {
      isToProxy = item.line?.method === 'CONNECT';
      request = isToProxy ? hostOnly(item.line?.target) : requestOf(item.line, item.headers, scheme);
      isOpen = true;
    } else if (!isInterim(item.line) && !(isToProxy && item.line.status < 300)) {
      const { line, headers, body } = item;
      const answer = { kind: 'answer', status: line.status, statusFrom: 'answer', headers, body } as const;
      const reply = isToProxy ? refusedByProxy(line.status) : answer;
      pasted.push({ request: request ?? UNKNOWN_REQUEST, reply });
      isOpen = false;
    }
  }
  return { pasted, isOpen, request };
}

function schemeIn(remark: string): string | undefined {
  if (
    /^(?:SSL connection using|TLSv1|ALPN|(?:Connected to|Trying|Established connection to) .{1,300}(?:port |:)443\b)/.test(
      remark,
    )
  ) {
    return 'https:';
  }
  return /^(?:Connected to|Trying) .{1,300}(?:port |:)80\b/.test(remark) ? 'http:' : undefined;
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

/** Remarks, the counts of bytes and the progress meter, which can be between any two lines. */
function isNoise(text: string): boolean {
  return (
    text.trim() === '' ||
    /^(?:\* |[{}] \[\d{1,12} bytes data\]|\s{0,4}% Total|\s{1,40}Dload|\s{0,3}\d{1,3}\s{1,8}[\d.]{1,8}[kMGT]?\s)/.test(
      text,
    )
  );
}

/** Where the body begins and ends that is behind the fields of an answer. */
function placeOfBody(text: string, region: Region, first: number): { from: number; limit: number } {
  let begin = first;
  while (begin < region.length) {
    const line = region[begin];
    if (!line || (!isNoise(line.text) && !isBlank(line))) break;
    if (sentOf(line.text) ?? cameOf(line.text)) break;
    begin += 1;
  }
  const from = region[begin]?.from ?? region.at(-1)?.to ?? 0;
  for (let index = begin; index < region.length; index++) {
    const line = region[index];
    if (line && (sentOf(line.text) ?? cameOf(line.text) ?? isAfterBody(line.text)))
      return { from, limit: line.from };
  }
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

function requestOf(
  line: RequestLine | undefined,
  headers: Record<string, string>,
  scheme: string,
): PastedRequest {
  const known = credentialsIn(headers, line?.target);
  // Where the beginning is cut off, there may have been more.
  if (!line) return { ...UNKNOWN_REQUEST, headers, credentials: known === 'sent' ? 'sent' : 'unknown' };
  const { method, target } = line;
  const host = headers['host'];
  const url = target.startsWith('/') && host !== undefined ? `${scheme}//${host}${target}` : target;
  return { method, url, headers, credentials: known };
}

/** Of a request to a proxy, only the host is that of the API: what was to be asked there is not shown. */
function hostOnly(target: string | undefined): PastedRequest {
  const [, host] = /^([\w.-]{1,253}?)(?::443)?$/.exec(target ?? '') ?? [];
  return { ...UNKNOWN_REQUEST, url: host === undefined ? undefined : `//${host}` };
}

function refusedByProxy(status: number): Pasted['reply'] {
  const code = status === 407 ? 'PROXY_AUTH_REQUIRED' : 'PROXY_REFUSED';
  return { kind: 'failure', code, phase: 'connect', client: 'curl' };
}

/** Why no answer came, by the remarks of curl, and by the line with which it ends. */
function failureIn(
  text: string,
  items: readonly Item[],
  to: number,
  again: Again,
): { pasted: Pasted; to: number } | undefined {
  const [exit = ''] = /^\s{0,80}curl: \(\d{1,3}\)[^\n]{0,1000}/.exec(text.slice(to, to + 1200)) ?? [];
  const remarks = items.flatMap((item) => (item.kind === 'remark' ? [item.text] : []));
  const stated = again(`${remarks.join('\n')}\n\n${exit.trim()}`).filter(
    ({ reply }) => reply.kind === 'failure',
  );
  const last = stated.at(-1);
  return last && { pasted: last, to: to + exit.length };
}
