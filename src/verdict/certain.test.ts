import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import type { Cause } from './causes.js';
import { confidenceIn } from './certain.js';
import type { Facts } from './facts.js';

/** Everything that can be said for a route that is missing. */
const MISSING: Facts = {
  asked: 'with-token',
  answer: 'not-found',
  words: 'common',
  wordsSay: 'resource-missing',
  unknownPath: 'same',
  credentials: 'accepted',
  redirect: 'none',
  withoutToken: 'refused-otherwise',
  absentThing: 'otherwise',
  ids: 'none',
  otherMethod: 'nothing-shown',
  badTokenElsewhere: 'not-asked',
  guardOrder: 'not-known',
  host: 'something',
};

/** And for a caller who may not do what he asks for. */
const FORBIDDEN: Facts = {
  ...MISSING,
  answer: 'forbidden',
  unknownPath: 'other',
  wordsSay: 'gateway-refused',
};

describe('a missing route is certain', () => {
  test('where all of it is known', () => {
    expect(confidenceIn('route-missing', MISSING, 'likely')).toBe('certain');
  });

  test.each<Partial<Facts>>([
    { credentials: 'not-shown' },
    { credentials: 'not-declared' },
    { unknownPath: 'other' },
    { unknownPath: 'not-comparable' },
    { absentThing: 'as-unknown-path' },
    { absentThing: 'not-known' },
    { ids: 'unlisted' },
    { ids: 'of-nothing' },
    { answer: 'forbidden' },
    { answer: 'unauthorised' },
    { answer: 'failed' },
    { otherMethod: 'allows-it' },
    { otherMethod: 'routed' },
    { asked: 'with-bad-token' },
  ])('not with %o', (missing) => {
    expect(confidenceIn('route-missing', { ...MISSING, ...missing }, 'likely')).toBe('likely');
  });

  test.each<[Partial<Facts>, string]>([
    [{ words: 'telling', wordsSay: 'route-missing' }, 'certain'],
    [{ words: 'common', wordsSay: 'route-missing' }, 'likely'],
    [{ words: 'telling', wordsSay: 'token-invalid' }, 'likely'],
  ])('by a 403 only where its words say so: %o', (facts, is) => {
    expect(confidenceIn('route-missing', { ...MISSING, answer: 'forbidden', ...facts }, 'likely')).toBe(is);
  });
});

describe('a refused permission is certain', () => {
  test('where without a token it is refused otherwise', () => {
    expect(confidenceIn('permission-denied', FORBIDDEN, 'likely')).toBe('certain');
  });

  test.each<Partial<Facts>>([
    { withoutToken: 'no-difference' },
    { withoutToken: 'not-asked' },
    { credentials: 'not-shown' },
    { unknownPath: 'same' },
    { unknownPath: 'not-comparable' },
    { answer: 'unauthorised' },
    { asked: 'with-bad-token' },
  ])('not with %o', (missing) => {
    expect(confidenceIn('permission-denied', { ...FORBIDDEN, ...missing }, 'likely')).toBe('likely');
  });
});

test('a host is gone for certain only where nothing of it is left, and it says so', () => {
  const gone: Facts = { ...MISSING, host: 'nothing', answer: 'redirect' };
  expect(confidenceIn('host-gone', gone, 'likely')).toBe('certain');
  for (const host of ['something', 'only-token-endpoint', 'another-base'] as const) {
    expect(confidenceIn('host-gone', { ...gone, host }, 'likely')).toBe('likely');
  }
  expect(confidenceIn('host-gone', { ...gone, answer: 'not-found' }, 'likely')).toBe('likely');
});

test('a base URL is wrong for certain only where there is something below another one', () => {
  const wrong: Facts = { ...MISSING, host: 'another-base' };
  expect(confidenceIn('base-url-wrong', wrong, 'likely')).toBe('certain');
  expect(confidenceIn('base-url-wrong', { ...wrong, host: 'something' }, 'likely')).toBe('likely');
});

test('what has no rule is never certain', () => {
  const never: Cause[] = [
    'undetermined',
    'edge-blocked',
    'gateway-refused',
    'resource-missing',
    'token-expired',
  ];
  for (const cause of never) expect(confidenceIn(cause, FORBIDDEN, 'possible')).toBe('possible');
});

test('nothing else calls a verdict certain', async () => {
  const found: string[] = [];
  for (const folder of ['verdict', 'controls', 'drive', 'engine', 'record', 'explain']) {
    const names = await readdir(join(PACKAGE_ROOT, 'src', folder), { recursive: true });
    for (const name of names.filter((one) => one.endsWith('.ts') && !one.endsWith('.test.ts'))) {
      const text = await readFile(join(PACKAGE_ROOT, 'src', folder, name), 'utf8');
      if (/(confidence|most)\??: .*'certain'|\? 'certain'|return 'certain'/.test(text))
        found.push(`${folder}/${name}`);
    }
  }
  expect(found).toEqual(['verdict/certain.ts']);
});
