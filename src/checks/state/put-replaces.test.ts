import { expect, test } from 'vitest';
import { BOAT, changedOf, heard, judgedBy, lifeOf } from '../../testing/life.js';
import type { Changed } from '../life.js';
import { putReplaces } from './put-replaces.js';

const without = (given: Partial<NonNullable<Changed['replaced']>>) =>
  changedOf('PUT', {
    replaced: {
      ...{ member: 'marks', was: ['a'], came: heard(200) },
      after: { heard: heard(200), record: { ...BOAT, marks: [] } },
      ...given,
    },
  });

test.each<[what: string, change: Changed, gives: string]>([
  ['gone', without({}), 'passed'],
  ['as it was', without({ after: { heard: heard(200), record: BOAT } }), 'kept'],
  [
    'another value, as by a default',
    without({ after: { heard: heard(200), record: { marks: ['x'] } } }),
    'passed',
  ],
  ['refused without it', without({ came: heard(422) }), 'inconclusive'],
  ['too many requests', without({ came: heard(429) }), 'inconclusive'],
  ['not readable after it', without({ after: { heard: heard(500), record: undefined } }), 'inconclusive'],
  ['not described as replacing', changedOf('PUT'), 'not-applicable'],
  ['a PATCH', changedOf('PATCH'), 'not-applicable'],
])('%s', (_, change, gives) => {
  expect(judgedBy(putReplaces, lifeOf({ changes: [change] }))).toBe(gives);
});
