import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { changedOf, heard, judgedBy, lifeOf } from '../../testing/life.js';
import { versions } from './versions.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  ['refused', { changes: [changedOf('PUT', { stale: heard(412) })] }, 'passed'],
  ['taken', { changes: [changedOf('PUT', { stale: heard(200) })] }, 'stale-taken'],
  ['refused for something else', { changes: [changedOf('PUT', { stale: heard(409) })] }, 'inconclusive'],
  ['too many requests', { changes: [changedOf('PUT', { stale: heard(429) })] }, 'inconclusive'],
  ['no condition can be set', { changes: [changedOf('PUT')] }, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(versions, lifeOf(life))).toBe(gives);
});
