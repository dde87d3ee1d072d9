import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.js';
import { createPatterns } from './patterns.js';
import { quickSchemas } from './quick.js';
import { fragmentOf } from './targets.js';

const ref = (name: string) => ({ $ref: fragmentOf(`/${name}`) });

test.each<[what: string, schema: JsonObject, isQuick: boolean]>([
  ['a text', { type: 'string', maxLength: 9, format: 'date' }, true],
  ['an object', { properties: { a: { type: 'string' } }, additionalProperties: false }, true],
  ['a list of itself', { items: ref('It') }, true],
  ['a pattern', { pattern: '^(a+)+$' }, true],
  ['a pattern that can take for ever', { pattern: '^(a+)+\\1$' }, false],
  ['a pattern of a time', { pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' }, true],
  ['a pattern of many repetitions', { pattern: '^(a{20}){20}$' }, false],
  ['a long pattern', { pattern: 'a?'.repeat(60) }, false],
  ['such a pattern deep inside', { items: { properties: { a: { pattern: '(?=a)b' } } } }, false],
  ['such a pattern behind a reference', { properties: { a: ref('Pattern') } }, false],
  ['names that match a pattern', { patternProperties: { a: {} } }, false],
  ['alternatives', { anyOf: [{}, {}] }, true],
  ['parts of all, some of them shared', { allOf: [ref('Text'), { items: ref('Text') }] }, true],
  ['parts of all that lead back to it', { allOf: [ref('It'), ref('It')] }, false],
  ['a list of itself beside alternatives', { items: ref('It'), oneOf: [{}, {}] }, false],
  ['combinations without end', { allOf: [ref('Two9'), ref('Two9')] }, false],
  ['items that differ', { uniqueItems: true }, false],
  ['what nobody knows', { made: true }, false],
  ['a reference to nothing', { items: ref('None') }, false],
])('a check against %s needs no limit of time: %j is %s', (_, It, isQuick) => {
  // Each has two of the one before: 1,024 in all.
  const twos = Object.fromEntries(
    Array.from({ length: 10 }, (_entry, index) => [
      `Two${index}`,
      index === 0 ? {} : { anyOf: [ref(`Two${index - 1}`), ref(`Two${index - 1}`)] },
    ]),
  );
  const root = { It, Pattern: { pattern: '(?=a)b' }, Text: { type: 'string' }, ...twos };
  expect(quickSchemas(root, createPatterns())('/It')).toBe(isQuick);
});
