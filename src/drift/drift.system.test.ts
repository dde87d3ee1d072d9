import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conform, temporaryFolder } from '../testing/conform.js';

test('an unchanged host shows no drift when it is really asked again', async () => {
  await using folder = await temporaryFolder();
  const files: string[] = [];
  for (const part of ['1', '2', '3']) {
    const out = join(folder.path, part);
    await conform(['check', '--target', 'replica', '--only', 'locations', '--out', out]);
    files.push(join(out, 'latest', 'replica.json'));
  }
  const [first = '', ...others] = files;
  for (const other of others) {
    const { code, out } = await conform(['drift', first, other]);
    expect(out).toMatch(/^No drift: \d+ operations do what they did/);
    expect(code).toBe(0);
  }
});
