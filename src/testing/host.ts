import { parse } from 'yaml';
import type { Contract } from '../contract/contract.js';
import { operationsOf } from '../contract/operations.js';
import { isSilentAboutSecurity } from '../contract/security.js';
import { contractServers } from '../contract/servers.js';
import { createValidator, type Validator } from '../contract/schema/validator.js';
import type { Exchange } from '../exchange/exchange.js';
import { createAnswerDigest } from '../exchange/answer-digest.js';
import { record, type Redaction } from '../exchange/record.js';
import { createTextKeeper } from '../exchange/texts.js';
import { isObject, type Json, type JsonObject } from '../json.js';
import type { Role } from '../probe/build.js';
import type { AskOptions, Conversation } from '../drive/conversation.js';
import { redirectOf } from '../drive/redirect.js';
import type { SeenReply } from '../drive/seen.js';
import { requestText, type Answer, type BodyDamage, type NoAnswer } from '../targets/reply.js';
import { formerCallers } from '../targets/callers.js';
import type { Target } from '../targets/targets.js';
import type { Identity } from '../session/effect.js';

/**
 * A contract with these paths, without a file.
 * @param paths the Paths Object (OpenAPI 3.0.3, section 4.7.8) in YAML; path parameters need not be declared
 * @param security of all operations, in YAML
 * @param servers of all operations, in YAML
 */
export function contractOf(paths: string, security = '[{ bearer: [] }]', servers = '[]'): Contract {
  const key = `${security}\n${servers}\n${paths}`;
  const contract = contracts.get(key) ?? makeContract(paths, security, servers);
  contracts.set(key, contract);
  return contract;
}

/** To compile schemas takes longer than all else that most tests do, so each contract is made once. */
const contracts = new Map<string, Contract>();

function makeContract(paths: string, security: string, servers: string): Contract {
  const items = parse(paths) as JsonObject;
  for (const [path, item] of Object.entries(items)) {
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
    if (!isObject(item)) continue;
    item['parameters'] = names.map((name) => ({ name, in: 'path', schema: { type: 'string' } }));
  }
  const document: JsonObject = {
    openapi: '3.0.3',
    info: { title: 'Shop', version: '7' },
    servers: parse(servers) as Json,
    security: parse(security) as Json,
    paths: items,
  };
  let forAnswers: Validator | undefined;
  let forRequests: Validator | undefined;
  return {
    title: 'Shop',
    version: '7',
    file: 'openapi.yaml',
    sha256: '0'.repeat(64),
    dialect: '3.0',
    document,
    operations: operationsOf(document),
    servers: contractServers(document),
    silentAboutSecurity: isSilentAboutSecurity(document),
    repairs: [],
    validators: {
      get answer() {
        return (forAnswers ??= createValidator(document, '3.0', 'answer'));
      },
      get request() {
        return (forRequests ??= createValidator(document, '3.0', 'request'));
      },
    },
    locate: () => ({ file: 'openapi.yaml' }),
  };
}

/** The token endpoint of an invented vendor, as a target names it. */
export const OAUTH = {
  url: '/token',
  body: 'json',
  tokenField: 'access_token',
  lifetimeField: 'expires_in',
  clientId: 'SHOP_ID',
  clientSecret: 'SHOP_SECRET',
} as const;

/** A live target; what is not given is that of one that allows everything. */
export function targetOf(given: Partial<Target> = {}): Target & { baseUrl: string } {
  return {
    name: 'live',
    about: 'an invented host',
    standing: 'assumed',
    retired: undefined,
    serve: undefined,
    stack: undefined,
    otherHost: undefined,
    ...formerCallers(given.oauth, given.authorization ?? 'Bearer {token}'),
    identities: { reader: undefined, other: undefined, expired: undefined },
    guarded: [],
    servers: new Map(),
    unsecuredContract: 'send',
    environment: {},
    requestsPerSecond: undefined,
    concurrency: 1,
    timeoutMs: { connect: 1000, headers: 1000, body: 1000 },
    writes: { default: 'full', most: 'full', unlocked: 'full' },
    ...given,
    baseUrl: given.baseUrl ?? 'https://api.shop.example',
  };
}

/** An answer of a host. A body that is no text is sent as JSON. */
export function answer(
  status: number,
  body?: Json,
  headers: Record<string, string> = {},
  incomplete?: BodyDamage,
): Answer {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const type = body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' };
  return {
    kind: 'answer',
    at: new Date(0),
    durationMs: 1,
    status,
    headers: Object.entries({ ...type, ...headers }),
    body: Buffer.from(text),
    incomplete,
  };
}

