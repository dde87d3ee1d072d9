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
  expect(of({ family: { ...text, format: 'date' } })).toEqual([]);
  expect(of({ family: text }, PEOPLE.slice(0, 1))).toEqual([]);
});

test.each<[schema: JsonObject, isTried: boolean]>([
  [{ minLength: 6, maxLength: 6 }, true],
  [{ minLength: 7 }, false],
  [{ maxLength: 5 }, false],
])('a value that nothing has is tried where the contract allows its length: %j', (schema, isTried) => {
  expect(of({ family: { ...text, ...schema } })).toHaveLength(isTried ? 1 : 0);
});

test('a value that one of the things has after all is not tried as one that nothing has', () => {
  expect(of({ family: text }, [...PEOPLE, { name: [{ family: 'Nobody' }] }])).toEqual([]);
});

test('of many filters only some are tried, and no value is shown', () => {
  const names = ['aa', 'bb', 'cc', 'dd'];
  const things = ['x', 'y'].map((value) => ({
    inner: Object.fromEntries(names.map((name) => [name, value])),
  }));
  expect(of(Object.fromEntries(names.map((name) => [name, text])), things).map(([name]) => name)).toEqual([
    ...['aa', 'bb', 'cc'],
  ]);
  const [first] = deepFiltersOf([['aa', text]], things, 'nobody');
  expect(first?.trials[1].shown).toBe('‹aa›');
});

test.each<[contacts: [string, string], other: string | undefined]>([
  [['303-555-0101', '303-555-0102'], '303-555-0147'],
  [['3035550-101', '3035550-102'], '3035550-147'],
  [['2026-03-01', '2026-03-02'], undefined],
  [['ask Otto', 'ask Anna'], undefined],
])('of the contacts %j, a phone is asked for as %s', (contacts, other) => {
  const things = contacts.map((contact) => ({ id: null, contact }));
  expect(of({ phone: text }, things)).toEqual(other === undefined ? [] : [['phone', other, contacts[0]]]);
});
