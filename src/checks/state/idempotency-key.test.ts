import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { heard, judgedBy, lifeOf } from '../../testing/life.js';
import { idempotencyKey } from './idempotency-key.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  ['the same record', { keyed: { came: heard(201), same: true } }, 'passed'],
  ['another record', { keyed: { came: heard(201), same: false } }, 'two'],
  ['an answer that names nothing', { keyed: { came: heard(200), same: undefined } }, 'inconclusive'],
  ['a refusal', { keyed: { came: heard(409), same: undefined } }, 'inconclusive'],
  ['no such header', {}, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(idempotencyKey, lifeOf(life))).toBe(gives);
});
