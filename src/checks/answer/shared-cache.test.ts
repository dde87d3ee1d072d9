import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import type { Answer } from '../../targets/reply.js';
import { sharedCache } from './shared-cache.js';

const on = (headers: Record<string, string>, secured = true) =>
  checkOn(sharedCache, {
    ...{ paths: '/boats: { get: {} }', operation: 'GET /boats', secured },
    host: () => answer(200, [], headers),
  });

test.each<[headers: Record<string, string>, gives: string]>([
  [{}, 'passed'],
  [{ 'cache-control': 'no-store' }, 'passed'],
  [{ 'cache-control': 'private, max-age=60' }, 'passed'],
  [{ 'cache-control': 'max-age=60' }, 'passed'],
  [{ 'cache-control': 'public, max-age=60' }, 'shared'],
  [{ 'cache-control': 'Public' }, 'shared'],
  [{ 'cache-control': 's-maxage=60' }, 'shared'],
  [{ 'cache-control': 'public, s-maxage="60"' }, 'shared'],
  [{ 'cache-control': 'public, max-age=0' }, 'passed'],
  [{ 'cache-control': 'public, s-maxage=0' }, 'passed'],
  [{ 'cache-control': 'public, no-cache' }, 'passed'],
  [{ 'cache-control': 'public, max-age=60', vary: 'Accept, Authorization' }, 'passed'],
  [{ 'cache-control': 'public, max-age=60', vary: '*' }, 'passed'],
  [{ 'cache-control': 'public, max-age=60', vary: 'cookie' }, 'passed'],
  [{ 'cache-control': 'public, max-age=60, no-store' }, 'passed'],
  [{ 'cache-control': 's-maxage=0, public, max-age=60' }, 'passed'],
  [{ 'cache-control': 'public, max-age=soon' }, 'passed'],
  [{ 'cache-control': 'public, max-age=60s' }, 'passed'],
  [{ 'cache-control': 'public, max-age=-60' }, 'passed'],
  [{ 'cache-control': 'public, max-age' }, 'passed'],
  [{ 'content-type': 'application/fhir+json', 'cache-control': 'max-age=60, no-cache' }, 'passed'],
  [{ 'content-type': 'application/fhir+json', 'cache-control': 'public, max-age=60' }, 'shared'],
  [{ 'content-type': 'text/x; of=application/fhir+json', 'cache-control': 'max-age=60' }, 'passed'],
  [{ 'cache-control': 'public, max-age=60', vary: 'Accept' }, 'shared'],
  [{ 'content-type': 'application/fhir+json', 'cache-control': 'max-age=60' }, 'stored'],
  [{ 'content-type': 'application/fhir+json', 'cache-control': 'private, max-age=60' }, 'passed'],
  [{ 'content-type': 'application/fhir+json', 'cache-control': 'max-age=0' }, 'passed'],
  [{ 'content-type': 'application/fhir+json' }, 'passed'],
])('%j', async (headers, gives) => {
  expect(await on(headers)).toMatchObject({ gives, calls: [] });
});

test('what everybody may read is for every cache', async () => {
  expect((await on({ 'cache-control': 'public, max-age=60' }, false)).gives).toBe('not-applicable');
});

test.each([
  ['it was asked without credentials', { token: 'none' as const }],
  ['everybody may read it', { paths: '/boats: { get: { security: [{ bearer: [] }, {}] } }' }],
  ['no credentials are sent', { secured: false, paths: '/boats: { get: { security: [{ bearer: [] }] } }' }],
])('does not apply where %s', async (_, given) => {
  const found = await checkOn(sharedCache, {
    ...{ paths: '/boats: { get: {} }', operation: 'GET /boats' },
    host: () => answer(200, [], { 'cache-control': 'public, max-age=60' }),
    ...given,
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('several headers are one list', async () => {
  const reply: Answer = {
    ...answer(200, []),
    headers: [
      ['cache-control', 'public, max-age=60'],
      ['cache-control', 'private'],
    ],
  };
  const asked = { paths: '/boats: { get: {} }', operation: 'GET /boats', host: () => reply };
  expect((await checkOn(sharedCache, asked)).gives).toBe('passed');
});

test.each(['s60', '60s', ''])('a lifetime of “%s” is none', async (seconds) => {
  expect((await on({ 'cache-control': `public, max-age=${seconds}` })).gives).toBe('passed');
  expect((await on({ 'cache-control': `s-maxage=${seconds}` })).gives).toBe('passed');
});

test('says which word lets others store it', async () => {
  const wordsOf = async (header: string) => (await on({ 'cache-control': header })).messages.join();
  expect(await wordsOf('s-maxage=60')).toContain('s-maxage');
  expect(await wordsOf('public')).toContain('public');
});
