import { expect, test } from 'vitest';
import { systemChance } from '../chance.js';
import { createPseudonyms } from '../exchange/pseudonyms.js';
import { createAbsentIds } from '../session/absent-ids.js';
import type { Answer } from '../targets/reply.js';
import { answer, contractOf, converseWith, type Sent } from '../testing/host.js';
import { noToken } from './auth/no-token.js';
import type { Check } from './check.js';
import { driveChecks } from './drive-checks.js';
import { gzipSame } from './http/gzip-same.js';
import { listEqualsRead } from './read/list-equals-read.js';
import { subjectOf } from './subject.js';

/** What is found, and what is asked, where the list of boats is checked as a run does it: twice. */
async function checkBoats(checks: readonly Check[], host: (sent: Sent) => Answer) {
  const contract = contractOf('/boats: { get: {} }\n/boats/{id}: { get: {} }');
  const [operation] = contract.operations;
  if (!operation) throw new Error('there is no operation');
  const conversation = converseWith(host);
  const url = 'https://api.shop.example/boats';
  const request = { method: 'GET', url, headers: {} };
  const probe = { operation: operation.id, role: 'operation' as const, shown: url, request };
  const own = await conversation.ask(probe, { token: 'valid', repeatable: true });
  if ('withheld' in own || own.reply.kind !== 'answer') throw new Error('the host did not answer');
  const shared = {
    ...{ contract, takesCredentials: () => true, whyNotAs: () => 'nobody has named one' },
    ...{ absent: createAbsentIds(systemChance), chance: systemChance, pseudonyms: createPseudonyms() },
  };
  const subject = subjectOf({ operation, probe, token: 'valid' }, { ...own, reply: own.reply }, shared);
  conversation.sent.length = 0;
  const clock = { sleep: () => Promise.resolve() };
  const { signal } = new AbortController();
  const checked = (await driveChecks([subject], checks, { conversation, clock, signal, concurrency: 1 })).get(
    operation.id,
  );
  return {
    findings: checked?.findings.map(({ code, severity }) => `${code}: ${severity}`),
    results: checked?.results.map(({ result }) => result),
    calls: conversation.calls(),
  };
}

test('of a promise of the contract, a code can be no more than a warning', async () => {
  const broken = (without: Answer) =>
    checkBoats([noToken], ({ token }) => (token === 'none' ? without : answer(200, [])));
  expect([(await broken(answer(500))).findings, (await broken(answer(200, []))).findings]).toEqual([
    ['fails: warning'],
    ['let-in: error'],
  ]);
});

test('what is wanted fresh is asked again in both rounds', async () => {
  const { findings, calls } = await checkBoats([listEqualsRead], ({ path }) =>
    answer(200, path === '/boats' ? [{ id: 5, name: 'a' }] : { id: 5, name: 'b' }),
  );
  expect(findings).toEqual(['other-value: warning']);
  expect(calls).toEqual([...['GET /boats/5', 'GET /boats'], ...['GET /boats', 'GET /boats/5', 'GET /boats']]);
});

test('what changes with every answer is not found to differ when it is packed', async () => {
  let asked = 0;
  const { results } = await checkBoats([gzipSame], ({ headers }) => {
    asked += 1;
    return answer(200, [asked], headers['accept-encoding'] === 'gzip' ? { 'content-encoding': 'gzip' } : {});
  });
  expect(results).toEqual(['inconclusive']);
});
