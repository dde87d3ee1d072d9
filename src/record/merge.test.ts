import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NOTHING } from '../session/budget.js';
import { conform, temporaryFolder } from '../testing/conform.js';
import { recorded } from '../testing/recorded.js';
import { askedAgain, begunAt, night, withOperation, withOperations, writeRuns } from '../testing/vary.js';
import type { Run } from './run.js';
import { readRun } from './store.js';

/** The mock, as two shards begun one after the other would have asked it. */
const uncut = await recorded('mock');
const shards = [0, 1].map((part) =>
  withOperations(
    begunAt(uncut, new Date(Date.parse(uncut.startedAt) + part * 5000)),
    uncut.operations.filter((_, index) => index % 2 === part),
  ),
);

async function merge(runs: readonly Run[]) {
  await using folder = await temporaryFolder();
  const files = await Promise.all(
    runs.map(async (run, index) => {
      const own = join(folder.path, String(index));
      await mkdir(own);
      return (await writeRuns(own, [run]))[0] ?? '';
    }),
  );
  const { code, err } = await conform(['merge', ...files, '--out', folder.path]);
  const whole = await readRun(join(folder.path, 'latest', 'mock.json')).catch(() => undefined);
  return { code, err, whole };
}

test('two shards make the run that was cut', async () => {
  const { code, whole } = await merge(shards);
  expect(code).toBe(0);
  expect(new Set(whole?.operations.map(({ id }) => id)).size).toBe(63);
  expect(whole).toMatchObject({
    complete: true,
    totals: { works: 63 },
    mergedFrom: shards.map(({ id }) => id).sort(),
  });
  expect(whole?.startedAt).toBe(shards.map(({ startedAt }) => startedAt).sort()[0]);
});

test('what shards were allowed, sent and left behind is that of the whole', async () => {
  const [one, two] = shards;
  if (!one || !two) throw new Error('no shards');
  const budgetOf = (sent: number) => ({
    planned: { ...NOTHING, operations: 40, retries: 9 },
    sent: { ...NOTHING, operations: sent, retries: 1 },
  });
  const thing = { operation: 'POST /a', why: 'no id', journal: true };
  const other = { operation: 'POST /b', why: 'no id', journal: false };
  const both = await merge([
    { ...one, budget: budgetOf(30), left: [thing] },
    { ...two, budget: budgetOf(32), left: [other] },
  ]);
  expect(both.whole?.left).toEqual([thing, other]);
  expect(both.whole?.budget).toEqual({
    planned: { ...NOTHING, operations: 80, retries: 18 },
    sent: { ...NOTHING, operations: 62, retries: 2 },
  });
  const silent = { ...two };
  delete silent.budget;
  const some = await merge([{ ...one, budget: budgetOf(30) }, silent]);
  expect(some.whole).not.toHaveProperty('budget');
  expect(some.whole).not.toHaveProperty('left');
});

test('a surprise in one shard is one of the whole', async () => {
  const [one, two] = shards;
  if (!one || !two) throw new Error('no shards');
  const id = two.operations[0]?.id ?? '';
  const surprised = withOperation(two, id, (operation) => ({
    ...operation,
    outcome: 'broken',
    cause: 'crashed',
    expected: { outcome: 'works', met: false },
  }));
  expect((await merge([one, surprised])).code).toBe(1);
});

test('what does not belong together is not joined', async () => {
  const [one, two] = shards;
  if (!one || !two) throw new Error('no shards');
  const refusal = async (...runs: Run[]) => {
    const { code, err, whole } = await merge(runs);
    expect([code, whole]).toEqual([2, undefined]);
    return err;
  };
  expect(await refusal(one)).toContain('nothing to merge');
  expect(await refusal(one, { ...two, target: 'sandbox' })).toContain('its target is sandbox');
  expect(await refusal(one, { ...two, contract: { ...two.contract, sha256: 'f'.repeat(64) } })).toContain(
    'its contract is',
  );
  expect(await refusal(one, { ...two, policy: { ...two.policy, writes: 'none' } })).toContain(
    'write policy is none',
  );
  expect(await refusal(one, askedAgain(one, night(1), 1))).toMatch(/holds POST \/oauth\/accesstoken/);
});

test('a shard that is missing makes no complete run', async () => {
  const [one] = shards;
  if (!one) throw new Error('no shards');
  const half = Math.floor(one.operations.length / 2);
  const { whole, err } = await merge([
    { ...one, operations: one.operations.slice(0, half) },
    { ...askedAgain(one, night(1), 1), operations: one.operations.slice(half) },
  ]);
  expect(whole?.complete).toBe(false);
  expect(err).toMatch(/31 of 63 operations are in none of these runs/);
});
