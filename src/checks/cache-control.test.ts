import { expect, test } from 'vitest';
import type { Answer } from '../targets/reply.js';
import { answer } from '../testing/host.js';
import { cacheDirectives, namesListed } from './cache-control.js';

const withHeaders = (...headers: [string, string][]): Answer => ({ ...answer(200), headers });

test.each<[value: string, directives: [string, string][]]>([
  ['no-store', [['no-store', '']]],
  ['max-age=60', [['max-age', '60']]],
  [
    'Max-Age = 60 , Public',
    [
      ['max-age', '60'],
      ['public', ''],
    ],
  ],
  [
    'private="x-name, x-other", max-age=0',
    [
      ['private', 'x-name, x-other'],
      ['max-age', '0'],
    ],
  ],
  ['no-cache=""', [['no-cache', '']]],
  [
    's-maxage=60,must-revalidate',
    [
      ['s-maxage', '60'],
      ['must-revalidate', ''],
    ],
  ],
  ['max-age=', [['max-age', '']]],
  ['', []],
])('the directives of %j', (value, directives) => {
  expect([...cacheDirectives(withHeaders(['cache-control', value]))]).toEqual(directives);
});

test('directives are those of all headers of the name', () => {
  const several = withHeaders(
    ['cache-control', 'public'],
    ['pragma', 'no-cache'],
    ['cache-control', 'max-age=6'],
  );
  expect([...cacheDirectives(several)]).toEqual([
    ['public', ''],
    ['max-age', '6'],
  ]);
  expect(cacheDirectives(answer(200)).size).toBe(0);
});

test('the names that a header lists are those of all headers of the name, each once', () => {
  const several = withHeaders(['vary', 'Accept, Origin,'], ['allow', 'GET'], ['vary', ' accept ,cookie']);
  expect([...namesListed(several, 'vary')]).toEqual(['accept', 'origin', 'cookie']);
  expect([...namesListed(several, 'allow')]).toEqual(['get']);
  expect([...namesListed(several, 'link')]).toEqual([]);
});
