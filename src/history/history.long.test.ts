import { expect, test } from 'vitest';
import type { Run } from '../record/run.js';
import { temporaryFolder } from '../testing/conform.js';
import { conformProcess } from '../testing/process.js';
import { recorded } from '../testing/recorded.js';
import { begunAt, onlyOperations, writeRuns } from '../testing/vary.js';

test('a thousand runs are read with little memory', async () => {
  await using folder = await temporaryFolder();
  const asked = onlyOperations(await recorded('mock'), /locations/);
  // 1,000 runs of about 100 kB each: more than three times the heap that is allowed below.
  const large: Run = {
    ...asked,
    operations: Array.from({ length: 60 }, (_, index) =>
      asked.operations.map((one) => ({ ...one, id: `${one.id}${index}` })),
    ).flat(),
  };
  const start = Date.UTC(2024, 0, 1);
  for (let block = 0; block < 10; block++) {
    const runs = Array.from({ length: 100 }, (_, index) =>
      begunAt(large, new Date(start + (block * 100 + index) * 86_400_000)),
    );
    await writeRuns(folder.path, runs);
  }
  expect(JSON.stringify(large).length * 1000).toBeGreaterThan(3 * 32 * 1024 * 1024);
  const { code, out } = await conformProcess(['history', folder.path], {
    env: { NODE_OPTIONS: '--max-old-space-size=32' },
  });
  expect(code).toBe(0);
  expect(out).toMatch(/^mock: 1000 runs from 2024-01-01 to 2026-09-26/);
});
