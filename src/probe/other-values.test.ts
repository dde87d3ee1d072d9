import { expect, test } from 'vitest';
import type { JsonObject } from '../json.js';
import { memberAt, replaced, withOtherValues } from './other-values.js';

const anything = () => true;

test('numbers, truth values and plain texts get other values', () => {
  const body = { length: 9, afloat: true, note: 'Ring twice', home: { berth: 4 } };
  expect(withOtherValues(body, anything)).toEqual({
    ...{ length: 10, afloat: false, note: 'Ring twice again', home: { berth: 5 } },
  });
});

test('names of other things, times, words of a list and what has to be kept stay as they are', () => {
  const body = {
    harbourId: 'North',
    type: 'van',
    at: '2026-01-05T10:00:00Z',
    name: 'Conform-Test ab',
    tags: ['a'],
  };
  const free = { ...body, note: 'Made by a test, ring twice.' };
  expect(withOtherValues(free, anything, ['Conform-Test ab'])).toEqual({
    ...free,
    note: `${free.note} again`,
  });
});

test.each(['name', 'displayName', 'slug', 'domain', 'path'])(
  'what a host may know the record by, %s, stays as it is',
  (name) => {
    const body = { type: 'van', [name]: 'Gull' };
    expect(withOtherValues(body, anything)).toEqual(body);
  },
);

test('only what the contract allows is taken', () => {
  const most = ({ length, note }: JsonObject) =>
    Number(length) <= 9 && typeof note === 'string' && note.length <= 5;
  expect(withOtherValues({ length: 9, note: 'Gull' }, most)).toEqual({ length: 8, note: 'Gulls' });
});

test('a value is found and replaced at its place, and nothing else is changed', () => {
  const body = { home: { berth: 4, pier: 1 }, name: 'Gull' };
  expect(memberAt(body, ['home', 'berth'])).toBe(4);
  expect(memberAt(body, ['home', 'none'])).toBeUndefined();
  expect(memberAt(body, ['name', 'length'])).toBeUndefined();
  expect(replaced(body, ['home', 'berth'], undefined)).toEqual({ home: { pier: 1 }, name: 'Gull' });
  expect(replaced(body, ['name'], 'Tern')).toEqual({ ...body, name: 'Tern' });
});
