import type { ValuedEntry } from '../target/credential-entry.js';
import type { Target } from '../target/targets.js';
import type { ApiClientOptions } from './client.js';

/** What a client needs to talk to a target of `targets.yaml`, with its rate, time-outs and credentials. */
export function clientOptionsFor(
  target: Target & { baseUrl: string },
  credentials: readonly ValuedEntry[],
): ApiClientOptions {
  const { baseUrl, requestsPerSecond, timeoutMs } = target;
  return {
    baseUrl,
    timeoutMs: timeoutMs.headers,
    credentials,
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
  };
}
