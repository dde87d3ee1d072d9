import { expect, test } from 'vitest';
import { parseYamlText } from './parse.js';

test.each([
  ['texts with colons, quotes and backslashes', '{"a: \\"b\\": {": ["c:", "\\\\", {"d": "\\\\\\":"}]}'],
  ['numbers, also those that are no whole ones', '{"a": [0, -1, 1.5, 1e3, -0.25]}'],
  ['what is empty, and what is nothing', '{"a": {}, "b": [], "c": "", "d": null, "e": [true, false]}'],
  ['names that objects inherit', '{"required": ["toString"], "__proto__": {"constructor": 1}}'],
  ['statuses', '{"404": 1, "200": {"default": 2}}'],
])('a text that is JSON has the same value as YAML: %s', (_, text) => {
  // With a comment, it is no JSON.
  expect(JSON.stringify(parseYamlText(text))).toBe(JSON.stringify(parseYamlText(`# YAML\n${text}`)));
});

test.each([
  ['in JSON', '{"a": {"b": 1, "b": ":"}}'],
  ['in YAML', 'a:\n  b: 1\n  b: 2\n'],
])('a name that is twice is an error: %s', (_, text) => {
  expect(() => parseYamlText(text)).toThrow('duplicated mapping key');
});
