import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { heard, judgedBy, lifeOf } from '../../testing/life.js';
import { duplicateCreate } from './duplicate-create.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  ['a conflict', { twin: { came: heard(409), same: undefined } }, 'passed'],
  ['the record that is there', { twin: { came: heard(200), same: true } }, 'passed'],
  ['a second record', { twin: { came: heard(201), same: false } }, 'two'],
  ['a success that names nothing', { twin: { came: heard(202), same: undefined } }, 'inconclusive'],
  ['an error of the server', { twin: { came: heard(500), same: undefined } }, 'server-error'],
  [
    'a second record, where the contract says nothing of it',
    { creation: { ...lifeOf().creation, responses: {} }, twin: { came: heard(201), same: false } },
    'not-applicable',
  ],
  ['not created again', {}, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(duplicateCreate, lifeOf(life))).toBe(gives);
});
