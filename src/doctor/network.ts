import { lookup } from 'node:dns/promises';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { checkServerIdentity, connect as connectSecure, type TLSSocket } from 'node:tls';
import { orAborted } from '../abort.js';
import { codeOf } from '../problem.js';

/** What lies below HTTP, for what a session can only fail at: names, connections, certificates. Nothing is sent. */
export interface Network {
  /** How many addresses a name has. */
  resolve: (hostname: string, signal: AbortSignal) => Promise<{ addresses: number } | Failure>;
  /** Connects to the host of a URL, and ends the connection. */
  connect: (
    url: string,
    options: { timeoutMs: number; signal: AbortSignal },
  ) => Promise<{ certificate: Certificate | undefined } | Failure>;
}

/** An error code of the system. */
export interface Failure {
  failure: string;
}

/** What a host shows of itself. */
export interface Certificate {
  validFrom: Date;
  validTo: Date;
  /** Whether it is for the name of the host. */
  nameMatches: boolean;
  /** The code of what is wrong with it; undefined where it is accepted. */
  fault: string | undefined;
}

export const systemNetwork: Network = {
  resolve: async (hostname, signal) => {
    try {
      return { addresses: (await orAborted(lookup(hostname, { all: true }), signal)).length };
    } catch (error) {
      return { failure: failureOf(error, signal) };
    }
  },
  connect: async (url, { timeoutMs, signal }) => {
    const { protocol, hostname: written, port } = new URL(url);
    const hostname = bare(written);
    const isSecure = protocol === 'https:';
    const to = { host: hostname, port: Number(port) || (isSecure ? 443 : 80) };
    if (!isSecure) return established(connectPlain(to), 'connect', timeoutMs, signal, () => undefined);
    const socket = connectSecure({
      ...to,
      // What is wrong with a certificate is to be said: nothing is sent on this connection.
      rejectUnauthorized: false,
      ...(isAddress(hostname) ? {} : { servername: hostname }),
    });
    return established(socket, 'secureConnect', timeoutMs, signal, () => certificateOf(socket, hostname));
  },
};

/** Whether a host of a URL is an address and no name. */
export function isAddress(hostname: string): boolean {
  return isIP(bare(hostname)) !== 0;
}

/** The host of a URL without the brackets around an IPv6 address. */
function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function established(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  timeoutMs: number,
  signal: AbortSignal,
  read: () => Certificate | undefined,
): Promise<{ certificate: Certificate | undefined } | Failure> {
  return new Promise((resolve) => {
    const end = (result: { certificate: Certificate | undefined } | Failure): void => {
      signal.removeEventListener('abort', stop);
      socket.destroy();
      resolve(result);
    };
    const stop = (): void => {
      end({ failure: 'ABORTED' });
    };
    if (signal.aborted) {
      stop();
      return;
    }
    signal.addEventListener('abort', stop);
    socket.setTimeout(timeoutMs, () => {
      end({ failure: 'ETIMEDOUT' });
    });
    // There may be more than one, and the first decides.
    socket.on('error', (error) => {
      end({ failure: codeOf(error) || 'UNKNOWN' });
    });
    socket.once(event, () => {
      end({ certificate: read() });
    });
  });
}

function certificateOf(socket: TLSSocket, hostname: string): Certificate {
  const certificate = socket.getPeerCertificate();
  const fault: unknown = socket.authorized ? undefined : socket.authorizationError;
  return {
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
    nameMatches: checkServerIdentity(hostname, certificate) === undefined,
    // It is a code, whatever the types of Node say.
    fault:
      fault === undefined || fault === null
        ? undefined
        : typeof fault === 'string'
          ? fault
          : codeOf(fault) || 'UNKNOWN',
  };
}

function failureOf(error: unknown, signal: AbortSignal): string {
  return signal.aborted ? 'ABORTED' : codeOf(error) || 'UNKNOWN';
}
