import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { BOAT, changedOf, heard, judgedBy, lifeOf } from '../../testing/life.js';
import { changedAsSent } from './changed-as-sent.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  ['as it was sent', { changes: [changedOf('PUT')] }, 'passed'],
  [
    'with the value from before',
    { changes: [changedOf('PUT', { after: { heard: heard(200), record: BOAT } })] },
    'old',
  ],
  [
    'without the member',
    { changes: [changedOf('PATCH', { after: { heard: heard(200), record: { ...BOAT, length: null } } })] },
    'lost',
  ],
  [
    'refused',
    { changes: [changedOf('PUT', { came: { sent: { length: 10 }, heard: heard(422) }, after: undefined })] },
    'inconclusive',
  ],
  [
    'not allowed',
    { changes: [changedOf('PUT', { came: { sent: { length: 10 }, heard: heard(403) }, after: undefined })] },
    'inconclusive',
  ],
  ['not readable after it', { changes: [changedOf('PUT', { after: undefined })] }, 'inconclusive'],
  [
    'nothing was sent as JSON',
    { changes: [changedOf('PUT', { came: { sent: undefined, heard: heard(200) } })] },
    'not-applicable',
  ],
])('%s', (_, life, gives) => {
  expect(judgedBy(changedAsSent, lifeOf(life))).toBe(gives);
});
