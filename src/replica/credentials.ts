import type { Chance } from '../chance.js';
import type { Clock } from '../clock.js';
import { isObject, type Json } from '../json.js';
import type { Request } from './listen.js';
import { fill } from './template.js';
import type { FixedAnswer } from './world/answer.js';
import type { World } from './world/file.js';
import type { Credential } from './world/host.js';

/** Gives tokens, and says who is let in. */
export interface Doorkeeper {
  /** What a request shows as its credential, as it is there. */
  shown: (request: Request) => string | undefined;
  /** Whether one who shows that is let in. */
  admits: (shown: string | undefined) => boolean;
  /** The answer to a request for a token; undefined where none are given. */
  grant: (body: Json | undefined) => FixedAnswer | undefined;
  /** Tokens that were given are good no longer. */
  revoke: () => void;
}

export function createDoorkeeper(
  { token, gateway: { credential } }: World,
  clock: Clock,
  chance: Chance,
): Doorkeeper {
  const given = new Map<string, number>();
  const isGranted = (secret: string): boolean => {
    const until = given.get(secret);
    return until !== undefined && clock.now().getTime() / 1000 < until;
  };
  return {
    shown: ({ headers, url }) => {
      if (credential.in === 'query') return url.searchParams.get(credential.name) ?? undefined;
      const value = headers[credential.name.toLowerCase()];
      return typeof value === 'string' ? value : value?.[0];
    },
    admits: (shown) => {
      if (shown === undefined) return credential.optional ?? false;
      const secret = secretIn(shown, credential);
      if (secret === undefined) return false;
      const { accepts } = credential;
      if (accepts === 'anything') return true;
      return accepts === 'granted' ? isGranted(secret) : accepts.includes(secret);
    },
    grant: (body) => {
      if (!token) return undefined;
      const field = (name: string) => (isObject(body) ? body[name] : undefined);
      const clientId = field('client_id');
      const isComplete = field('grant_type') === 'client_credentials' && clientId && field('client_secret');
      if (!isComplete) return token.refused;
      const secret = chance(16);
      const now = Math.floor(clock.now().getTime() / 1000);
      given.set(secret, now + token.lifetimeSeconds);
      const values: Record<string, Json> = { token: secret, now, clientId };
      return { ...token.answer, body: fill(token.answer.body ?? null, (name) => values[name] ?? '') };
    },
    revoke: () => {
      given.clear();
    },
  };
}

/** The secret in what was shown; undefined where that has another form, or a space in it. */
function secretIn(shown: string, { form }: Credential): string | undefined {
  const [before = '', after = ''] = form.split('{token}');
  // A scheme is read alike in small and in capital letters (RFC 9110, section 11.1).
  const begins = shown.slice(0, before.length).toLowerCase() === before.toLowerCase();
  if (!begins || !shown.endsWith(after)) return undefined;
  const secret = shown.slice(before.length, shown.length - after.length);
  return /^\S+$/.test(secret) ? secret : undefined;
}
