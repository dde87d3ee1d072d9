import type { HttpRequest } from '../target/reply.js';
import type { Target } from '../target/targets.js';
import type { TokenSource } from '../target/token.js';
import type { Identity } from './effect.js';

/** Places credentials in requests. */
export interface Authenticator {
  /** @returns the request with the credentials of an operation, and these as one text, the same for the same ones */
  place: (
    request: HttpRequest,
    operation: string,
    identity: Identity,
    signal: AbortSignal,
  ) => Promise<{ request: HttpRequest; credentials: string }>;
  /** The invalid credentials of an operation, as that text. */
  invalidCredentials: (operation: string) => string;
  /** Whether newer credentials can be had than those in a request that was refused. */
  hasNewer: (sent: HttpRequest, operation: string, signal: AbortSignal) => Promise<boolean>;
}

/** Sent where credentials have to be refused. No host can have issued it. */
const INVALID_TOKEN = 'conform-deliberately-invalid-token';

/** The credentials of a target: its Authorization header, with the token of its token endpoint where it has one. */
export function authenticatorOf(
  target: Pick<Target, 'authorization' | 'oauth'>,
  tokens: () => TokenSource,
): Authenticator {
  const valueOf = async (identity: Identity, signal: AbortSignal): Promise<string | undefined> => {
    if (identity === 'none') return undefined;
    const template = target.authorization;
    if (identity === 'invalid') return withInvalidToken(template);
    if (!target.oauth) return template;
    const token = (await tokens().get(signal)) ?? INVALID_TOKEN;
    return template.replace('{token}', () => token);
  };
  return {
    place: async (request, _operation, identity, signal) => {
      const authorization = await valueOf(identity, signal);
      if (authorization === undefined) return { request, credentials: '' };
      return {
        request: { ...request, headers: { ...request.headers, authorization } },
        credentials: authorization,
      };
    },
    invalidCredentials: () => withInvalidToken(target.authorization),
    hasNewer: async (sent, _operation, signal) =>
      (await valueOf('valid', signal)) !== sent.headers['authorization'],
  };
}

/** Of a value that is fixed only the scheme is kept: what comes after it is a good token. */
function withInvalidToken(template: string): string {
  if (template.includes('{token}')) return template.replace('{token}', INVALID_TOKEN);
  return template.replace(/\S+$/, INVALID_TOKEN);
}
