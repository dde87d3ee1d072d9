import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
// Only what asks: to load all of undici takes as long as many requests.
import ask from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import type { Clock } from '../clock.js';
import type { Answer, BodyDamage, HttpRequest, Reply, NoAnswer } from '../targets/reply.js';
import type { Target } from '../targets/targets.js';

/** Bodies beyond this are cut off: no answer of an API is larger, and a lying server must not fill the memory. */
export const LARGEST_BODY = 8 * 1024 * 1024;

/** Sends requests to one target and always comes back with a reply. Redirects are not followed. */
export interface Sender {
  send: (request: HttpRequest, signal?: AbortSignal) => Promise<Reply>;
  close: () => Promise<void>;
}

export function createSender(
  target: Pick<Target, 'timeoutMs' | 'concurrency'>,
  clock: Pick<Clock, 'now' | 'ticks'>,
): Sender {
  const { connect, headers, body } = target.timeoutMs;
  const agent = new Agent({
    connections: target.concurrency,
    pipelining: 1,
    connect: { timeout: connect },
    headersTimeout: headers,
    bodyTimeout: body,
    maxHeaderSize: 64 * 1024,
  });
  // A server that sends a byte now and then keeps every time-out of its own alive; this one it cannot.
  const longest = connect + headers + body;
  return {
    send: (request, signal) => sendOnce(agent, request, longest, clock, signal),
    close: () => agent.destroy(),
  };
}

async function sendOnce(
  agent: Dispatcher,
  { method, url, headers, body }: HttpRequest,
  longest: number,
  clock: Pick<Clock, 'now' | 'ticks'>,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  const at = clock.now();
  const start = clock.ticks();
  const deadline = AbortSignal.timeout(longest);
  const combined = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    const { origin, pathname, search } = new URL(url);
    const response = await ask.call(agent, {
      origin,
      path: pathname + search,
      method,
      headers: { 'user-agent': 'conform', ...headers },
      body: body ?? null,
      signal: combined,
      responseHeaders: 'raw',
    });
    const came = await readBody(response.body);
    const read = endsWithHeaders(method, response.statusCode) ? NO_BODY : came;
    signal?.throwIfAborted();
    const list = pairs(response.headers);
    const plain = await decompress(read.bytes, list);
    return {
      kind: 'answer',
      at,
      durationMs: clock.ticks() - start,
      status: response.statusCode,
      headers: list,
      body: plain.bytes,
      incomplete: read.damage ?? plain.damage,
    } satisfies Answer;
  } catch (error) {
    const code = signal?.aborted ? 'ABORTED' : codeOf(error);
    return {
      kind: 'no-answer',
      at,
      durationMs: clock.ticks() - start,
      code,
      phase: phaseOf(code),
    } satisfies NoAnswer;
  }
}

/** Some answers have no body, whatever their headers announce (RFC 9112, section 6.3, rule 1). */
function endsWithHeaders(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204 || status === 304;
}

interface ReadBody {
  bytes: Buffer;
  damage: BodyDamage | undefined;
}

const NO_BODY: ReadBody = { bytes: Buffer.alloc(0), damage: undefined };

async function readBody(body: AsyncIterable<Uint8Array>): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > LARGEST_BODY) return { bytes: Buffer.concat(chunks), damage: 'too large' };
      chunks.push(chunk);
    }
    return { bytes: Buffer.concat(chunks), damage: undefined };
  } catch (error) {
    const stalled = ['UND_ERR_BODY_TIMEOUT', 'TIMEOUT'].includes(codeOf(error));
    return { bytes: Buffer.concat(chunks), damage: stalled ? 'stalled' : 'cut off' };
  }
}

const DECOMPRESSORS: ReadonlyMap<
  string | undefined,
  (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>
> = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/** No compression is asked for, but some servers compress all the same. */
async function decompress(bytes: Buffer, headers: Answer['headers']): Promise<ReadBody> {
  const encoding = headers
    .find(([name]) => name === 'content-encoding')?.[1]
    .trim()
    .toLowerCase();
  const decompressor = DECOMPRESSORS.get(encoding);
  if (!decompressor || bytes.length === 0) return { bytes, damage: undefined };
  try {
    return { bytes: await decompressor(bytes, { maxOutputLength: LARGEST_BODY }), damage: undefined };
  } catch (error) {
    const tooLarge = codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
    return { bytes: Buffer.alloc(0), damage: tooLarge ? 'too large' : 'wrongly compressed' };
  }
}

function pairs(raw: unknown): Answer['headers'] {
  if (!Array.isArray(raw)) return [];
  const texts = raw.map((item: unknown) => (Buffer.isBuffer(item) ? item.toString('latin1') : String(item)));
  const list: Answer['headers'] = [];
  for (let index = 0; index + 1 < texts.length; index += 2) {
    list.push([(texts[index] ?? '').toLowerCase(), texts[index + 1] ?? '']);
  }
  return list;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN';
  if (error.name === 'TimeoutError') return 'TIMEOUT';
  // The parser does not always say what it stumbled over; where an answer breaks what undici takes for granted
  // (a status of 000), it is an assertion that fails.
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === 'ERR_ASSERTION' || (error.name === 'HTTPParserError' && code === undefined))
    return 'HPE_UNKNOWN';
  if (code !== undefined) return code;
  return error.cause instanceof Error ? codeOf(error.cause) : error.name;
}

function phaseOf(code: string): NoAnswer['phase'] {
  if (code === 'ABORTED') return 'aborted';
  if (
    /^(ENOTFOUND|EAI_|ECONNREFUSED|EHOST|ENET|UND_ERR_CONNECT|ERR_TLS|CERT_|DEPTH_|UNABLE_|SELF_|EPROTO|ERR_SSL)/.test(
      code,
    )
  ) {
    return 'connect';
  }
  return /^(UND_ERR_HEADERS_|UND_ERR_RES_|TIMEOUT$|HPE_)/.test(code) ? 'headers' : 'send';
}
