import createFetchClient, { type Client } from 'openapi-fetch';
import {
  Agent,
  Request as UndiciRequest,
  fetch as undiciFetch,
  type Response as UndiciResponse,
} from 'undici';
import { systemClock, type Clock } from '../clock.js';
import { placed } from '../request/security/place.js';
import type { Credential, Place } from '../session/credentials/credential.js';
import { credentialOf } from '../session/credentials/create.js';
import {
  entryOf,
  withValues,
  type CredentialForm,
  type LoginForm,
  type OAuthForm,
  type ValuedEntry,
} from '../targets/credential-entry.js';
import { createPace } from '../session/pace.js';
import { BRIEF, waitBeforeRetry, type Tries } from '../session/patience.js';
import type { HttpRequest } from '../targets/reply.js';
import { Secrets } from '../targets/secrets.js';
import { createSender } from '../session/send.js';
import { writing, type RequestForms } from './forms.js';

export type { RequestForm, RequestForms } from './forms.js';

/**
 * One way to say who is asking: client credentials (RFC 6749, section 4.4), a token, an API key, user and password, a
 * login by an operation of the API, or a header as it is. The values themselves are in it.
 */
export type ClientCredential =
  | Exclude<CredentialForm, { login: LoginForm }>
  | { scheme?: string; login: Omit<LoginForm, 'fields'> & { fields: Record<string, string> } };

/** How to reach an API, and as whom. */
export interface ApiClientOptions {
  /** Where the paths of the contract start, for example `https://api.example.com`. */
  baseUrl: string;
  /** How the caller says who it is; all of them go with every request. Default: nothing is sent. */
  credentials?: readonly (ClientCredential | ValuedEntry)[];
  /** Short for one of the credentials that is OAuth, whose request is written as `json` by default. */
  oauth?: OAuthForm;
  /** Default: 10; `Infinity` for no limit. */
  requestsPerSecond?: number;
  /** For a whole request, in milliseconds. Default: 30,000. */
  timeoutMs?: number;
  /** What it reads the time from and waits by. Default: the clock of the machine. */
  clock?: Clock;
}

/** How to reach an API through somebody who keeps credentials, rate and time-outs. */
export interface ThroughFetch {
  baseUrl: string;
  /** Sends a request; whatever it should be sent with is its own affair. */
  fetch: (request: Request) => Promise<Response>;
  /** Closes its connections. */
  close: () => Promise<void>;
}

/** A client with typed paths, parameters, bodies and answers; see openapi-fetch for how to call it. */
export type ApiClient<Paths extends object> = Client<Paths> & {
  /** Closes the connections that are kept open. */
  close: () => Promise<void>;
};

/**
 * A typed client: writes requests as the contract says, obtains a token when it first needs one and renews it before it
 * runs out, keeps to a rate, waits where the host asks for it, and gives up after a time. What only reads is repeated where
 * the host could not answer for the moment. A request that the host refuses with 401 is repeated once with a new token when
 * it is safe to repeat. Redirects are not followed: neither a credential nor a body goes to another host.
 * With a `fetch` of the caller's own it only writes requests, and has no connections.
 * @param forms how requests are written, where that is not what OpenAPI does by itself: `generate` writes it
 */
