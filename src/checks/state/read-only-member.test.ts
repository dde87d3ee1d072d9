import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { changedOf, heard, judgedBy, lifeOf } from '../../testing/life.js';
import { readOnlyMember } from './read-only-member.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  [
    'the value was not taken',
    {
      changes: [
        changedOf('PUT', {
          foreign: {
            member: 'builtAt',
            value: '2001-02-03T04:05:06Z',
            came: heard(200),
            after: { builtAt: '2026-01-05T10:00:00Z' },
            read: heard(200),
          },
        }),
      ],
    },
    'passed',
  ],
  [
    'the value was taken',
    {
      changes: [
        changedOf('PUT', {
          foreign: {
            member: 'builtAt',
            value: '2001-02-03T04:05:06Z',
            came: heard(200),
            after: { builtAt: '2001-02-03T04:05:06.000+00:00' },
            read: heard(200),
          },
        }),
      ],
    },
    'taken',
  ],
  [
    'it was refused',
    {
      changes: [
        changedOf('PUT', {
          foreign: {
            member: 'builtAt',
            value: '2001-02-03T04:05:06Z',
            came: heard(422),
            after: undefined,
            read: heard(200),
          },
        }),
      ],
    },
    'passed',
  ],
  [
    'it could not be read after that',
    {
      changes: [
        changedOf('PUT', {
          foreign: {
            member: 'builtAt',
            value: '2001-02-03T04:05:06Z',
            came: heard(204),
            after: undefined,
            read: heard(200),
          },
        }),
      ],
    },
    'inconclusive',
  ],
  ['there is none', { changes: [changedOf('PUT')] }, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(readOnlyMember, lifeOf(life))).toBe(gives);
});
