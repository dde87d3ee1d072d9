import { format } from 'prettier';
import { expect, test } from 'vitest';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package.js';
import { FAMILIES } from './check.js';
import { CHECKS } from './index.js';
import { chooseChecks } from './select.js';

const FOLDER = join(PACKAGE_ROOT, 'src/checks');

test('every check stands in the list, under the name of its file, and has a test beside it', async () => {
  const files = (await readdir(FOLDER, { recursive: true })).filter((name) => /^[a-z]+\/.*\.ts$/.test(name));
  const ids = CHECKS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) {
    expect(files).toContain(`${id}.ts`);
    expect(files).toContain(`${id}.test.ts`);
  }
});

test.each(CHECKS.map((check) => [check.id, check] as const))(
  '%s says what it promises, and who says so',
  (_, check) => {
    expect(FAMILIES).toContain(check.id.split('/')[0]);
    expect(check.promise).toMatch(/^[A-Z].*\.$/);
    expect(check.asks.atMost).toBeLessThanOrEqual(12);
    if (check.source.kind === 'standard') expect(check.source.url).toMatch(/^https:/);
    expect(Object.keys(check.messages).length).toBeGreaterThan(0);
  },
);

test('checks are chosen by all, by family and by name', () => {
  expect(chooseChecks(['all'])).toEqual(CHECKS);
  expect(chooseChecks(['list/*', 'list/page-size']).map(({ id }) => id.split('/')[0])).not.toContain('read');
  expect(chooseChecks(['read/absent-id']).map(({ id }) => id)).toEqual(['read/absent-id']);
  expect(() => chooseChecks(['list/none'])).toThrow('there is no check “list/none”');
});

test('each has its line in the docs', async () => {
  const rows = CHECKS.map(({ id, promise, source, severity, asks }) => {
    const said = source.url === undefined ? source.ref : `[${source.ref}](${source.url})`;
    return `| \`${id}\` | ${promise} | ${source.kind}: ${said} | ${severity} | ${asks.atMost} |`;
  });
  const page = [
    '# Promises that reads are held to',
    '',
    '`conform check --checks all` (or a family, `list/*`, or one, `list/page-size`) holds every read that has succeeded to',
    'these promises. All requests are reads. A promise is only said to be broken when it was seen broken twice in the same',
    'way, the second time after a pause and with new answers. What could not be found out is said, and is not “kept”. Only',
    'what the contract itself promises makes an operation deviate; what standards and practice say are warnings. The mock',
    'answers from the contract whatever it is asked, so it is not held to them.',
    '',
    '| check | promise | who says so | severity | requests for an operation, at most |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  const text = await format(page, { parser: 'markdown', printWidth: 120 });
  await expect(text).toMatchFileSnapshot('../../docs/checks.md');
});
