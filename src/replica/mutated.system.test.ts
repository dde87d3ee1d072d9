import { join } from 'node:path';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { checker, readMutations, saidIn } from '../testing/mutated-worlds.js';

const { world, run } = await checker();
const mutations = await readMutations(world);
const before = saidIn(await run(world));

/** What was seen of each mutation, at the operation that it is about. */
const seen = new Map<string, readonly string[]>();

test('the world itself keeps every promise', () => {
  // What has another outcome is expected so by the world, or was asked in a way that must not succeed.
  const found = [...before].map(([id, said]) => [id, said.filter((one) => !one.startsWith('outcome '))]);
  expect(found.filter(([, said]) => said?.length !== 0)).toEqual([]);
});

test.each(mutations)('$what', async ({ what, at, seenBy, why, mutated }) => {
  const own = before.get(at);
  expect(own, at).toBeDefined();
  const news =
    saidIn(await run(mutated, [at]))
      .get(at)
      ?.filter((said) => !own?.includes(said)) ?? [];
  seen.set(what, [...new Set(news)]);
  expect(news.length > 0, news.join(', ')).toBe(seenBy === 'check');
  expect(why !== undefined).toBe(seenBy === 'nobody');
});

test('what is seen is in the docs', async () => {
  const rows = mutations.map(({ what, at, why = '' }) => {
    const by = seen.get(what) ?? [];
    const stated = by.length > 0 ? by.map((one) => `\`${one}\``).join(', ') : `not seen: ${why}`;
    return `| ${what} | \`${at}\` | ${stated} |`;
  });
  const page = [
    '# What is seen of a world with one thing wrong',
    '',
    'The replica of the newest world, with one thing wrong at a time ([mutations/worlds.yaml](../mutations/worlds.yaml)),',
    'is checked with all checks. Beside each stands what is found at the operation that is not found in the world as it is.',
    'That world itself gives no finding.',
    '',
    `${mutations.filter(({ what }) => seen.get(what)?.length !== 0).length} of ${mutations.length} are seen.`,
    '',
    '| what is wrong | operation | what is found |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  const formatted = await format(page, { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' });
  await expect(formatted).toMatchFileSnapshot(join(PACKAGE_ROOT, 'docs/mutated-worlds.md'));
});
