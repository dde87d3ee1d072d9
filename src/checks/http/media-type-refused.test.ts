import { expect, test } from 'vitest';
import type { Unreadable } from '../life.js';
import { heard, judgedBy, lifeOf } from '../../testing/life.js';
import { mediaTypeRefused } from './media-type-refused.js';

const one = (how: Unreadable['how'], status: number | null): Unreadable => ({ how, came: heard(status) });

test.each<[what: string, unreadable: Unreadable[], gives: string]>([
  ['both refused', [one('other-type', 415), one('broken-json', 400)], 'passed'],
  ['both refused for what they hold', [one('other-type', 422), one('broken-json', 422)], 'passed'],
  ['another type taken', [one('other-type', 201), one('broken-json', 400)], 'other-type-taken'],
  ['another type an error of the server', [one('other-type', 500)], 'other-type-fails'],
  ['broken JSON taken', [one('broken-json', 200)], 'broken-json-taken'],
  [
    'broken JSON an error of the server',
    [one('other-type', 415), one('broken-json', 501)],
    'broken-json-fails',
  ],
  ['a gateway that fails', [one('other-type', 415), one('broken-json', 502)], 'inconclusive'],
  ['a crowd', [one('other-type', 429)], 'inconclusive'],
  ['no answer', [one('other-type', null)], 'inconclusive'],
  ['refused for who asks', [one('other-type', 403)], 'inconclusive'],
  ['nothing sent', [], 'not-applicable'],
])('%s', (_, unreadable, gives) => {
  expect(judgedBy(mediaTypeRefused, lifeOf({ unreadable }))).toBe(gives);
});
