import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { growthOf, type Counts } from '../testing/counted-work.js';

/** In proportion is 2; what sorts grows a little faster. By the square would be 4. */
const MOST_GROWTH = 2.2;

test('commands do twice the work on twice the operations, though all schemas refer to one another', async () => {
  const script = join(PACKAGE_ROOT, 'dist', 'src', 'testing', 'counted-commands.js');
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  const counts = Object.entries(JSON.parse(stdout) as Record<string, Counts>);
  expect(counts.length).toBe(10);
  expect(counts.filter(([, count]) => !(growthOf(count) <= MOST_GROWTH))).toEqual([]);
});
