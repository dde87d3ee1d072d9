import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { heard, judgedBy, lifeOf } from '../../testing/life.js';
import { locationLeads } from './location-leads.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  ['it leads to the record', { located: heard(200) }, 'passed'],
  ['it leads nowhere', { located: heard(404) }, 'leads-nowhere'],
  [
    'it leads nowhere, as does the read by the id',
    { located: heard(404), read: { heard: heard(404), record: undefined } },
    'inconclusive',
  ],
  ['it may not be read', { located: heard(403) }, 'inconclusive'],
  ['there is none', {}, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(locationLeads, lifeOf(life))).toBe(gives);
});
