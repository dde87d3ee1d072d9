import { createHash } from 'node:crypto';
import { systemChance, type Chance } from '../chance.js';
import { systemClock, type Clock } from '../clock.js';
import { parseJson, type Json } from '../json.js';
import { behave } from './behave.js';
import { createDoorkeeper } from './credentials.js';
import { hasForbiddenBody, type Described } from './forbidden-body.js';
import { listen, type Answer, type Request } from './listen.js';
import { createRate } from './rate.js';
import { createStore, type Store } from './records.js';
import { createRouter, type Router } from './route.js';
import { filledAnswer } from './template.js';
import type { FixedAnswer } from './world/answer.js';
import type { World } from './world/file.js';

/** The live hosts as they were observed, served on this machine. */
export interface Replica {
  url: string;
  /** The former host, on a port of its own, where the world has one. */
  legacyUrl: string | undefined;
  /** Everything that it keeps, as one text: the same bytes as long as nothing has changed. */
  snapshot: () => string;
  /** The most requests that came in any window of one second. */
  peak: () => number;
  /** Tokens that it has given out are good no longer. */
  revokeTokens: () => void;
  close: () => Promise<void>;
}

/** What is behind the address of a replica: a world that answers requests, and what it keeps. */
export interface Inhabited {
  answer: (request: Request) => Answer;
  store: Store;
  peak: () => number;
  revokeTokens: () => void;
}

/** A world, and with what it answers. */
export interface Inhabiting {
  world: World;
  /** What holds the bodies that the application takes, where nothing else was recorded. Without it, none are held. */
  contract?: Described | undefined;
  clock?: Clock | undefined;
  chance?: Chance | undefined;
}

/** Brings a world to life, without an address: the token endpoint, the gateway with its route table, the application. */
export function inhabit({
  world,
  contract,
  clock = systemClock,
  chance = systemChance,
  keep = createStore,
}: Inhabiting & {
  /** Makes what keeps the records. */
  keep?: (world: World) => Store;
}): Inhabited {
  const { gateway } = world;
  const store = keep(world);
  const rate = createRate(world.requestsPerSecond ?? Infinity, clock);
  const doorkeeper = createDoorkeeper(world, clock, chance);
  const router = createRouter(world);

  const answer = (request: Request): Answer => {
    if (!rate.admits()) return answered(gateway.throttled, 'assumed');
    const { pathname } = request.url;
    const grant =
      request.method === 'POST' && pathname === world.token?.path && doorkeeper.grant(parsed(request));
    if (grant) return answered(grant, 'assumed');
    const isInside = pathname === gateway.prefix || pathname.startsWith(`${gateway.prefix}/`);
    if (!isInside) return answered(elsewhereOf(request, world), 'assumed');

    const shown = doorkeeper.shown(request);
    const found = router.find(methodOf(request, router, world), pathname);
    if (!found) {
      const refusal = refusalOf(request, shown, router, world);
      return answered(withHash(refusal, shown), 'assumed');
    }
    const { route, path } = found;
    if (route.guarded !== false && !doorkeeper.admits(shown)) {
      return answered(withHash(gateway.tokenRefused, shown), 'assumed');
    }
    const isMalformed = () => contract !== undefined && hasForbiddenBody(request, contract);
    const result = behave(
      { route, path, url: request.url, body: parsed(request), isMalformed },
      store,
      world,
    );
    return answered(result, route.standing);
  };
  return { answer, store, peak: rate.peak, revokeTokens: doorkeeper.revoke };
}

/**
 * Serves a world: the token endpoint, the gateway with its route table, the application behind it, and the
 * former host. Every answer says how sure we are of it, in `x-replica-standing`.
 * @throws Problem when a port is taken.
 */
export async function startReplica(
  options: Inhabiting & {
    /** 0, or nothing, for any that is free. */
    port?: number | undefined;
    legacyPort?: number | undefined;
    tls?: { key: string; cert: string } | undefined;
  },
): Promise<Replica> {
  const { world, tls } = options;
  const { legacy } = world;
  const { answer, store, peak, revokeTokens } = inhabit(options);

  const main = await listen(answer, { port: options.port ?? 0, tls });
  const former =
    legacy &&
    (await listen(() => answered(legacy, 'assumed'), { port: options.legacyPort ?? 0, tls }).catch(
      async (error: unknown) => {
        await main.close();
        throw error;
      },
    ));
  return {
    url: main.url,
    legacyUrl: former?.url,
    snapshot: store.snapshot,
    peak,
    revokeTokens,
    close: async () => {
      await Promise.all([main.close(), former?.close()]);
    },
  };
}

/** The method as whose request a request is taken: that of GET where the world answers another like it. */
function methodOf({ method, url }: Request, router: Router, { gateway: { methods } }: World): string {
  const isLikeGet = methods?.[method] === 'as GET' && !router.methodsOf(url.pathname).includes(method);
  return isLikeGet ? 'GET' : method;
}

/** What is answered where there is no route: by what the path has routes for, and whether there is a credential. */
function refusalOf(
  { method, url }: Request,
  shown: string | undefined,
  router: Router,
  { gateway }: World,
): FixedAnswer {
  const allowed = router.methodsOf(url.pathname);
  const other = gateway.methods?.[method] ?? gateway.methods?.['others'];
  if (allowed.length > 0 && other !== undefined && other !== 'as GET') {
    const allow = allowed.join(', ');
    return filledAnswer(other, (name) => (name === 'allow' ? allow : `{${name}}`));
  }
  return shown === undefined ? (gateway.unroutedWithoutToken ?? gateway.unrouted) : gateway.unrouted;
}

function elsewhereOf({ method, url }: Request, world: World): FixedAnswer {
  const fixed = world.routes[`${method} ${url.pathname}`];
  if (fixed?.answer) return { ...fixed.answer, standing: fixed.standing };
  return world.elsewhere ?? world.gateway.unrouted;
}

/** An answer of the world as it goes out. @param standing when the answer has none of its own */
function answered(fixed: FixedAnswer, standing: string): Answer {
  return {
    status: fixed.status,
    headers: { ...fixed.headers, 'x-replica-standing': fixed.standing ?? standing },
    body: fixed.body,
  };
}

/** The hash that a gateway echoes is that of the whole value that was shown, in Base64. */
function withHash(fixed: FixedAnswer, shown: string | undefined): FixedAnswer {
  const hash = createHash('sha256')
    .update(shown ?? '', 'utf8')
    .digest('base64');
  return filledAnswer(fixed, (name) => (name === 'hash' ? hash : `{${name}}`));
}

/** The body of a request, as JSON or as a form; undefined when it is neither. */
function parsed({ body, headers }: Request): Json | undefined {
  if (body === '') return undefined;
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(body));
  }
  return parseJson(body);
}
