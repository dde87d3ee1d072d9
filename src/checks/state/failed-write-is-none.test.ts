import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { heard, judgedBy, lifeOf } from '../../testing/life.js';
import { failedWriteIsNone } from './failed-write-is-none.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  [
    'nothing is there',
    {
      attempts: [{ how: 'left-out', member: 'length', came: heard(422) }],
      kept: { heard: heard(200), there: false },
    },
    'passed',
  ],
  [
    'something is there',
    {
      attempts: [{ how: 'left-out', member: 'length', came: heard(422) }],
      kept: { heard: heard(200), there: true },
    },
    'kept',
  ],
  [
    'no list shows it',
    { attempts: [{ how: 'left-out', member: 'length', came: heard(422) }] },
    'not-applicable',
  ],
  [
    'nothing was refused',
    {
      attempts: [{ how: 'left-out', member: 'length', came: heard(500) }],
      kept: { heard: heard(200), there: true },
    },
    'not-applicable',
  ],
])('%s', (_, life, gives) => {
  expect(judgedBy(failedWriteIsNone, lifeOf(life))).toBe(gives);
});
