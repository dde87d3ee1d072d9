import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIES, LIE_NAMES, startLyingServer, type LieName } from '../testing/lying-server.js';
import type { Reply } from './reply.js';
import { createSender, LARGEST_BODY, type Sender } from './send.js';

const TIMEOUTS = { connect: 300, headers: 300, body: 300 };

let server: Awaited<ReturnType<typeof startLyingServer>>;
let sender: Sender;
beforeAll(async () => {
  server = await startLyingServer();
  sender = createSender({ timeoutMs: TIMEOUTS, concurrency: 4 });
});
afterAll(async () => {
  await sender.close();
  await server[Symbol.asyncDispose]();
});

const ask = (path: string, signal?: AbortSignal) =>
  sender.send({ method: 'GET', url: server.url + path, headers: {} }, signal);

/** A reply in one line: status and damage, or error code. */
function brief(reply: Reply): string {
  if (reply.kind === 'silence') return reply.code;
  return reply.incomplete === undefined ? String(reply.status) : `${reply.status}, ${reply.incomplete}`;
}

const TOLD: Record<LieName, RegExp> = {
  'cut-before-answer': /^(UND_ERR_SOCKET|ECONNRESET)$/,
};

describe('the sender, asking a server that lies', () => {
  for (const name of LIE_NAMES) {
    test(`comes back with a reply: ${name}`, async () => {
      const reply = await ask(`/lies/${name}`);
      expect(brief(reply)).toMatch(TOLD[name]);
      if (reply.kind === 'answer') expect(reply.body.length).toBeLessThanOrEqual(LARGEST_BODY);
    });
  }
});
