/**
 * How a caller says who it is, in the form of `targets.yaml` and of the typed client: one kind each. What is secret is
 * in `targets.yaml` the name of an environment variable, in the options of the client the value itself.
 */
export type CredentialForm = {
  /** Its name in the contract's `securitySchemes`; without it, it is matched by its kind. */
  scheme?: string;
} & (
  | { oauth: OAuthForm }
  | { bearer: TokenPlaceForm & { token: string } }
  | { apiKey: { in: 'header' | 'query' | 'cookie'; name: string; value: string } }
  | { basic: { user: string; password: string } }
  | { login: LoginForm }
  | { header: HeaderForm }
);

/** Where a token is in a request. */
export interface TokenPlaceForm {
  /** The value of the header, with `{token}` for the token. Default: `Bearer {token}` (RFC 6750, section 2.1). */
  header?: string;
  /** Default: `authorization`. */
  headerName?: string;
}

/** The client-credentials grant (RFC 6749, section 4.4). */
export interface OAuthForm extends TokenPlaceForm {
  /** Path on the host, or a whole URL. */
  url: string;
  clientId: string;
  clientSecret: string;
  /** How the request is written. Default: `form`, as RFC 6749 has it. */
  body?: 'json' | 'form';
  /** How the client says who it is: in the body, or by HTTP Basic (RFC 6749, section 2.3.1). Default: `body`. */
  clientAuthentication?: 'body' | 'basic';
  /** Sent as it is; scopes are parted by spaces. */
  scope?: string;
  audience?: string;
  /** The member of the answer that holds the token. Default: `access_token`. */
  tokenField?: string;
  /** The member that holds its lifetime in seconds. Default: `expires_in`. */
  lifetimeField?: string;
}

/** A token that an operation of the API gives for what it is sent. */
export interface LoginForm extends TokenPlaceForm {
  /** Default: `POST`. */
  method?: 'POST' | 'PUT';
  /** Path after the address of the target, or a whole URL on the same host. */
  path: string;
  /** Default: `json`. */
  body?: 'json' | 'form';
  /** What the body holds: texts as they are, and what is secret by the name of its variable. */
  fields: Record<string, string | { env: string }>;
  /** JSON Pointer (RFC 6901) of the token in the answer. */
  tokenAt: string;
  /** How long a token is good for. Default: 3600. */
  lifetimeSeconds?: number;
}

/** A header whose value is in `targets.yaml` itself. */
export interface HeaderForm {
  /** Default: `authorization`. */
  name?: string;
  value: string;
}

/** A way to say who is asking, with every default filled in. */
export type CredentialEntry = { scheme: string | undefined } & (
  OAuthEntry | BearerEntry | ApiKeyEntry | BasicEntry | LoginEntry | FixedHeaderEntry
);

export interface TokenPlace {
  /** With `{token}` for the token. */
  header: string;
  /** In lower case. */
  headerName: string;
}
export type OAuthEntry = { kind: 'oauth' } & TokenPlace &
  Required<Omit<OAuthForm, keyof TokenPlaceForm | 'scope' | 'audience'>> & {
    scope: string | undefined;
    audience: string | undefined;
  };
export type BearerEntry = { kind: 'bearer'; token: string } & TokenPlace;
export interface ApiKeyEntry {
  kind: 'api-key';
  in: 'header' | 'query' | 'cookie';
  name: string;
  value: string;
}
export interface BasicEntry {
  kind: 'basic';
  user: string;
  password: string;
}
export type LoginEntry = { kind: 'login' } & TokenPlace & Required<Omit<LoginForm, keyof TokenPlaceForm>>;
export interface FixedHeaderEntry {
  kind: 'fixed-header';
  name: string;
  value: string;
}

/** Fills in what a form leaves out. */
export function entryOf(form: CredentialForm): CredentialEntry {
  const { scheme } = form;
  if ('oauth' in form) {
    const { oauth } = form;
    return {
      ...{ kind: 'oauth', scheme, ...tokenPlaceOf(oauth) },
      ...{ url: oauth.url, clientId: oauth.clientId, clientSecret: oauth.clientSecret },
      body: oauth.body ?? 'form',
      clientAuthentication: oauth.clientAuthentication ?? 'body',
      scope: oauth.scope,
      audience: oauth.audience,
      tokenField: oauth.tokenField ?? 'access_token',
      lifetimeField: oauth.lifetimeField ?? 'expires_in',
    };
  }
  if ('bearer' in form) {
    return { kind: 'bearer', scheme, token: form.bearer.token, ...tokenPlaceOf(form.bearer) };
  }
  if ('apiKey' in form) {
    const { in: place, name, value } = form.apiKey;
    return { kind: 'api-key', scheme, in: place, name: nameAt(place, name), value };
  }
  if ('basic' in form) {
    return { kind: 'basic', scheme, user: form.basic.user, password: form.basic.password };
  }
  if ('login' in form) {
    const { path, fields, tokenAt, method = 'POST', body = 'json', lifetimeSeconds = 3600 } = form.login;
    const place = tokenPlaceOf(form.login);
    return { kind: 'login', scheme, ...place, method, path, body, fields, tokenAt, lifetimeSeconds };
  }
  const { name = 'authorization', value } = form.header;
  return { kind: 'fixed-header', scheme, name: name.toLowerCase(), value };
}

function tokenPlaceOf({
  header = 'Bearer {token}',
  headerName = 'authorization',
}: TokenPlaceForm): TokenPlace {
  return { header, headerName: headerName.toLowerCase() };
}

/** Names of headers are written in lower case: they are alike in any (RFC 9110, section 5.1). */
function nameAt(place: 'header' | 'query' | 'cookie', name: string): string {
  return place === 'header' ? name.toLowerCase() : name;
}

/** An entry in which the values themselves are where `targets.yaml` has the names of variables. */
export type ValuedEntry = { scheme: string | undefined } & (
  OAuthEntry | BearerEntry | ApiKeyEntry | BasicEntry | ValuedLogin | FixedHeaderEntry
);
export type ValuedLogin = Omit<LoginEntry, 'fields'> & { fields: Record<string, string> };

/** Puts values in the place of the names of variables. */
export function withValues(entry: CredentialEntry, valueOf: (variable: string) => string): ValuedEntry {
  switch (entry.kind) {
    case 'oauth':
      return { ...entry, clientId: valueOf(entry.clientId), clientSecret: valueOf(entry.clientSecret) };
    case 'bearer':
      return { ...entry, token: valueOf(entry.token) };
    case 'api-key':
      return { ...entry, value: valueOf(entry.value) };
    case 'basic':
      return { ...entry, user: valueOf(entry.user), password: valueOf(entry.password) };
    case 'login': {
      const fields = Object.entries(entry.fields).map(([name, field]) => [
        name,
        typeof field === 'string' ? field : valueOf(field.env),
      ]);
      return { ...entry, fields: Object.fromEntries(fields) as Record<string, string> };
    }
    case 'fixed-header':
      return entry;
  }
}

/** The names of the variables that hold what is secret in an entry of `targets.yaml`. */
export function variablesOf(entry: CredentialEntry): string[] {
  switch (entry.kind) {
    case 'oauth':
      return [entry.clientId, entry.clientSecret];
    case 'bearer':
      return [entry.token];
    case 'api-key':
      return [entry.value];
    case 'basic':
      return [entry.user, entry.password];
    case 'login':
      return Object.values(entry.fields).flatMap((field) => (typeof field === 'string' ? [] : [field.env]));
    case 'fixed-header':
      return [];
  }
}
