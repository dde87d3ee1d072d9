import { createServer, type Socket } from 'node:net';

/**
 * A host on the loopback interface that answers with the bytes that a test wants, also with such as no server of HTTP
 * would send.
 * @param answer given the path of each request, without its query
 */
export async function serveBytes(
  answer: (path: string, socket: Socket) => void,
): Promise<{ url: string; [Symbol.asyncDispose]: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // A client that leaves in the middle of an answer is what is wanted.
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let request = '';
    socket.on('data', (chunk: Buffer) => {
      request += chunk.toString('latin1');
      if (!request.includes('\r\n\r\n')) return;
      const path = /^\w+ ([^ ?]+)/.exec(request)?.[1] ?? '';
      request = '';
      answer(path, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
