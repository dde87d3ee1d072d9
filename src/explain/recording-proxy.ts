import type { Again, PastedFailure } from './paste.js';

/**
 * What the tool that has recorded the traffic says in an answer of its own where it did not reach the host; undefined where
 * the answer is that of the host.
 * @param status of the answer
 */
export function failureOfTool(
  status: number,
  body: Buffer | undefined,
  again: Again,
): PastedFailure | undefined {
  if (status < 500 || body === undefined) return undefined;
  return again(body.toString().slice(0, 2_000))
    .map(({ reply }) => reply)
    .filter((reply) => reply.kind === 'failure')
    .find(({ client }) => client === RECORDING_PROXY);
}

const RECORDING_PROXY = 'a recording proxy';
