import { isObject, type JsonObject } from '../../json.js';
import { valueAt, type Incoming } from './incoming.js';

/** A place in a request where the host looks for a credential. */
export interface Place {
  in: 'header' | 'query' | 'cookie';
  name: string;
  /** Whether this value is a good one. */
  accepts: (value: string) => boolean;
  /** An API key, and not a token. */
  key: boolean;
}

/** One way to be known to a host: what it is called there, what the target says of it, and what the host wants. */
export interface Credential {
  places: readonly Place[];
  /** What the entry in `targets.yaml` says of it. */
  target: JsonObject;
  /** The security schemes of the contract that it satisfies, all of them together. */
  schemes: JsonObject;
  /** Variables of the environment. */
  env: Record<string, string>;
  /** Parameters that the contract has for it, where it describes no scheme, and their samples. */
  parameter?: { in: 'header' | 'query'; name: string; variable: string };
  /** All that may never be seen by anybody else, and never in a write that is to be harmless. */
  secrets: () => readonly string[];
  /** The endpoint for tokens: its path, and what it answers. */
  token?: { path: string; answer: (incoming: Incoming) => { status: number; body: JsonObject } };
}

/** The kinds that the former form of `targets.yaml` describes: `oauth` and `authorization`. */
export const KINDS_OF_THE_FORMER_FORM = [
  'oauth-json',
  'oauth-form',
  'static',
  'key-in-header-sample',
  'key-in-query-sample',
  'static-and-key-sample',
] as const;

/** The kinds that the list `credentials` describes. */
export const KINDS_OF_THE_LIST = [
  'oauth json body',
  'oauth json basic',
  'oauth form body',
  'oauth form basic',
  'bearer',
  'apiKey header',
  'apiKey query',
  'apiKey cookie',
  'basic',
  'header',
  'login json',
  'login form',
  'bearer and apiKey',
  'oauth and apiKey',
] as const;

/** Every kind, in either form. */
export const CREDENTIAL_KINDS = [...KINDS_OF_THE_FORMER_FORM, ...KINDS_OF_THE_LIST];
export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];

const CLIENT_ID = 'client-id-for-tests';
const CLIENT_SECRET = 'client-secret-for-tests';
const STATIC_TOKEN = 'static-token-for-tests';
const API_KEY = 'api-key-for-tests';
const USERNAME = 'username-for-tests';
const PASSWORD = 'password-for-tests';

const ENV = {
  EGRESS_CLIENT_ID: CLIENT_ID,
  EGRESS_CLIENT_SECRET: CLIENT_SECRET,
  EGRESS_TOKEN: STATIC_TOKEN,
  EGRESS_KEY: API_KEY,
  EGRESS_USERNAME: USERNAME,
  EGRESS_PASSWORD: PASSWORD,
};

/** A credential of a kind, with a host's memory of the tokens that it has given out. */
export function credentialOf(kind: CredentialKind): Credential {
  switch (kind) {
    case 'oauth-json':
    case 'oauth-form':
      return ofTheFormerForm(kind === 'oauth-json' ? 'json' : 'form');
    case 'static':
      return { ...staticToken(), target: { authorization: `Bearer ${STATIC_TOKEN}` } };
    case 'key-in-header-sample':
    case 'key-in-query-sample': {
      const place = kind === 'key-in-header-sample' ? 'header' : 'query';
      return { ...keySample(place), target: { authorization: 'Bearer nobody-looks-at-this' } };
    }
    case 'static-and-key-sample': {
      const both = together(staticToken(), keySample('header'));
      return { ...both, target: { authorization: `Bearer ${STATIC_TOKEN}` } };
    }
    case 'oauth json body':
    case 'oauth json basic':
    case 'oauth form body':
    case 'oauth form basic':
      return listed(
        oauth(kind.includes('json') ? 'json' : 'form', kind.includes('basic') ? 'basic' : 'body'),
      );
    case 'bearer':
      return listed(bearer());
    case 'apiKey header':
      return listed(apiKey('header'));
    case 'apiKey query':
      return listed(apiKey('query'));
    case 'apiKey cookie':
      return listed(apiKey('cookie'));
    case 'basic':
      return listed(basic());
    case 'header':
      return listed({ part: bearer().part, entry: { header: { value: `Bearer ${STATIC_TOKEN}` } } });
    case 'login json':
    case 'login form':
      return listed(login(kind === 'login json' ? 'json' : 'form'));
    case 'bearer and apiKey':
      return listed(named(bearer(), 'bearer'), named(apiKey('header'), 'key'));
    case 'oauth and apiKey':
      return listed(named(oauth('json', 'body'), 'oauth'), named(apiKey('query'), 'key'));
  }
}

