import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { BOAT, changedOf, heard, judgedBy, lifeOf } from '../../testing/life.js';
import { othersUntouched } from './others-untouched.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  ['the others are as they were', { changes: [changedOf('PATCH')] }, 'passed'],
  [
    'another was emptied',
    {
      changes: [
        changedOf('PATCH', { after: { heard: heard(200), record: { ...BOAT, length: 10, marks: [] } } }),
      ],
    },
    'changed',
  ],
  [
    'one that the run has not sent was changed',
    {
      changes: [
        changedOf('PATCH', {
          before: { ...BOAT, stage: 1 },
          after: { heard: heard(200), record: { ...BOAT, length: 10, stage: 2 } },
        }),
      ],
    },
    'passed',
  ],
  ...(
    [
      ['another record is as it was', BOAT, {}, 'passed'],
      ['another record was changed', { ...BOAT, length: 10 }, {}, 'other-record'],
      ['what nobody has sent for another record was changed', { ...BOAT, stage: 2 }, {}, 'passed'],
      [
        'another record was changed in the place of it, which is said already',
        { ...BOAT, length: 10 },
        { after: { heard: heard(200), record: BOAT } },
        'passed',
      ],
    ] as const
  ).map(([what, record, given, gives]): [string, Partial<Life>, string] => [
    what,
    {
      changes: [
        changedOf('PUT', {
          neighbour: { sent: { length: 9 }, before: BOAT, now: { heard: heard(200), record } },
          ...given,
        }),
      ],
    },
    gives,
  ]),
  ['a PUT, and no other record', { changes: [changedOf('PUT')] }, 'not-applicable'],
  [
    'nothing was sent as JSON',
    { changes: [changedOf('PATCH', { came: { sent: undefined, heard: heard(200) } })] },
    'not-applicable',
  ],
  [
    'refused',
    {
      changes: [changedOf('PATCH', { came: { sent: { length: 10 }, heard: heard(409) }, after: undefined })],
    },
    'inconclusive',
  ],
  ['not readable before', { changes: [changedOf('PATCH', { before: undefined })] }, 'inconclusive'],
])('%s', (_, life, gives) => {
  expect(judgedBy(othersUntouched, lifeOf(life))).toBe(gives);
});
