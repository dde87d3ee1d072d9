import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Problem } from '../problem.js';
import type { Json } from '../json.js';

/** What a replica answers: sent as JSON when the body is no string. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Json | undefined;
}

/** A request as it came in, its body read. */
export interface Request {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Listening {
  url: string;
  close: () => Promise<void>;
}

/** Nothing that is sent to these APIs is larger. */
const LARGEST_BODY = 20 * 1024 * 1024;

/**
 * Serves on the loopback interface, with connections kept open.
 * @param options.port 0 for any that is free
 * @throws Problem when the port is taken.
 */
export async function listen(
  answer: (request: Request) => Answer,
  options: { port: number; tls?: { key: string; cert: string } | undefined },
): Promise<Listening> {
  const handler = (incoming: IncomingMessage, response: ServerResponse): void => {
    void readBody(incoming).then(
      (body) => {
        const url = new URL(incoming.url ?? '/', 'http://replica');
        send(response, answer({ method: incoming.method ?? 'GET', url, headers: incoming.headers, body }));
      },
      () => {
        incoming.destroy();
      },
    );
  };
  const server: Server = options.tls
    ? createTlsServer({ ...options.tls, keepAlive: true }, handler)
    : createServer({ keepAlive: true }, handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      reject(
        new Problem(
          'CONFORM_E_PORT_UNAVAILABLE',
          taken ? `port ${options.port} is in use` : `the replica cannot listen on port ${options.port}`,
          {
            remedy: 'Choose another port with --port or --legacy-port, or leave them out to get free ones.',
            cause: error,
          },
        ),
      );
    });
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new Error('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, answer: Answer): void {
  const { status, headers, text } = written(answer);
  response.writeHead(status, headers);
  response.end(status === 204 ? undefined : text);
}

/** An answer as it is written: its headers say what its body is, and how long. */
export function written({ status, headers, body }: Answer): {
  status: number;
  headers: Record<string, string>;
  text: string;
} {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json';
  return {
    status,
    headers: {
      ...(body === undefined ? {} : { 'content-type': type }),
      ...(status === 204 ? {} : { 'content-length': String(Buffer.byteLength(text)) }),
      ...headers,
    },
    text,
  };
}
