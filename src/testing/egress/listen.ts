import { createServer, type RequestListener, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';

/** Whether the loopback interface of this machine has an address of IPv6. */
export const HAS_IPV6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === '::1'),
);

/** Servers on one port of the loopback interface. */
export interface Listening {
  port: number;
  close: () => Promise<void>;
}

/** How often another port is tried when the one that IPv4 gave is taken on IPv6. */
const TRIES = 10;

/** Listens on the same port under every address of the loopback interface. */
export async function listen(listener: RequestListener): Promise<Listening> {
  for (let tried = 0; tried < TRIES; tried++) {
    const first = await open(listener, '127.0.0.1', 0);
    if (!HAS_IPV6) return { port: first.port, close: () => close(first.server) };
    try {
      const second = await open(listener, '::1', first.port);
      return {
        port: first.port,
        close: async () => {
          await Promise.all([close(first.server), close(second.server)]);
        },
      };
    } catch {
      await close(first.server);
    }
  }
  throw new Error('no port is free on both IPv4 and IPv6');
}

async function open(
  listener: RequestListener,
  address: string,
  port: number,
): Promise<{ server: Server; port: number }> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  const bound = server.address();
  return { server, port: typeof bound === 'object' && bound !== null ? bound.port : 0 };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
