import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import { deepFiltersOf } from './deep-filters.js';

const PEOPLE: Json[] = [
  {
    id: '4005550101',
    name: [{ family: 'Muster' }],
    address: [{ city: 'Northport', zip: '80001' }],
    telecom: [{ value: '3035550101' }],
  },
  {
    id: '4005550102',
    name: [{ family: 'Sample' }],
    address: [{ city: 'Northport', zip: '80001' }],
    telecom: [{ value: '+1 (303) 555-0102' }],
  },
];

const of = (names: Record<string, JsonObject>, things = PEOPLE) =>
  deepFiltersOf(Object.entries(names), things, 'nobody').map(({ name, trials: [other, { sent }] }) => [
    name,
    other,
    sent,
  ]);
const text = { type: 'string' };

test('what is inside of things under the name of a filter, and divides them, is tried', () => {
  expect(of({ family: text, city: text, colour: text })).toEqual([['family', 'nobody', 'Muster']]);
});

test('a number of a phone is tried where numbers of phones are, first the mobile one', () => {
  expect(of({ family: text, home_phone: text, mobilePhone: { ...text, pattern: '^\\d+$' } })).toEqual([
    ['mobilePhone', '3035550147', '3035550101'],
    ['family', 'nobody', 'Muster'],
  ]);
  expect(of({ phone: text }, [{ id: '4005550101' }, { id: '4005550102' }])).toEqual([]);
});

test('what the contract may forbid, and what all things have, is not tried', () => {
  expect(of({ family: { ...text, pattern: '^[A-Z]' } })).toEqual([]);
  expect(of({ family: { ...text, enum: ['Muster'] } })).toEqual([]);
  expect(of({ family: { ...text, maxLength: 5 } })).toEqual([]);
  expect(of({ family: { type: 'integer' } })).toEqual([]);
  expect(of({ family: text }, PEOPLE.slice(0, 1))).toEqual([]);
});
