import type { Socket } from 'node:net';
import { serveBytes } from './serve-bytes.js';
import { gzipSync } from 'node:zlib';

/** A way of lying: what is written to the socket once a request has arrived. */
type Lie = (socket: Socket) => void;

const JSON_TYPE = 'content-type: application/json\r\n';
const page = '<!doctype html><html><body><h1>Welcome</h1></body></html>';

/**
 * An answer that is framed as HTTP wants it. The connection is closed after it, so that what one lie leaves
 * behind cannot be taken for a part of the next answer.
 */
function answer(status: string, headers: string, body: string | Buffer): Lie {
  const length = Buffer.byteLength(body);
  return (socket) => {
    socket.write(`HTTP/1.1 ${status}\r\n${headers}content-length: ${length}\r\nconnection: close\r\n\r\n`);
    socket.end(body);
  };
}

/** Writes the same piece for as long as somebody reads. */
function endlessly(socket: Socket, piece: string): void {
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
    if (!socket.destroyed) socket.once('drain', more);
  };
  more();
}

/** Writes one byte of a text now and then. */
function slowly(socket: Socket, text: string, everyMs: number): void {
  let next = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || next >= text.length) clearInterval(timer);
    else socket.write(text.charAt(next++));
  }, everyMs);
  socket.on('close', () => {
    clearInterval(timer);
  });
}

/** Bytes of a gzip stream that unpacks to the given number of mebibytes of blanks. */
const bomb = (mebibytes: number) => gzipSync(Buffer.alloc(mebibytes * 1024 * 1024, ' '));

/** Every lie by its name, which is also its path: `/lies/<name>`. */
export const LIES = {
  'cut-before-answer': (socket) => socket.destroy(),
  'cut-in-headers': (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-ty'),
  'cut-in-body': (socket) => socket.end(`HTTP/1.1 200 OK\r\n${JSON_TYPE}content-length: 500\r\n\r\n{"id": `),
  'endless-body': (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${JSON_TYPE}transfer-encoding: chunked\r\n\r\n`);
    endlessly(socket, `10000\r\n${' '.repeat(0x10000)}\r\n`);
  },
  'endless-headers': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n');
    endlessly(socket, `x-filler: ${'a'.repeat(8000)}\r\n`);
  },
  'endless-header': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx-filler: ');
    endlessly(socket, 'a'.repeat(65_536));
  },
  'bad-chunking': (socket) =>
    socket.end(
      `HTTP/1.1 200 OK\r\n${JSON_TYPE}transfer-encoding: chunked\r\n\r\n5\r\n{"id"\r\nZZ\r\nnonsense\r\n`,
    ),
  'gzip-bomb': answer('200 OK', `${JSON_TYPE}content-encoding: gzip\r\n`, bomb(256)),
  'not-gzip': answer('200 OK', `${JSON_TYPE}content-encoding: gzip\r\n`, '{"id":1}'),
  'redirect-circle': answer('302 Found', 'location: /lies/redirect-circle\r\n', ''),
  'length-too-great': (socket) =>
    socket.end(`HTTP/1.1 200 OK\r\n${JSON_TYPE}content-length: 80\r\n\r\n{"id":1}`),
  'length-too-small': (socket) =>
    socket.end(`HTTP/1.1 200 OK\r\n${JSON_TYPE}content-length: 4\r\n\r\n{"id":1}`),
  'two-lengths': (socket) =>
    socket.end(`HTTP/1.1 200 OK\r\n${JSON_TYPE}content-length: 8\r\ncontent-length: 3\r\n\r\n{"id":1}`),
  'length-and-chunks': (socket) =>
    socket.end(
      `HTTP/1.1 200 OK\r\n${JSON_TYPE}content-length: 8\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{"id":1}\r\n0\r\n\r\n`,
    ),
  'invalid-utf8': answer(
    '200 OK',
    JSON_TYPE,
    Buffer.concat([Buffer.from('{"id":1,"name":"'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
  ),
  silence: () => undefined,
  'silence-in-body': (socket) =>
    socket.write(`HTTP/1.1 200 OK\r\n${JSON_TYPE}content-length: 500\r\n\r\n{"id":1`),
  'html-for-json': answer('200 OK', 'content-type: text/html\r\n', page),
  'html-called-json': answer('200 OK', JSON_TYPE, page),
  'no-content-with-body': (socket) =>
    socket.end(`HTTP/1.1 204 No Content\r\n${JSON_TYPE}connection: close\r\n\r\n{"id":1}`),
  'duplicate-headers': answer(
    '200 OK',
    `${JSON_TYPE}content-type: text/html\r\nserver: nginx\r\nserver: kong\r\n`,
    '{"id":1}',
  ),
  'injected-header': answer('200 OK', `${JSON_TYPE}x-note: a\rx-injected: b\r\n`, '{"id":1}'),
  'second-answer': (socket) =>
    socket.end(
      `HTTP/1.1 200 OK\r\n${JSON_TYPE}content-length: 8\r\n\r\n{"id":1}HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n`,
    ),
  'slow-body': (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${JSON_TYPE}content-length: 100000\r\n\r\n`);
    slowly(socket, '{"id":1'.padEnd(100_000), 50);
  },
  'slow-headers': (socket) => {
    slowly(socket, `HTTP/1.1 200 OK\r\nx-slow: ${'a'.repeat(100_000)}`, 50);
  },
  'not-http': (socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'),
  'status-000': (socket) => socket.end('HTTP/1.1 000 Nothing\r\ncontent-length: 0\r\n\r\n'),
  'only-continue': (socket) => {
    socket.write('HTTP/1.1 100 Continue\r\n\r\n');
  },
} satisfies Record<string, Lie>;
export type LieName = keyof typeof LIES;
export const LIE_NAMES = Object.keys(LIES) as LieName[];

/**
 * A server that lies. `/honest` is answered with `{"id":1}`, `/lies/<name>` as `LIES` says, and every other
 * path with 404 and JSON.
 */
export function startLyingServer() {
  return serveBytes((path, socket) => {
    lieFor(path)(socket);
  });
}

function lieFor(path: string): Lie {
  const name = LIE_NAMES.find((candidate) => path === `/lies/${candidate}`);
  if (name !== undefined) return LIES[name];
  return path === '/honest'
    ? answer('200 OK', JSON_TYPE, '{"id":1}')
    : answer('404 Not Found', JSON_TYPE, '{"message":"no such path"}');
}
