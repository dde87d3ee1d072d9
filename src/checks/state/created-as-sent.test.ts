import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { BOAT, heard, judgedBy, lifeOf } from '../../testing/life.js';
import { createdAsSent } from './created-as-sent.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  ['as it was sent, a phone number in its normal form', {}, 'passed'],
  ['without a member', { read: { heard: heard(200), record: { ...BOAT, call: null } } }, 'lost'],
  ['with another number', { read: { heard: heard(200), record: { ...BOAT, length: 12 } } }, 'other'],
  ['with an emptied list', { read: { heard: heard(200), record: { ...BOAT, marks: [] } } }, 'lost'],
  [
    'without a member that the contract does not say is read',
    { declared: new Set(['name']), read: { heard: heard(200), record: { name: 'Gull' } } },
    'passed',
  ],
  ['with the default', { defaults: new Map([['length', 9]]) }, 'passed'],
  [
    'without a value for the default',
    { defaults: new Map([['berth', 4]]), declared: new Set(['berth']) },
    'passed',
  ],
  ['with another value than the default', { defaults: new Map([['length', 4]]) }, 'not-default'],
  [
    'with another state than the default',
    {
      defaults: new Map([['boatState', 'new']]),
      declared: new Set(['boatState']),
      read: { heard: heard(200), record: { boatState: 'seen' } },
    },
    'passed',
  ],
  ['not readable', { read: { heard: heard(403), record: undefined } }, 'inconclusive'],
  ['nothing reads it', { read: undefined }, 'not-applicable'],
  ['nothing was sent as JSON', { created: { sent: undefined, heard: heard(201) } }, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(createdAsSent, lifeOf(life))).toBe(gives);
});
