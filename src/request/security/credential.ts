import type { HttpRequest, Reply } from '../../targets/reply.js';

/** Where in a request a credential is. Names of headers are in lower case. */
export interface Place {
  in: 'header' | 'query' | 'cookie';
  name: string;
}

/** One way to say who is asking. Its value is asked for when it is needed; its bad form is always at hand. */
export interface Credential {
  kind: 'oauth' | 'bearer' | 'api-key' | 'basic' | 'login' | 'fixed-header';
  /** Name in the contract's securitySchemes, where targets.yaml gives it. */
  scheme: string | undefined;
  place: Place;
  /** The value that is to be placed, asked for where it has to be; undefined when none can be had. */
  value: (signal?: AbortSignal) => Promise<string | undefined>;
  /** A value of the same form that nobody can have been issued. The real one never is in it. */
  bad: string;
  /** The host has refused it: the next `value` is a new one, where one can be had. */
  forget: () => void;
  /** What the token or login endpoint answered last; undefined where there is none or it was not asked. */
  lastReply: () => Reply | undefined;
  /** Whether that answer gave a token, but one that no header can hold. */
  gaveUnsendable: () => boolean;
  /** The request for a token as it would be sent; undefined where there is none. */
  tokenRequest: () => HttpRequest | undefined;
  /** What can be found out of the endpoint that gives tokens for client credentials; undefined for every other kind. */
  endpoint?: TokenEndpoint;
}

/** A token endpoint, for those who look at how it answers. What is secret stays in it. */
export interface TokenEndpoint {
  /** The token request with a secret that is not the right one; undefined where none can be made of the right one. */
  wrongRequest: () => HttpRequest | undefined;
  /** Whether an answer has a token, whatever its status. The token is secret from then on. */
  givesToken: (reply: Reply) => boolean;
  /** Whether the token is where RFC 6749 has it. */
  isStandard: boolean;
  /** Whether the secret is in a text. */
  isShownIn: (text: string) => boolean;
}

/** What is where a credential has to be refused. No host can have issued it. */
export const INVALID = 'conform-deliberately-invalid-token';

/** A credential whose value is known from the beginning. */
export function fixedCredential(
  given: Pick<Credential, 'kind' | 'scheme' | 'place' | 'bad'>,
  value: string,
): Credential {
  return {
    ...given,
    value: () => Promise.resolve(value),
    forget: () => undefined,
    lastReply: () => undefined,
    gaveUnsendable: () => false,
    tokenRequest: () => undefined,
  };
}
