import type { Clock } from '../clock.js';
import { isObject, parseJson, type Json } from '../json.js';
import type { Answer, HttpRequest, Reply } from '../targets/reply.js';
import type { Secrets } from '../targets/secrets.js';

/** What a client of a token endpoint says of itself. */
export interface Credentials {
  clientId: string;
  clientSecret: string;
}

/** What the token request needs to know of a target. */
export interface TokenTarget {
  baseUrl: string | undefined;
  oauth:
    | {
        url: string;
        body: 'json' | 'form';
        tokenField: string;
        lifetimeField: string;
        clientAuthentication?: 'body' | 'basic' | undefined;
        scope?: string | undefined;
        audience?: string | undefined;
      }
    | undefined;
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
  /** Whether that answer gave a token, but one that no header can hold. */
  gaveUnsendable: () => boolean;
}

/** The token request of the client-credentials grant (RFC 6749, section 4.4.2). */
export function tokenRequest(target: TokenTarget, credentials: Credentials): HttpRequest | undefined {
  const { oauth, baseUrl } = target;
  if (!oauth || baseUrl === undefined) return undefined;
  const { scope, audience } = oauth;
  const byBasic = oauth.clientAuthentication === 'basic';
  const fields = {
    grant_type: 'client_credentials',
    ...(byBasic ? {} : { client_id: credentials.clientId, client_secret: credentials.clientSecret }),
    ...(scope === undefined ? {} : { scope }),
    ...(audience === undefined ? {} : { audience }),
  };
  const { body, headers } = writtenFields(oauth.body, fields);
  const authorization = byBasic ? { authorization: clientBasic(credentials) } : {};
  return {
    method: 'POST',
    url: tokenUrl(baseUrl, oauth.url),
    headers: { ...headers, ...authorization },
    body,
  };
}

/** A body of these fields, and the headers that go with it. */
export function writtenFields(
  form: 'json' | 'form',
  fields: Record<string, string>,
): { headers: Record<string, string>; body: string } {
  const type = form === 'form' ? 'application/x-www-form-urlencoded' : 'application/json';
  return {
    headers: { accept: 'application/json', 'content-type': type },
    body: form === 'form' ? new URLSearchParams(fields).toString() : JSON.stringify(fields),
  };
}

/** Id and secret are encoded as in a form before they are joined (RFC 6749, section 2.3.1). */
function clientBasic({ clientId, clientSecret }: Credentials): string {
  const encoded = [clientId, clientSecret].map((text) =>
    new URLSearchParams({ _: text }).toString().slice(2),
  );
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`;
}

export function tokenUrl(baseUrl: string, url: string): string {
  return /^https?:/.test(url) ? url : new URL(url, baseUrl).href;
}

/** Whether a header can hold a token: if not, it would be sent nowhere, or add headers of its own. */
export function isSendable(token: string): boolean {
  return /^[\x20-\x7e]+$/.test(token);
}

/** A token, and how long it is good for. */
export interface Grant {
  token: string;
  lifetimeMs: number;
}

/** The token of a target that gives one for client credentials. */
export function createTokenSource(options: {
  target: TokenTarget;
  credentials: Credentials;
  secrets: Secrets;
  send: (request: HttpRequest, signal?: AbortSignal) => Promise<Reply>;
  clock: Pick<Clock, 'now'>;
}): TokenSource {
  const { target, credentials, ...rest } = options;
  return createGrantSource({
    ...rest,
    request: () => tokenRequest(target, credentials),
    read: (reply) => target.oauth && readGrant(reply, target.oauth),
  });
}

/**
 * One token for everybody who asks, renewed before it runs out. Callers that ask at the same time share one
 * request.
 */
export function createGrantSource(options: {
  /** What asks for a token; undefined where nobody can be asked. */
  request: () => HttpRequest | undefined;
  /** What the answer gives; undefined when it gives no token. */
  read: (reply: Reply) => Grant | undefined;
  secrets: Secrets;
  send: (request: HttpRequest, signal?: AbortSignal) => Promise<Reply>;
  clock: Pick<Clock, 'now'>;
}): TokenSource {
  const { request, read, secrets, send, clock } = options;
  let current: { token: string; until: number } | undefined;
  let asking: Promise<string | undefined> | undefined;
  let last: Reply | undefined;
  let unsendable = false;

  const obtain = async (signal?: AbortSignal): Promise<string | undefined> => {
    const asked = request();
    if (!asked) return undefined;
    last = await send(asked, signal);
    const grant = read(last);
    unsendable = grant !== undefined && !isSendable(grant.token);
    if (!grant) return undefined;
    secrets.add(wellFormed(grant.token));
    if (unsendable) return undefined;
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
    gaveUnsendable: () => unsendable,
  };
}

/** A text without halves of characters, which JSON can hold and nothing that is written down. */
export function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/**
 * Token and lifetime of a token response (RFC 6749, section 5.1). The lifetime is read from a string as well
 * as from a number; without one, an hour is assumed.
 */
export function readGrant(
  reply: Reply,
  fields: { tokenField: string; lifetimeField: string },
): Grant | undefined {
  if (reply.kind !== 'answer' || reply.status !== 200) return undefined;
  const body = jsonOf(reply);
  if (!isObject(body)) return undefined;
  const token = body[fields.tokenField];
  if (typeof token !== 'string' || token === '') return undefined;
  const seconds = Number(body[fields.lifetimeField]);
  return { token, lifetimeMs: (Number.isFinite(seconds) && seconds > 0 ? seconds : 3600) * 1000 };
}

/** The JSON of an answer, or undefined when it holds none. */
export function jsonOf(reply: Answer): Json | undefined {
  return parseJson(reply.body.toString('utf8'));
}
