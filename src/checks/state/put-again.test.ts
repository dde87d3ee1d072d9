import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { changedOf, heard, judgedBy, lifeOf } from '../../testing/life.js';
import { putAgain } from './put-again.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  ['the same again', { changes: [changedOf('PUT', { again: heard(200) })] }, 'passed'],
  ['an error of the server', { changes: [changedOf('PUT', { again: heard(500) })] }, 'server-error'],
  ['created again', { changes: [changedOf('PUT', { again: heard(201) })] }, 'created-again'],
  ['a conflict', { changes: [changedOf('PUT', { again: heard(409) })] }, 'inconclusive'],
  ['too many requests', { changes: [changedOf('PUT', { again: heard(429) })] }, 'inconclusive'],
  ['no answer', { changes: [changedOf('PUT', { again: heard(null) })] }, 'inconclusive'],
  [
    'the first was refused',
    { changes: [changedOf('PUT', { came: { sent: {}, heard: heard(422) }, again: undefined })] },
    'inconclusive',
  ],
  ['a PATCH', { changes: [changedOf('PATCH')] }, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(putAgain, lifeOf(life))).toBe(gives);
});
