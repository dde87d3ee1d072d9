import type { Credentials } from '../target/credentials.js';
import type { Target } from '../target/targets.js';
import type { ApiClientOptions } from './client.js';

/** What a client needs to talk to a target of `targets.yaml`, with its rate, time-outs and form of OAuth. */
export function clientOptionsFor(
  target: Target & { baseUrl: string },
  credentials: Credentials,
): ApiClientOptions {
  const { baseUrl, oauth, requestsPerSecond, timeoutMs } = target;
  return {
    baseUrl,
    timeoutMs: timeoutMs.headers,
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
    ...(oauth === undefined ? {} : { oauth: { url: oauth.url, body: oauth.body, ...credentials } }),
  };
}
