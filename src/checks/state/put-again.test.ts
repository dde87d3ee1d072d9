import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { BOAT, changedOf, heard, judgedBy, lifeOf } from '../../testing/life.js';
import { repeatedPut } from './put-again.js';

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
  ['refused', { changes: [changedOf('PUT', { again: heard(422) })] }, 'refused'],
  ['not there any more', { changes: [changedOf('PUT', { again: heard(404) })] }, 'refused'],
  [
    'the same state, in another order and with a later time',
    {
      changes: [
        changedOf('PUT', {
          ...{ came: { sent: { length: 10, marks: ['a', 'b'], name: 'Gull' }, heard: heard(200) } },
          after: { heard: heard(200), record: { ...BOAT, length: 10, marks: ['a', 'b'], updatedAt: 1 } },
          again: heard(200),
          repeated: { heard: heard(200), record: { ...BOAT, length: 10, marks: ['b', 'a'], updatedAt: 2 } },
        }),
      ],
    },
    'passed',
  ],
  [
    'a list that has grown',
    {
      changes: [
        changedOf('PUT', {
          came: { sent: { length: 10, marks: ['a'] }, heard: heard(200) },
          again: heard(200),
          repeated: { heard: heard(200), record: { ...BOAT, length: 10, marks: ['a', 'a'] } },
        }),
      ],
    },
    'other-state',
  ],
  [
    'a later time within what was sent',
    {
      changes: [
        changedOf('PUT', {
          came: { sent: { call: { name: 'North' } }, heard: heard(200) },
          after: { heard: heard(200), record: { ...BOAT, call: { name: 'North', seen: 1 } } },
          again: heard(200),
          repeated: { heard: heard(200), record: { ...BOAT, call: { name: 'North', seen: 2 } } },
        }),
      ],
    },
    'passed',
  ],
  [
    'another value within what was sent',
    {
      changes: [
        changedOf('PUT', {
          came: { sent: { call: { name: 'North' } }, heard: heard(200) },
          after: { heard: heard(200), record: { ...BOAT, call: { name: 'North' } } },
          again: heard(200),
          repeated: { heard: heard(200), record: { ...BOAT, call: { name: 'South' } } },
        }),
      ],
    },
    'other-state',
  ],
  [
    'not readable after it',
    {
      changes: [changedOf('PUT', { again: heard(200), repeated: { heard: heard(500), record: undefined } })],
    },
    'passed',
  ],
  ['a PATCH', { changes: [changedOf('PATCH')] }, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(repeatedPut, lifeOf(life))).toBe(gives);
});
