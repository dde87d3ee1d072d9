import { createHash } from 'node:crypto';
import { systemChance, type Chance } from '../chance.js';
import { systemClock, type Clock } from '../clock.js';
import type { Json } from '../json.js';
import { behave } from './behave.js';
import { listen, type Answer, type Request } from './listen.js';
import { createRate } from './rate.js';
import { createStore, expand } from './records.js';
import { findRoute } from './route.js';
import type { FixedAnswer, World } from './world.js';

/** The live hosts as they were observed, served on this machine. */
export interface Replica {
  url: string;
  /** The former host, on a port of its own. */
  legacyUrl: string;
  /** Everything that it keeps, as one text: the same bytes as long as nothing has changed. */
  snapshot: () => string;
  /** The most requests that came in any window of one second. */
  peak: () => number;
  /** Tokens that it has given out are good no longer. */
  revokeTokens: () => void;
  close: () => Promise<void>;
}

/**
 * Serves a world: the token endpoint, the gateway with its route table, the application behind it, and the
 * former host. Every answer says how sure we are of it, in `x-replica-standing`.
 * @throws Problem when a port is taken.
 */
export async function startReplica(options: {
  world: World;
  /** 0, or nothing, for any that is free. */
  port?: number | undefined;
  legacyPort?: number | undefined;
  tls?: { key: string; cert: string } | undefined;
  clock?: Clock | undefined;
  chance?: Chance | undefined;
}): Promise<Replica> {
  const { world, tls, clock = systemClock, chance = systemChance } = options;
  const store = createStore(world);
  const rate = createRate(world.requestsPerSecond, clock);
  const tokens = createTokens(world, clock, chance);

  const answer = (request: Request): Answer => {
    if (!rate.admits()) return answered(world.gateway.throttled, 'assumed');
    const { pathname } = request.url;
    if (request.method === 'POST' && pathname === world.token.path) return tokens.grant(request);
    const inside = pathname === world.gateway.prefix || pathname.startsWith(`${world.gateway.prefix}/`);
    if (!inside) return answered(elsewhereOf(request, world), 'assumed');

    const authorization = request.headers.authorization;
    const found = findRoute(request.method, pathname, world);
    if (!found) {
      const refusal =
        authorization === undefined ? world.gateway.unroutedWithoutToken : world.gateway.unrouted;
      return answered(withHash(refusal, authorization), 'assumed');
    }
    if (!tokens.accepts(authorization)) return answered(world.gateway.tokenRefused, 'assumed');
    const { route, path } = found;
    const result = behave(
      { route, path, query: request.url.searchParams, body: parsed(request) },
      store,
      world,
    );
    return answered(result, route.standing);
  };

  const main = await listen(answer, { port: options.port ?? 0, tls });
  const legacy = await listen(() => answered(world.legacy, 'assumed'), {
    port: options.legacyPort ?? 0,
    tls,
  }).catch(async (error: unknown) => {
    await main.close();
    throw error;
  });
  return {
    url: main.url,
    legacyUrl: legacy.url,
    snapshot: store.snapshot,
    peak: rate.peak,
    revokeTokens: tokens.revoke,
    close: async () => {
      await Promise.all([main.close(), legacy.close()]);
    },
  };
}

function elsewhereOf({ method, url }: Request, world: World): FixedAnswer {
  const fixed = world.routes[`${method} ${url.pathname}`];
  return fixed?.answer ? { ...fixed.answer, standing: fixed.standing } : world.elsewhere;
}

/** An answer of the world as it goes out. @param standing when the answer has none of its own */
function answered(fixed: FixedAnswer, standing: string): Answer {
  return {
    status: fixed.status,
    headers: { ...fixed.headers, 'x-replica-standing': fixed.standing ?? standing },
    body: fixed.body as Json | undefined,
  };
}

/** The hash that the gateway echoes is that of the whole header value, in Base64. */
function withHash(fixed: FixedAnswer, authorization: string | undefined): FixedAnswer {
  const hash = createHash('sha256')
    .update(authorization ?? '', 'utf8')
    .digest('base64');
  return {
    ...fixed,
    body: expand((fixed.body ?? null) as Json, (name) => (name === 'hash' ? hash : `{${name}}`)),
  };
}

function createTokens(world: World, clock: Clock, chance: Chance) {
  const { answer, refused, lifetimeSeconds } = world.token;
  const valid = new Map<string, number>();
  return {
    grant: (request: Request): Answer => {
      const body = parsed(request);
      const field = (name: string) =>
        typeof body === 'object' && body !== null && !Array.isArray(body) ? body[name] : undefined;
      const clientId = field('client_id');
      const complete = field('grant_type') === 'client_credentials' && clientId && field('client_secret');
      if (!complete) return answered(refused, 'assumed');
      const token = chance(16);
      const now = Math.floor(clock.now().getTime() / 1000);
      valid.set(token, now + lifetimeSeconds);
      const values: Record<string, Json> = { token, now, clientId };
      const filled = expand((answer.body ?? null) as Json, (name) => values[name] ?? '');
      return answered({ ...answer, body: filled }, 'assumed');
    },
    accepts: (authorization: string | undefined): boolean => {
      const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
      const until = token === undefined ? undefined : valid.get(token);
      return until !== undefined && clock.now().getTime() / 1000 < until;
    },
    revoke: () => {
      valid.clear();
    },
  };
}

/** The body of a request, as JSON or as a form; undefined when it is neither. */
function parsed({ body, headers }: Request): Json | undefined {
  if (body === '') return undefined;
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}
