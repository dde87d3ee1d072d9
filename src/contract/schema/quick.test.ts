import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.js';
import { quickSchemas } from './quick.js';
import { fragmentOf } from './targets.js';

const ref = (name: string) => ({ $ref: fragmentOf(`/${name}`) });

test.each<[what: string, schema: JsonObject, isQuick: boolean]>([
  ['a text', { type: 'string', maxLength: 9, format: 'date' }, true],
  ['an object', { properties: { a: { type: 'string' } }, additionalProperties: false }, true],
  ['a list of itself', { items: ref('It') }, true],
  ['a pattern', { pattern: '^(a+)+$' }, false],
  ['a pattern deep inside', { items: { properties: { a: { pattern: 'a' } } } }, false],
  ['a pattern behind a reference', { properties: { a: ref('Pattern') } }, false],
  ['names that match a pattern', { patternProperties: { a: {} } }, false],
  ['alternatives', { anyOf: [{}, {}] }, false],
  ['parts of all', { allOf: [ref('It'), ref('It')] }, false],
  ['items that differ', { uniqueItems: true }, false],
  ['what nobody knows', { made: true }, false],
  ['a reference to nothing', { items: ref('None') }, false],
])('a check against %s needs no limit of time: %j is %s', (_, It, isQuick) => {
  expect(quickSchemas({ It, Pattern: { pattern: 'a' } })('/It')).toBe(isQuick);
});
