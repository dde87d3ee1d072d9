import type { Clock } from '../../clock.js';
import { type Credential, type Place, INVALID } from '../../request/security/credential.js';
import type { TokenPlace } from '../../targets/credential-entry.js';
import type { HttpRequest, Reply } from '../../targets/reply.js';
import type { Secrets } from '../../targets/secrets.js';
import type { TokenSource } from '../token.js';

export type { Credential, Place };

/** What credentials need that have to ask for their value. */
export interface Means {
  /** Undefined until the server that is to be asked has been started. */
  baseUrl: string | undefined;
  secrets: Secrets;
  send: (request: HttpRequest, signal?: AbortSignal) => Promise<Reply>;
  clock: Pick<Clock, 'now'>;
}

/** Where a token is, and what is there when it is invalid on purpose. */
export function tokenPlaced({ header, headerName }: TokenPlace): Pick<Credential, 'place' | 'bad'> {
  return { place: { in: 'header', name: headerName }, bad: withToken(header, INVALID) };
}

/** The token takes the place of every `{token}`, whatever characters it has. */
export function withToken(header: string, token: string): string {
  return header.replaceAll('{token}', () => token);
}

/** The members of a credential whose token is asked for. */
export function fromSource(
  source: TokenSource,
  { header }: TokenPlace,
): Pick<Credential, 'value' | 'forget' | 'lastReply' | 'gaveUnsendable'> {
  return {
    value: async (signal) => {
      const token = await source.get(signal);
      return token === undefined ? undefined : withToken(header, token);
    },
    forget: source.forget,
    lastReply: source.lastReply,
    gaveUnsendable: source.gaveUnsendable,
  };
}
