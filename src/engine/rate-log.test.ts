import { expect, test } from 'vitest';
import { converse } from '../drive/conversation.js';
import { systemChance } from '../chance.js';
import type { Probe } from '../probe/build.js';
import { answer, OPEN_REDACTION } from '../testing/host.js';
import { createRateLog } from './rate-log.js';

const PROBE: Probe = {
  ...{ operation: 'GET /things', role: 'operation', shown: 'https://api.shop.example/things' },
  request: { method: 'GET', url: 'https://api.shop.example/things', headers: {} },
};

test('every answer is noted, also those after which the request was repeated, and is taken once', async () => {
  const log = createRateLog();
  const { request } = PROBE;
  const refused = { request, reply: answer(429, {}, { 'retry-after': '2' }) };
  const session = {
    ask: () => Promise.resolve({ sent: true as const, request, reply: answer(200, {}), before: [refused] }),
    askForToken: () => Promise.resolve(answer(200)),
    refusalSeen: () => false,
    invalidCredentials: () => '',
    counts: () => {
      throw new Error('nobody counts here');
    },
    close: () => Promise.resolve(),
  };
  const conversation = converse(session, OPEN_REDACTION, systemChance, log.note);
  await conversation.ask(PROBE, { token: 'valid', repeatable: true });
  expect(log.take()).toMatchObject([
    { operation: 'GET /things', token: 'valid', status: 429, restMs: 2000 },
    { operation: 'GET /things', token: 'valid', status: 200, restMs: undefined },
  ]);
  expect(log.take()).toEqual([]);
});
