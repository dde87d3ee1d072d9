import { expect, test } from 'vitest';
import type { JsonObject } from '../json.js';
import { brokenBodies } from './broken-bodies.js';

/** A contract for boats, by hand. */
function keywords({ name, length, colour, afloat }: JsonObject): string[] {
  return [
    ...(name === undefined ? ['required'] : []),
    ...(length === undefined ? ['required'] : []),
    ...(typeof length === 'string' ? ['type'] : []),
    ...(typeof length === 'number' && length > 90 ? ['maximum'] : []),
    ...(colour !== undefined && colour !== 'red' ? ['enum'] : []),
    ...(typeof afloat === 'string' ? ['type', 'enum'] : []),
  ];
}
const BOAT = { name: 'Conform-Test ab', length: 9, colour: 'red', afloat: true, note: 'any' };

test('each body breaks the contract in one way only', () => {
  expect(brokenBodies(BOAT, keywords).map(({ how, member }) => `${how} ${member}`)).toEqual([
    'left-out name',
    'left-out length',
    'type length',
    'bound length',
    'enum colour',
  ]);
});

test('the member by which a record is known is broken last', () => {
  const found = brokenBodies(BOAT, keywords, 'Conform-Test ab').filter(({ how }) => how === 'left-out');
  expect(found.map(({ member }) => member)).toEqual(['length', 'name']);
});

test('there are none of a body that is forbidden already, nor of a contract that forbids nothing', () => {
  expect(brokenBodies({ name: 'Gull' }, keywords)).toEqual([]);
  expect(brokenBodies(BOAT, () => [])).toEqual([]);
});