/** Whether the target's entry has the list `credentials`. */
export function isOfTheList(kind: CredentialKind): boolean {
  return KINDS_OF_THE_LIST.some((candidate) => candidate === kind);
}

const READER_TOKEN = 'reader-token-for-tests';
const STRANGER = 'stranger-for-tests';
const STRANGER_PASSWORD = 'stranger-password-for-tests';
const FORMER_KEY = 'former-key-for-tests';

/** The same credential on a target that knows other callers too. Nothing is asked in their name. */
export function withIdentities(credential: Credential): Credential {
  const encoded = Buffer.from(`${STRANGER}:${STRANGER_PASSWORD}`).toString('base64');
  return {
    ...credential,
    env: {
      ...credential.env,
      EGRESS_READER: READER_TOKEN,
      EGRESS_STRANGER: STRANGER,
      EGRESS_STRANGER_PASSWORD: STRANGER_PASSWORD,
      EGRESS_FORMER_KEY: FORMER_KEY,
    },
    target: {
      ...credential.target,
      identities: {
        reader: [{ bearer: { token: 'EGRESS_READER' } }],
        other: [{ basic: { user: 'EGRESS_STRANGER', password: 'EGRESS_STRANGER_PASSWORD' } }],
        expired: [{ apiKey: { in: 'header', name: 'X-API-Key', value: 'EGRESS_FORMER_KEY' } }],
      },
    },
    secrets: () => [...credential.secrets(), READER_TOKEN, STRANGER_PASSWORD, encoded, FORMER_KEY],
  };
}

type Part = Omit<Credential, 'target' | 'env'>;
/** A part, and its entry in the list `credentials`. */
interface Entry {
  part: Part;
  entry: JsonObject;
}

function ofTheFormerForm(body: 'json' | 'form'): Credential {
  return {
    ...oauth(body, 'body').part,
    env: ENV,
    target: {
      oauth: {
        url: '/oauth/token',
        body,
        tokenField: 'access_token',
        lifetimeField: 'expires_in',
        clientId: 'EGRESS_CLIENT_ID',
        clientSecret: 'EGRESS_CLIENT_SECRET',
      },
      authorization: 'Bearer {token}',
    },
  };
}

function staticToken(): Credential {
  return { ...bearer().part, env: ENV, target: {} };
}

function keySample(place: 'header' | 'query'): Credential {
  const name = place === 'header' ? 'X-API-Key' : 'api_key';
  return {
    places: [{ in: place, name, accepts: (value) => value === API_KEY, key: true }],
    schemes: {},
    secrets: () => [API_KEY],
    parameter: { in: place, name, variable: 'EGRESS_KEY' },
    env: ENV,
    target: {},
  };
}

function listed(...entries: readonly Entry[]): Credential {
  const [first, ...others] = entries.map(({ part }): Credential => ({ ...part, env: ENV, target: {} }));
  if (first === undefined) throw new Error('there is no credential');
  return { ...others.reduce(together, first), target: { credentials: entries.map(({ entry }) => entry) } };
}

function together(one: Credential, other: Credential): Credential {
  const parameter = one.parameter ?? other.parameter;
  const token = one.token ?? other.token;
  return {
    places: [...one.places, ...other.places],
    schemes: { ...one.schemes, ...other.schemes },
    secrets: () => [...one.secrets(), ...other.secrets()],
    env: ENV,
    target: {},
    ...(parameter === undefined ? {} : { parameter }),
    ...(token === undefined ? {} : { token }),
  };
}

function named({ part, entry }: Entry, scheme: string): Entry {
  return { part, entry: { ...entry, scheme } };
}

function bearer(): Entry {
  return {
    entry: { bearer: { token: 'EGRESS_TOKEN' } },
    part: {
      places: [bearerPlace((token) => token === STATIC_TOKEN)],
      schemes: { bearer: { type: 'http', scheme: 'bearer' } },
      secrets: () => [STATIC_TOKEN],
    },
  };
}

/** The Authorization header, with a word before the token. */
function bearerPlace(isGood: (token: string) => boolean, word = 'bearer'): Place {
  return {
    in: 'header',
    name: 'authorization',
    accepts: (value) => {
      const [first, token] = value.split(/ +/);
      return first?.toLowerCase() === word && token !== undefined && isGood(token);
    },
    key: false,
  };
}

