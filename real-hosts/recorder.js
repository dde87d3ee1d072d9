/* global URL */
// A reverse proxy before a product: what it has counted is what really arrived there.
import { Agent, createServer, request } from 'node:http';
import { closeAtEnd } from './closing.js';

/** @typedef {{ method: string, path: string, status: number | 'no answer' }} Arrived */

/**
 * @param {string} url of the product
 * @returns {Promise<{ url: string, arrived: Arrived[], close: () => Promise<void> }>}
 */
export async function startRecorder(url) {
  /** @type {Arrived[]} */
  const arrived = [];
  const agent = new Agent({ keepAlive: false });
  const server = createServer((incoming, outgoing) => {
    const { method = '', url: path = '', headers } = incoming;
    /** @type {Arrived} */
    const entry = { method, path, status: 'no answer' };
    arrived.push(entry);
    // Joined as text: a path is handed on as it came, with its dots and doubled slashes.
    const { hostname, port } = new URL(url);
    const onward = request({ hostname, port, method, path, headers, agent }, (answer) => {
      entry.status = answer.statusCode ?? 'no answer';
      outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
      answer.on('error', () => outgoing.destroy()).pipe(outgoing);
    });
    // A product that has died is to look like one: the connection breaks.
    onward.on('error', () => outgoing.destroy());
    incoming.on('error', () => onward.destroy()).pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the recorder has no address');
  const close = closeAtEnd(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${address.port}`, arrived, close };
}

/** “GET 12, POST 3”. @param {readonly Arrived[]} arrived */
export function byMethod(arrived) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { method } of arrived) counts.set(method, (counts.get(method) ?? 0) + 1);
  return [...counts]
    .sort()
    .map(([method, count]) => `${method} ${count}`)
    .join(', ');
}
