import createFetchClient, { type Client } from 'openapi-fetch';
import { Agent, Request as UndiciRequest, fetch as undiciFetch } from 'undici';
import { systemClock, type Clock } from '../clock.js';
import { createPace } from '../target/pace.js';
import { Secrets } from '../target/secrets.js';
import { createSender } from '../target/send.js';
import { createTokenSource } from '../target/token.js';

/** How to reach an API, and as whom. */
export interface ApiClientOptions {
  /** Where the paths of the contract start, for example `https://api.example.com`. */
  baseUrl: string;
  /**
   * Where the token comes from (RFC 6749, section 4.4): a path on the host or a whole URL, and the client
   * credentials. Without it no token is sent. `body` is how the request is written; default: `json`.
   */
  oauth?: { url: string; clientId: string; clientSecret: string; body?: 'json' | 'form' };
  /** Default: no limit. */
  requestsPerSecond?: number;
  /** For a whole request, in milliseconds. Default: 30,000. */
  timeoutMs?: number;
  /** What it reads the time from and waits by. Default: the clock of the machine. */
  clock?: Clock;
}

/** A client with typed paths, parameters, bodies and answers; see openapi-fetch for how to call it. */
export type ApiClient<Paths extends object> = Client<Paths> & {
  /** Closes the connections that are kept open. */
  close: () => Promise<void>;
};

/**
 * A typed client: obtains a token when it first needs one and renews it before it runs out, keeps to a rate,
 * and gives up after a time. A request that the host refuses with 401 is repeated once with a new token when
 * it is safe to repeat.
 */
export function createApiClient<Paths extends object>(options: ApiClientOptions): ApiClient<Paths> {
  const { baseUrl, oauth, timeoutMs = 30_000, clock = systemClock } = options;
  const pace = createPace(options.requestsPerSecond, clock);
  const agent = new Agent({ connections: 32, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  const tokens = oauth && createTokens(baseUrl, oauth, timeoutMs, clock);

  const send = async (request: UndiciRequest, token: string | undefined) => {
    const headers = new Headers([...request.headers]);
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    await pace.turn();
    return undiciFetch(new UndiciRequest(request, { headers: [...headers] }), {
      dispatcher: agent,
      signal: AbortSignal.timeout(timeoutMs),
    });
  };
  const authorised = async (request: UndiciRequest) => {
    if (!tokens) return send(request, undefined);
    const repeatable = request.method === 'GET' || request.method === 'HEAD';
    const again = repeatable ? request.clone() : undefined;
    const response = await send(request, await tokens.get());
    if (response.status !== 401 || !again) return response;
    tokens.forget();
    return send(again, await tokens.get());
  };

  const client = createFetchClient<Paths>({
    baseUrl,
    // The platform's Request and Response are undici's own, in another copy: alike in all that is used here.
    Request: UndiciRequest as unknown as typeof globalThis.Request,
    fetch: (request) => authorised(request as unknown as UndiciRequest) as unknown as Promise<Response>,
  });
  const close = async (): Promise<void> => {
    await Promise.all([agent.close(), tokens?.close()]);
  };
  return Object.assign(client, { close });
}

function createTokens(
  baseUrl: string,
  oauth: NonNullable<ApiClientOptions['oauth']>,
  timeoutMs: number,
  clock: Clock,
) {
  const timeouts = { connect: timeoutMs, headers: timeoutMs, body: timeoutMs };
  const sender = createSender({ timeoutMs: timeouts, concurrency: 1 }, clock);
  const fields = { tokenField: 'access_token', lifetimeField: 'expires_in' };
  const source = createTokenSource({
    target: { baseUrl, oauth: { url: oauth.url, body: oauth.body ?? 'json', ...fields } },
    credentials: oauth,
    secrets: new Secrets(),
    send: (request, signal) => sender.send(request, signal),
    clock,
  });
  return {
    get: async (): Promise<string> => {
      const token = await source.get();
      if (token !== undefined) return token;
      const reply = source.lastReply();
      const came = reply?.kind === 'answer' ? `status ${reply.status}` : (reply?.code ?? 'no answer');
      throw new Error(`no token could be had from the token endpoint: ${came}`);
    },
    forget: () => {
      source.forget();
    },
    close: () => sender.close(),
  };
}
