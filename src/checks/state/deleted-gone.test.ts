import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { heard, judgedBy, lifeOf } from '../../testing/life.js';
import { deletedGone } from './deleted-gone.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  [
    'gone',
    {
      removal: {
        came: heard(204),
        read: heard(404),
        listed: { heard: heard(200), there: false, whole: true },
      },
    },
    'passed',
  ],
  [
    'gone, and nothing reads or lists it',
    { removal: { came: heard(204), read: undefined, listed: undefined } },
    'passed',
  ],
  ['still read', { removal: { came: heard(204), read: heard(200), listed: undefined } }, 'still-there'],
  [
    'still listed',
    {
      removal: {
        came: heard(202),
        read: heard(404),
        listed: { heard: heard(200), there: true, whole: false },
      },
    },
    'still-listed',
  ],
  ...(
    [
      ['another record is still there', 200, 'passed'],
      ['another record is gone as well', 404, 'other-gone'],
      ['another record may not be read', 403, 'passed'],
    ] as const
  ).map(([what, status, gives]): [string, Partial<Life>, string] => [
    what,
    {
      removal: {
        ...{ came: heard(204), read: heard(404), listed: undefined },
        neighbour: { sent: {}, before: {}, now: { heard: heard(status), record: undefined } },
      },
    },
    gives,
  ]),
  ['refused', { removal: { came: heard(409), read: undefined, listed: undefined } }, 'inconclusive'],
  ['not removed', {}, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(deletedGone, lifeOf(life))).toBe(gives);
});
