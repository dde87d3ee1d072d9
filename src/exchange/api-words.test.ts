import { expect, test } from 'vitest';
import { isOfApiWords, partsOfName } from './api-words.js';

test.each([
  ['care-plans', true],
  ['_search', true],
  ['orderLines2', true],
  ['addresses', true],
  ['statuses', true],
  ['categories', true],
  ['activities', true],
  ['v1', false],
  ['item22', false],
  ['Items', true],
  ['search.json', true],
  ['Ada', false],
  ['care-Ada', false],
  ['items-of-ada', false],
  ['3035550100', false],
  ['', false],
  ['-', false],
])('“%s” is made of words that all APIs have: %s', (name, is) => {
  expect(isOfApiWords(name)).toBe(is);
});

test.each([
  ['orderLines', ['order', 'lines']],
  ['order2Lines', ['order2', 'lines']],
  ['XMLFile', ['xmlfile']],
  ['_care--plan.v2_', ['care', 'plan', 'v2']],
  ['', []],
])('the words of “%s” are %j', (name, parts) => {
  expect(partsOfName(name)).toEqual(parts);
});
