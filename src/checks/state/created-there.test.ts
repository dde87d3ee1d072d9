import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { heard, judgedBy, lifeOf } from '../../testing/life.js';
import { createdThere } from './created-there.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  ['read and listed', { listed: { heard: heard(200), there: true, whole: true } }, 'passed'],
  ['read, and the contract lists nothing', {}, 'passed'],
  [
    'read, and not on a page of a longer list',
    { listed: { heard: heard(200), there: false, whole: false } },
    'passed',
  ],
  [
    'read, and not in the whole list',
    { listed: { heard: heard(200), there: false, whole: true } },
    'not-listed',
  ],
  ['404', { read: { heard: heard(404), record: undefined } }, 'not-there'],
  ['410', { read: { heard: heard(410), record: undefined } }, 'not-there'],
  ['a read that is not allowed', { read: { heard: heard(403), record: undefined } }, 'inconclusive'],
  ['a read that fails', { read: { heard: heard(500), record: undefined } }, 'inconclusive'],
  ['a read without an answer', { read: { heard: heard(null), record: undefined } }, 'inconclusive'],
  ['nothing reads it', { read: undefined }, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(createdThere, lifeOf(life))).toBe(gives);
});