/** That no answer came, with the error code of Node or undici. */
export function silence(code: string, phase: NoAnswer['phase'] = 'send'): NoAnswer {
  return { kind: 'no-answer', at: new Date(0), durationMs: 1, code, phase };
}

/** A redaction that knows every name and no error text. */
export const OPEN_REDACTION: Redaction = {
  texts: createTextKeeper([]),
  isKnownName: () => true,
  isSecret: () => false,
};

/** One request as a conversation was asked to send it. */
export interface Sent {
  /** The operation that it is said to be one of, where it did not come over a socket. */
  operation?: string;
  method: string;
  url: string;
  /** Path and query. */
  path: string;
  body: string | undefined;
  headers: Record<string, string>;
  token: Identity;
  /** Whether the scheme of the credentials is written in small letters. */
  smallScheme: boolean;
  repeatable: boolean;
  evenWhenStopped: boolean;
  /** What it is sent for, where that is said. */
  kind: AskOptions['kind'];
  role: Role;
  purpose: string | undefined;
  shown: string;
}

/** A conversation with a host that is no more than a function, and all that it was asked to send. */
export function converseWith(
  host: (sent: Sent) => Answer | NoAnswer,
): Conversation & { sent: Sent[]; calls: () => string[] } {
  const sent: Sent[] = [];
  const digestOf = createAnswerDigest('of a test');
  return {
    sent,
    calls: () => sent.map(({ method, path }) => `${method} ${path}`),
    ask: (
      probe,
      { token, repeatable, kind, authorization: own, smallScheme = false, evenWhenStopped = false },
    ) => {
      const { method, url } = probe.request;
      const body = requestText(probe.request);
      const headers =
        own === undefined ? probe.request.headers : { ...probe.request.headers, authorization: own };
      const { pathname, search } = new URL(url);
      const { operation, role, purpose, shown } = probe;
      const path = pathname + search;
      const call = {
        operation,
        method,
        url,
        path,
        body,
        headers,
        token,
        smallScheme,
        repeatable,
        evenWhenStopped,
        kind,
        role,
        purpose,
        shown,
      };
      sent.push(call);
      const reply = host(call);
      const authorization = token === 'none' ? {} : { authorization: `Bearer ${token}` };
      const request = { ...probe.request, headers: { ...headers, ...authorization } };
      return Promise.resolve({
        probe,
        reply,
        exchange: record({ ...probe, request }, reply, OPEN_REDACTION),
        digest: digestOf(request, reply),
        redirect: redirectOf(request, reply),
        before: [],
      });
    },
    close: () => Promise.resolve(),
  };
}

/** An exchange as a run keeps it; what is not given is that of a success. */
export function exchangeOf(given: Partial<Exchange> = {}): Exchange {
  return {
    at: '2026-02-26T17:40:00.123Z',
    role: 'operation',
    method: 'GET',
    url: 'https://api.shop.example/things/',
    requestHeaders: ['accept', 'authorization'],
    status: 200,
    responseHeaders: {},
    bodyShape: 'empty',
    fingerprint: 'of-a-success',
    durationMs: 2,
    curl: 'curl -i "$BASE_URL/things/"',
    ...given,
  };
}

/** The body of a write, as an operation of `contractOf` has it: the contract forbids one without a name. */
export const BODY =
  'requestBody: { content: { application/json: { schema: { type: object, required: [name] } } } }';

/** A collection whose things can be created, changed and removed, and one of things that nobody can remove. */
export const THINGS = `
/things/:
  get: {}
  post: { ${BODY} }
/things/{id}/:
  get: {}
  put: { ${BODY} }
  delete: {}
/things/{thing_id}/notes/:
  post: { ${BODY} }
/orders/:
  get: {}
  post: { ${BODY} }
`;

/** The same, where one order has a path of its own: then it is known that a POST adds one. */
export const THINGS_AND_ORDERS = `${THINGS}/orders/{order_id}/: { get: {} }\n`;

/** An exchange as it is seen while a run lasts: like another one where their fingerprints are the same. */
export function seenOf(exchange: Exchange, given: Partial<SeenReply> = {}): SeenReply {
  const { fingerprint } = exchange;
  const reply = answer(exchange.status ?? 200);
  return {
    ...{ exchange, digest: { exact: fingerprint, loose: fingerprint }, redirect: undefined, reply },
    ...given,
  };
}
