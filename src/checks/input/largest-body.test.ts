import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { heard, judgedBy, lifeOf } from '../../testing/life.js';
import { largestBody } from './largest-body.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  ['taken', { largest: heard(201) }, 'passed'],
  ['an error of the server', { largest: heard(500) }, 'server-error'],
  ['refused for its values', { largest: heard(422) }, 'inconclusive'],
  ['a gateway that fails', { largest: heard(502) }, 'inconclusive'],
  ['no bounds', {}, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(largestBody, lifeOf(life))).toBe(gives);
});
