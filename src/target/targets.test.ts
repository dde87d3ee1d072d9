import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { temporaryFolder } from '../testing/folder.js';
import { targetOf } from '../testing/host.js';
import { otherHostOf, readHosts } from './targets.js';

describe('the targets of this package', () => {
  test('production goes to “route”, to “validate” when it is unlocked, and never further', async () => {
    const { targets } = await readHosts(join(PACKAGE_ROOT, 'spec'));
    expect(targets.find(({ name }) => name === 'production')?.writes).toEqual({
      default: 'route',
      most: 'route',
      unlocked: 'validate',
    });
  });

  test('no live host is written to for real unless somebody asks for it', async () => {
    const { targets } = await readHosts(join(PACKAGE_ROOT, 'spec'));
    const live = targets.filter(({ serve }) => serve === undefined);
    expect(live.length).toBeGreaterThan(2);
    for (const { name, writes } of live) expect(['none', 'route'], name).toContain(writes.default);
  });
});

test('where nothing is said of unlocking, nothing can be unlocked', async () => {
  await using folder = await temporaryFolder();
  const entry =
    'about: a host\n    standing: assumed\n    authorization: x\n    writes: { default: none, most: route }\n';
  await writeFile(join(folder.path, 'targets.yaml'), `targets:\n  live:\n    ${entry}`);
  const [live] = (await readHosts(folder.path)).targets;
  expect(live?.writes).toEqual({ default: 'none', most: 'route', unlocked: 'route' });
});

test('the other host of a target is one that has an address', () => {
  const here = targetOf({ name: 'here', otherHost: 'there' });
  const there = targetOf({ name: 'there', baseUrl: 'https://there.shop.example' });
  expect(otherHostOf(here, [here, there])?.baseUrl).toBe('https://there.shop.example');
  expect(otherHostOf(there, [here, there])).toBeUndefined();
  expect(() => otherHostOf(here, [here])).toThrow('there is no target “there”');
  expect(() => otherHostOf(here, [here, { ...there, baseUrl: undefined }])).toThrow('which has no baseUrl');
});
