import type { Clock } from '../clock.js';
import { isObject } from '../json.js';
import type { Credentials } from './credentials.js';
import type { HttpRequest, Reply } from './reply.js';
import type { Secrets } from './secrets.js';

/** What the token request needs to know of a target. */
export interface TokenTarget {
  baseUrl: string | undefined;
  oauth: { url: string; body: 'json' | 'form'; tokenField: string; lifetimeField: string } | undefined;
}

/** Renewed so long before it runs out, so that no request travels with a token that dies on the way. */
const MARGIN_MS = 60_000;

export interface TokenSource {
  /** A token that is still good, or undefined when none can be had; `lastReply` then says why. */
  get: (signal?: AbortSignal) => Promise<string | undefined>;
  /** The next `get` asks for a new one: the host has refused this one. */
  forget: () => void;
  /** What the token endpoint answered last. */
  lastReply: () => Reply | undefined;
}

/** The token request of the client-credentials grant (RFC 6749, section 4.4.2). */
export function tokenRequest(target: TokenTarget, credentials: Credentials): HttpRequest | undefined {
  const { oauth, baseUrl } = target;
  if (!oauth || baseUrl === undefined) return undefined;
  const fields = {
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  };
  const form = oauth.body === 'form';
  return {
    method: 'POST',
    url: tokenUrl(baseUrl, oauth.url),
    headers: {
      accept: 'application/json',
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
    },
    body: form ? new URLSearchParams(fields).toString() : JSON.stringify(fields),
  };
}

export function tokenUrl(baseUrl: string, url: string): string {
  return /^https?:/.test(url) ? url : new URL(url, baseUrl).href;
}

/**
 * One token for everybody who asks, renewed before it runs out. Callers that ask at the same time share one
 * request.
 */
export function createTokenSource(options: {
  target: TokenTarget;
  credentials: Credentials;
  secrets: Secrets;
  send: (request: HttpRequest, signal?: AbortSignal) => Promise<Reply>;
  clock: Pick<Clock, 'now'>;
}): TokenSource {
  const { target, credentials, secrets, send, clock } = options;
  let current: { token: string; until: number } | undefined;
  let asking: Promise<string | undefined> | undefined;
  let last: Reply | undefined;

  const obtain = async (signal?: AbortSignal): Promise<string | undefined> => {
    const request = tokenRequest(target, credentials);
    if (!request || !target.oauth) return undefined;
    last = await send(request, signal);
    const grant = readGrant(last, target.oauth);
    if (!grant) return undefined;
    secrets.add(grant.token);
    current = {
      token: grant.token,
      until: clock.now().getTime() + grant.lifetimeMs - Math.min(MARGIN_MS, grant.lifetimeMs / 2),
    };
    return grant.token;
  };

  return {
    get: async (signal) => {
      if (current && clock.now().getTime() < current.until) return current.token;
      asking ??= obtain(signal).finally(() => {
        asking = undefined;
      });
      return asking;
    },
    forget: () => {
      current = undefined;
    },
    lastReply: () => last,
  };
}

/**
 * Token and lifetime of a token response (RFC 6749, section 5.1). The lifetime is read from a string as well
 * as from a number; without one, an hour is assumed.
 */
export function readGrant(
  reply: Reply,
  fields: { tokenField: string; lifetimeField: string },
): { token: string; lifetimeMs: number } | undefined {
  if (reply.kind !== 'answer' || reply.status !== 200) return undefined;
  let body: unknown;
  try {
    body = JSON.parse(reply.body.toString('utf8'));
  } catch {
    return undefined;
  }
  if (!isObject(body)) return undefined;
  const token = body[fields.tokenField];
  if (typeof token !== 'string' || token === '') return undefined;
  const seconds = Number(body[fields.lifetimeField]);
  return { token, lifetimeMs: (Number.isFinite(seconds) && seconds > 0 ? seconds : 3600) * 1000 };
}
