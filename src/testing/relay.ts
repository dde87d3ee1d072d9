import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A port that passes everything on to a server, until it is cut. */
export interface Relay {
  url: string;
  /** Whatever is passed on takes so many milliseconds more from now on. */
  delay: (milliseconds: number) => void;
  /** Ends all connections, and takes no more. */
  cut: () => Promise<void>;
  /** Takes connections again, on the same port. */
  listen: () => Promise<void>;
  [Symbol.asyncDispose]: () => Promise<void>;
}

/** Opens a port in front of the server of a URL. */
export async function relayTo(url: string): Promise<Relay> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  let delayMs = 0;
  const relay = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => undefined);
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      let before = Promise.resolve();
      from.on('data', (chunk: Buffer) => {
        // What came first is passed on first, however the delay changes.
        before = Promise.all([before, delayMs > 0 ? wait(delayMs) : undefined]).then(() => {
          to.write(chunk);
        });
      });
      from.on('end', () => {
        void before.then(() => to.end());
      });
    }
  });
  let own = 0;
  const listen = async (): Promise<void> => {
    relay.listen(own, '127.0.0.1');
    await once(relay, 'listening');
    const address = relay.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    own = address.port;
  };
  const cut = async (): Promise<void> => {
    const closed = relay.listening ? once(relay, 'close') : undefined;
    relay.close();
    for (const socket of open) socket.destroy();
    await closed;
  };
  await listen();
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(own);
  const delay = (milliseconds: number): void => {
    delayMs = milliseconds;
  };
  return { url: through.href, delay, listen, cut, [Symbol.asyncDispose]: cut };
}
