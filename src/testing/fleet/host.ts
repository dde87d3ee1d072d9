import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../clock.js';
import type { Arrival } from './use.js';

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
  arrivals: Arrival[];
  /** When each arrived by the time of day, in milliseconds: for what another process has noted. */
  times: number[];
  /** Requests by a token that was not given to the agency that they ask for. */
  crossed: number;
  tokens: number;
}

export interface FleetHost {
  url: string;
  seen: Seen;
  /** Answers nothing from now on, until what it returns is called. */
  hold: () => () => void;
  /**
   * Refuses the next request but for a token: it should be sent again after so many seconds.
   * @returns resolves with the moment of that, in ticks
   */
  throttleNext: (seconds: number) => Promise<number>;
  close: () => Promise<void>;
}

/**
 * A host that many agencies ask: each has a token of its own, its own data and its own faults. It notes when every request
 * arrives, and each that asks for an agency with the token of another.
 */
export async function startFleetHost(agencies: readonly KnownAgency[]): Promise<FleetHost> {
  const seen: Seen = { arrivals: [], times: [], crossed: 0, tokens: 0 };
  const byClient = new Map(agencies.map((agency) => [agency.clientId, agency]));
  const byToken = new Map<string, KnownAgency>();
  let held = Promise.resolve();
  let throttle: ((response: ServerResponse) => void) | undefined;
  const server = createServer((request, response) => {
    const arrival: Arrival = { at: systemClock.ticks(), session: undefined };
    seen.arrivals.push(arrival);
    seen.times.push(systemClock.now().getTime());
    const url = new URL(request.url ?? '/', 'http://host');
    if (url.pathname === '/token') {
      void Promise.all([bodyOf(request), held]).then(([body]) => {
        const form = new URLSearchParams(body);
        const agency = byClient.get(form.get('client_id') ?? '');
        if (agency === undefined || agency.clientSecret !== form.get('client_secret')) {
          send(response, 401, { error: 'invalid_client' });
          return;
        }
        seen.tokens += 1;
        const token = `token-for-tests-${agency.name}-${seen.tokens}`;
        byToken.set(token, agency);
        arrival.session = token;
        send(response, 200, { access_token: token, expires_in: 3600, token_type: 'Bearer' });
      });
      return;
    }
    request.resume();
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    arrival.session = token;
    const agency = token === undefined ? undefined : byToken.get(token);
    const wanted = url.searchParams.get('agencyId');
    if (agency !== undefined && wanted !== null && wanted !== agency.id) seen.crossed += 1;
    if (agency === undefined) {
      send(response, 401, { message: 'Unauthorized' });
      return;
    }
    const route = Number(/^\/v1\/things-(\d+)\/$/.exec(url.pathname)?.[1]);
    if (throttle) {
      throttle(response);
      throttle = undefined;
    } else if (!(route >= 1)) send(response, 404, { message: 'Not Found' });
    else
      void held.then(() => {
        answer(response, agency, route);
      });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    hold: () => {
      let release: () => void = () => undefined;
      held = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
    throttleNext: (seconds) =>
      new Promise((resolve) => {
        throttle = (response) => {
          response.setHeader('retry-after', String(seconds));
          send(response, 429, { message: 'Too Many Requests' });
          resolve(systemClock.ticks());
        };
      }),
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
