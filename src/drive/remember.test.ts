import { expect, test } from 'vitest';
import { answer, converseWith, silence } from '../testing/host.js';
import { remembering } from './remember.js';

const probeOf = (path: string) => ({
  ...{ operation: 'GET /boats', role: 'operation' as const, shown: path },
  request: { method: 'GET', url: `https://api.shop.example${path}`, headers: {} },
});

test('remembers what is wanted of what came, and how it was asked for', async () => {
  const host = ({ path }: { path: string }) =>
    path === '/none' ? silence('ECONNRESET') : answer(path === '/away' ? 302 : 200);
  const conversation = remembering(converseWith(host), ({ reply }) => reply.status !== 200);
  for (const path of ['/boats', '/away', '/none'])
    await conversation.ask(probeOf(path), { token: 'none', repeatable: true });
  expect(conversation.past().map(({ reply, token, probe }) => [reply.status, token, probe.shown])).toEqual([
    [302, 'none', '/away'],
  ]);
});

test('of one status no more than some', async () => {
  const conversation = remembering(
    converseWith(() => answer(429)),
    () => true,
  );
  for (let asked = 0; asked < 30; asked += 1)
    await conversation.ask(probeOf('/boats'), { token: 'none', repeatable: true });
  expect(conversation.past()).toHaveLength(20);
});
