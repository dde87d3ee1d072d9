import { expect, test } from 'vitest';
import { commonMediaType, count, day, mediaType, nameAmong, nameOf, status } from './fact.js';

test('a number of things is a number, and a status a name', () => {
  expect(count(3)).toBe(3);
  expect(status(404)).toBe('404');
  expect(status(null)).toBe('no answer');
});

test('a day of long ago could be one of a person, and is not shown', () => {
  expect(day(Date.UTC(2026, 1, 26, 17, 40))).toBe('2026-02-26');
  expect(day(Date.UTC(2020, 0, 1))).toBe('2020-01-01');
  expect(day(Date.UTC(2019, 11, 31))).toBe('a day before 2020');
  expect(day(Date.UTC(1971, 4, 5))).toBe('a day before 2020');
});

test('a name is no longer than 100 characters', () => {
  expect(nameOf('a'.repeat(101))).toBe('a'.repeat(100));
  expect(nameOf('id')).toBe('id');
});

test('a name of an answer is shown only where the contract has it', () => {
  const known = new Set(['id']);
  expect(nameAmong(known, 'id')).toBe('id');
  expect(nameAmong(known, 'Ann Muster')).toBe('that the contract does not name');
});

test.each([
  ['Text/HTML; charset=utf-8', 'text/html'],
  ['image/png', 'image/png'],
  ['application/vnd.shop.v2+xml ;q=1', 'application/vnd.shop.v2+xml'],
  ['multipart/form-data; boundary=x', 'multipart/form-data'],
  ['application/fhir+json', 'application/fhir+json'],
  ['text/json', 'text/json'],
  [`application/${'a'.repeat(40)}`, `application/${'a'.repeat(40)}`],
  [`application/${'a'.repeat(41)}`, 'none that is known'],
  ['x-text/html', 'none that is known'],
  ['text/html, Ann Muster', 'none that is known'],
  ['muster/ann', 'none that is known'],
  ['text/', 'none that is known'],
  [undefined, 'none that is known'],
])('the media type %s is shown as %s', (type, shown) => {
  expect(mediaType(type)).toBe(shown);
});

test.each([
  ['Text/HTML; charset=utf-8', 'text/html'],
  [' application/json ', 'application/json'],
  ['application/fhir+json', 'application/fhir+json'],
  ['application/octet-stream', 'application/octet-stream'],
  ['image/png', 'another one'],
  ['application/vnd.muster+json', 'another one'],
  ['', 'another one'],
])('of the media type %s of an answer %s is shown', (type, shown) => {
  expect(commonMediaType(type)).toBe(shown);
});
