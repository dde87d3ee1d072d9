import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conform, temporaryFolder } from '../testing/conform.js';
import { readRun } from './store.js';

test('two shards that were really asked make the run that was cut', async () => {
  await using folder = await temporaryFolder();
  const files: string[] = [];
  for (const part of [1, 2]) {
    const out = join(folder.path, String(part));
    await conform(['check', '--target', 'mock', '--shard', `${part}/2`, '--out', out]);
    files.push(join(out, 'latest', 'mock.json'));
  }
  const { code } = await conform(['merge', ...files, '--out', folder.path]);
  expect(code).toBe(0);
  const whole = await readRun(join(folder.path, 'latest', 'mock.json'));
  const shards = await Promise.all(files.map((file) => readRun(file)));
  expect(new Set(whole.operations.map(({ id }) => id)).size).toBe(63);
  expect(whole).toMatchObject({
    complete: true,
    totals: { works: 63 },
    mergedFrom: shards.map(({ id }) => id),
  });
});
