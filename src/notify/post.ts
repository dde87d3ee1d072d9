// Only what asks: to load all of undici takes as long as many requests.
import ask from 'undici/lib/api/api-request.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import { codeOf, Problem } from '../problem.js';

/** One request of a notifier. It never goes to a target: those are asked through the session alone. */
export interface PostRequest {
  method: 'GET' | 'POST' | 'PATCH';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export interface Posted {
  status: number;
  /** The beginning of the body, as far as a notifier reads. */
  body: string;
}

/**
 * Sends one request. Redirects are not followed: a secret would go along.
 * @throws Problem when there is no answer; a status of any kind is an answer
 */
export type Poster = (request: PostRequest) => Promise<Posted>;

const LONGEST_MS = 30_000;
/** A page of a hundred issues with long texts. */
const LARGEST_BODY = 16 * 1024 * 1024;

export const systemPost: Poster = async ({ method, url, headers, body: sent }) => {
  const { origin, pathname, search } = new URL(url);
  const agent = new Agent({ connections: 1, connect: { timeout: LONGEST_MS } });
  try {
    const response = await ask.call(agent, {
      origin,
      path: pathname + search,
      method,
      headers: { 'user-agent': 'conform', ...headers },
      body: sent ?? null,
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    const chunks: Uint8Array[] = [];
    let size = 0;
    const body: AsyncIterable<Uint8Array> = response.body;
    for await (const chunk of body) {
      size += chunk.length;
      if (size > LARGEST_BODY) break;
      chunks.push(chunk);
    }
    return { status: response.statusCode, body: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    const { name } = error instanceof Error ? error : { name: 'error' };
    // The address may be a secret in itself.
    throw new Problem(
      'CONFORM_E_NOTIFICATION_FAILED',
      `the receiver does not answer (${codeOf(error) || name})`,
      {
        remedy: 'Check the address and the network.',
        cause: error,
      },
    );
  } finally {
    await agent.destroy();
  }
};

/** Whether what is sent to an address cannot be read on its way: encrypted, or it does not leave the machine. */
export function isPrivateWay(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:') return true;
  return protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
