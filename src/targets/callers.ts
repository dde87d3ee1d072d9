import { Type, type Static } from '@sinclair/typebox';
import { entryOf, type CredentialEntry, type OAuthEntry } from './credential-entry.js';

/** The former form of one OAuth credential (RFC 6749, section 4.4); `authorization` beside it says how it is sent. */
export const FormerOAuth = Type.Object(
  {
    /** Path on the host, or a whole URL. */
    url: Type.String(),
    body: Type.Union([Type.Literal('json'), Type.Literal('form')]),
    tokenField: Type.String(),
    lifetimeField: Type.String(),
    /** Names of the environment variables that hold the credentials. */
    clientId: Type.String(),
    clientSecret: Type.String(),
  },
  { additionalProperties: false },
);

/** How a token is had, for those who show it. */
export type OAuthSettings = Static<typeof FormerOAuth> &
  Partial<Pick<OAuthEntry, 'clientAuthentication' | 'scope' | 'audience'>>;

/** The credentials of a target, and what there is to show of them. */
export interface Callers {
  /** How we say who we are. Empty: we do not. */
  credentials: CredentialEntry[];
  /** The first of them that is OAuth, for those who show how a token is had. */
  oauth: OAuthSettings | undefined;
  /** The first Authorization value among them, with `{token}` for a token; empty where there is none. */
  authorization: string;
}

export function callersOf(credentials: CredentialEntry[]): Callers {
  return {
    credentials,
    oauth: credentials.find((one) => one.kind === 'oauth'),
    authorization: credentials.map(authorizationOf).find((value) => value !== undefined) ?? '',
  };
}

function authorizationOf(entry: CredentialEntry): string | undefined {
  if (entry.kind === 'fixed-header') return entry.name === 'authorization' ? entry.value : undefined;
  return 'header' in entry && entry.headerName === 'authorization' ? entry.header : undefined;
}

/** What the former members `oauth` and `authorization` of a target stand for. */
export function formerCallers(oauth: OAuthSettings | undefined, authorization: string | undefined): Callers {
  const header = authorization ?? (oauth ? 'Bearer {token}' : '');
  return { credentials: formerCredentials(oauth, authorization), oauth, authorization: header };
}

function formerCredentials(
  oauth: OAuthSettings | undefined,
  authorization: string | undefined,
): CredentialEntry[] {
  if (oauth && authorization?.includes('{token}') !== false) {
    const { url, body, tokenField, lifetimeField, clientId, clientSecret } = oauth;
    const place = authorization === undefined ? {} : { header: authorization };
    const form = { url, body, tokenField, lifetimeField, clientId, clientSecret, ...place };
    return [entryOf({ oauth: form })];
  }
  return authorization === undefined ? [] : [entryOf({ header: { value: authorization } })];
}