function apiKey(place: Place['in']): Entry {
  const name = { header: 'X-API-Key', query: 'api_key', cookie: 'api_key' }[place];
  return {
    entry: { apiKey: { in: place, name, value: 'EGRESS_KEY' } },
    part: {
      places: [{ in: place, name, accepts: (value) => value === API_KEY, key: true }],
      schemes: { key: { type: 'apiKey', in: place, name } },
      secrets: () => [API_KEY],
    },
  };
}

function basic(): Entry {
  const encoded = Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64');
  return {
    entry: { basic: { user: 'EGRESS_USERNAME', password: 'EGRESS_PASSWORD' } },
    part: {
      places: [
        {
          in: 'header',
          name: 'authorization',
          accepts: (value) => value.replace(/^basic +/i, '') === encoded,
          key: false,
        },
      ],
      schemes: { basic: { type: 'http', scheme: 'basic' } },
      secrets: () => [PASSWORD, encoded],
    },
  };
}

function oauth(body: 'json' | 'form', client: 'body' | 'basic'): Entry {
  const issued = issuer('access');
  // One kind has names of its own for everything that can be named.
  const own = body === 'json' && client === 'basic';
  const encoded = Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64');
  const isClient = (incoming: Incoming): boolean => {
    if (client === 'basic') return valueAt(incoming, AUTHORIZATION)?.replace(/^basic +/i, '') === encoded;
    const fields = fieldsOf(incoming.body, body);
    return fields['client_id'] === CLIENT_ID && fields['client_secret'] === CLIENT_SECRET;
  };
  return {
    entry: {
      oauth: {
        url: '/oauth/token',
        body,
        clientAuthentication: client,
        ...(client === 'basic' ? { scope: 'items:read items:write', audience: 'https://api.example' } : {}),
        ...(own ? { tokenField: 'auth_token', lifetimeField: 'lifetime', header: 'Token {token}' } : {}),
        clientId: 'EGRESS_CLIENT_ID',
        clientSecret: 'EGRESS_CLIENT_SECRET',
      },
    },
    part: {
      places: [bearerPlace(issued.has, own ? 'token' : 'bearer')],
      schemes: {
        oauth: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: 'https://api.example/oauth/token', scopes: {} } },
        },
      },
      secrets: () => [CLIENT_SECRET, encoded, ...issued.all()],
      token: {
        path: 'oauth/token',
        answer: (incoming) =>
          isClient(incoming)
            ? {
                status: 200,
                body: own
                  ? { auth_token: issued.next(), lifetime: 3599 }
                  : { access_token: issued.next(), token_type: 'Bearer', expires_in: 3599 },
              }
            : { status: 401, body: { error: 'invalid_client' } },
      },
    },
  };
}

function login(body: 'json' | 'form'): Entry {
  const issued = issuer('session');
  return {
    entry: {
      login: {
        method: 'POST',
        path: '/login',
        body,
        fields: {
          username: { env: 'EGRESS_USERNAME' },
          password: { env: 'EGRESS_PASSWORD' },
          realm: 'tests',
        },
        tokenAt: '/data/token',
      },
    },
    part: {
      places: [bearerPlace(issued.has)],
      schemes: { session: { type: 'http', scheme: 'bearer' } },
      secrets: () => [PASSWORD, ...issued.all()],
      token: {
        path: 'login',
        answer: (incoming) => {
          const fields = fieldsOf(incoming.body, body);
          const known = fields['username'] === USERNAME && fields['password'] === PASSWORD;
          return known
            ? { status: 200, body: { data: { token: issued.next() } } }
            : { status: 401, body: { message: 'Unauthorized' } };
        },
      },
    },
  };
}

const AUTHORIZATION = { in: 'header', name: 'authorization' } as const;

/** Gives out tokens, and knows them again. */
function issuer(name: string) {
  const issued: string[] = [];
  return {
    next: (): string => {
      const token = `${name}-token-${issued.length + 1}-for-tests`;
      issued.push(token);
      return token;
    },
    has: (token: string): boolean => issued.includes(token),
    all: (): readonly string[] => issued,
  };
}

function fieldsOf(text: string, body: 'json' | 'form'): JsonObject {
  if (body === 'form') return Object.fromEntries(new URLSearchParams(text));
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
