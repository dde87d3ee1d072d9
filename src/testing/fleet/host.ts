import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../clock.js';

/** What one route of an agency does that it should not; undefined where it does as the contract says. */
export type Fault = 'denied' | 'crashes' | 'wrong-type';

/** An agency as the hosts know it. */
export interface KnownAgency {
  name: string;
  id: string;
  clientId: string;
  clientSecret: string;
  /** By the number of the route. */
  faults: ReadonlyMap<number, Fault>;
}

/** What one host has seen. */
export interface Seen {
  /** When each request arrived, in milliseconds. */
  times: number[];
  /** Requests by a token that was not given to the agency that they ask for. */
  crossed: number;
  tokens: number;
}

export interface FleetHost {
  url: string;
  seen: Seen;
  close: () => Promise<void>;
}

/**
 * A host that many agencies ask: each has a token of its own, its own data and its own faults. It notes when every request
 * arrives, and each that asks for an agency with the token of another.
 */
export async function startFleetHost(agencies: readonly KnownAgency[]): Promise<FleetHost> {
  const seen: Seen = { times: [], crossed: 0, tokens: 0 };
  const byClient = new Map(agencies.map((agency) => [agency.clientId, agency]));
  const byToken = new Map<string, KnownAgency>();
  const server = createServer((request, response) => {
    seen.times.push(systemClock.ticks());
    const url = new URL(request.url ?? '/', 'http://host');
    if (url.pathname === '/token') {
      void bodyOf(request).then((body) => {
        const form = new URLSearchParams(body);
        const agency = byClient.get(form.get('client_id') ?? '');
        if (agency === undefined || agency.clientSecret !== form.get('client_secret')) {
          send(response, 401, { error: 'invalid_client' });
          return;
        }
        seen.tokens += 1;
        const token = `token-for-tests-${agency.name}-${seen.tokens}`;
        byToken.set(token, agency);
        send(response, 200, { access_token: token, expires_in: 3600, token_type: 'Bearer' });
      });
      return;
    }
    request.resume();
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const agency = token === undefined ? undefined : byToken.get(token);
    const wanted = url.searchParams.get('agencyId');
    if (agency !== undefined && wanted !== null && wanted !== agency.id) seen.crossed += 1;
    if (agency === undefined) {
      send(response, 401, { message: 'Unauthorized' });
      return;
    }
    const route = Number(/^\/v1\/things-(\d+)\/$/.exec(url.pathname)?.[1]);
    if (!(route >= 1)) send(response, 404, { message: 'Not Found' });
    else answer(response, agency, route);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, { id, faults }: KnownAgency, route: number): void {
  const fault = faults.get(route);
  if (fault === 'denied') send(response, 403, { message: 'Forbidden' });
  else if (fault === 'crashes') send(response, 500, { message: 'Internal Server Error' });
  else
    send(response, 200, {
      items: [{ id: fault === 'wrong-type' ? 7 : `${id}-${route}`, count: route }],
    });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}

/** The most requests that arrived in any window of one second. */
export function mostInASecond(times: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [last, at] of times.entries()) {
    while (at - (times[first] ?? at) >= 1000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** How much of a rate was used in each window of so many seconds, from the first to the last request. */
export function shareUsed(times: readonly number[], rate: number, seconds: number): number[] {
  const [begin = 0] = times;
  const end = times.at(-1) ?? 0;
  const shares: number[] = [];
  for (let at = begin; at + seconds * 1000 <= end; at += seconds * 1000)
    shares.push(times.filter((one) => one >= at && one < at + seconds * 1000).length / (rate * seconds));
  return shares;
}