export function createApiClient<Paths extends object>(
  options: ApiClientOptions | ThroughFetch,
  forms: RequestForms = {},
): ApiClient<Paths> {
  if ('fetch' in options) {
    const { close, ...through } = options;
    return Object.assign(writing(createFetchClient<Paths>(through), forms), { close });
  }
  const { baseUrl, timeoutMs = 30_000, clock = systemClock, requestsPerSecond = 10 } = options;
  const pace = createPace(requestsPerSecond, clock);
  const agent = new Agent({ connections: 32, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  const credentials = createCredentials(options, timeoutMs, clock);

  const send = async (request: UndiciRequest) => {
    const sent = await withCredentials(request, await credentials.values());
    await pace.turn();
    return undiciFetch(sent, { dispatcher: agent, signal: AbortSignal.timeout(timeoutMs) });
  };
  const authorised = async (request: UndiciRequest) => {
    const again = credentials.renewable && isRepeatable(request) ? request.clone() : undefined;
    const response = await send(request);
    if (response.status !== 401 || !again) return response;
    credentials.forget();
    return send(again);
  };
  const patient = async (request: UndiciRequest) => {
    const repeatable = isRepeatable(request);
    const tries = { throttled: 0, broken: 0 };
    for (let left = LONGEST_WAIT_MS; ;) {
      const again = repeatable ? request.clone() : undefined;
      const response = await authorised(request);
      const wait = restAfter(response, tries, clock);
      if (wait === undefined || wait > left) return response;
      // Who is asked to wait, and does not ask again, lets the others wait.
      if (response.status === 429) pace.pause(wait);
      if (again === undefined) return response;
      left -= wait;
      request = again;
      await response.body?.cancel();
      await clock.sleep(wait);
    }
  };

  const client = createFetchClient<Paths>({
    baseUrl,
    // The platform's Request and Response are undici's own, in another copy: alike in all that is used here.
    Request: UndiciRequest as unknown as typeof globalThis.Request,
    fetch: (request) => patient(request as unknown as UndiciRequest) as unknown as Promise<Response>,
  });
  const close = async (): Promise<void> => {
    await Promise.all([agent.close(), credentials.close()]);
  };
  return Object.assign(writing(client, forms), { close });
}

/** What one call waits for in all, before it is repeated, in milliseconds. */
const LONGEST_WAIT_MS = 30_000;

/** How long to wait before a request is repeated that the host could not answer for the moment; undefined where it is. */
function restAfter(
  { status, headers }: Pick<UndiciResponse, 'status' | 'headers'>,
  tries: Tries,
  clock: Pick<Clock, 'now'>,
): number | undefined {
  const answer = { kind: 'answer', at: clock.now(), durationMs: 0, status, body: Buffer.alloc(0) } as const;
  const reply = { ...answer, headers: [...headers], incomplete: undefined };
  return waitBeforeRetry(reply, tries, BRIEF, { clock, kind: 'operations' });
}

/** A request with the credentials at their places. It goes where it was sent: a redirect is an answer like any other. */
async function withCredentials(
  request: UndiciRequest,
  values: readonly { place: Place; value: string }[],
): Promise<UndiciRequest> {
  const { method, url, body, signal } = request;
  const { url: to, headers } = placed({ method, url, headers: Object.fromEntries(request.headers) }, values);
  const init = { headers, redirect: 'manual' } as const;
  if (to === url) return new UndiciRequest(request, init);
  const content = body === null ? {} : { body: await request.arrayBuffer() };
  return new UndiciRequest(to, { method, signal, ...content, ...init });
}

function createCredentials(
  { baseUrl, oauth, credentials = [] }: ApiClientOptions,
  timeoutMs: number,
  clock: Clock,
) {
  const forms = oauth ? [{ oauth: { body: 'json' as const, ...oauth } }, ...credentials] : credentials;
  const sender = createSender(
    { timeoutMs: { connect: timeoutMs, headers: timeoutMs, body: timeoutMs }, concurrency: 1 },
    clock,
  );
  const means = {
    baseUrl,
    secrets: new Secrets(),
    send: (request: HttpRequest, signal?: AbortSignal) => sender.send(request, signal),
    clock,
  };
  const entries = forms.map((form) => ('kind' in form ? form : withValues(entryOf(form), (value) => value)));
  const all = entries.map((entry) => credentialOf(entry, means));
  const renewable = all.filter((credential) => credential.tokenRequest() !== undefined);
  return {
    renewable: renewable.length > 0,
    values: () => Promise.all(all.map(valueOf)),
    forget: () => {
      for (const credential of renewable) credential.forget();
    },
    close: () => sender.close(),
  };
}

async function valueOf(credential: Credential): Promise<{ place: Place; value: string }> {
  const { place } = credential;
  const value = await credential.value();
  if (value !== undefined) return { place, value };
  const reply = credential.lastReply();
  if (credential.gaveUnsendable()) {
    throw new Error('the token endpoint gave a token that cannot be sent in a header');
  }
  const came = reply?.kind === 'answer' ? `status ${reply.status}` : (reply?.code ?? 'no answer');
  throw new Error(`the token endpoint gave no token: ${came}`);
}

/** A read, which changes nothing when it is sent again. */
function isRepeatable({ method }: UndiciRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}
