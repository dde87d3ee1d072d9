import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseYamlText } from './parse.js';

/** With a comment, it is no JSON. */
function asYaml(text: string): string {
  return `# YAML\n${text}`;
}

test.each([
  ['texts with colons, quotes and backslashes', '{"a: \\"b\\": {": ["c:", "\\\\", {"d": "\\\\\\":"}]}'],
  ['numbers, also those that are no whole ones', '{"a": [0, -1, 1.5, 1e3, -0.25, 12345678901234567890]}'],
  ['a number that is larger than any', '{"a": [1e400]}'],
  ['what is empty, and what is nothing', '{"a": {}, "b": [], "c": "", "d": null, "e": [true, false]}'],
  ['names that objects inherit', '{"required": ["toString"], "__proto__": {"constructor": 1}}'],
  ['statuses', '{"404": 1, "200": {"default": 2}}'],
  ['a name that is that of a merge key', '{"<<": {"a": 1}, "b": 2}'],
])('a text that is JSON has the same value as YAML: %s', (_, text) => {
  expect(JSON.stringify(parseYamlText(text))).toBe(JSON.stringify(parseYamlText(asYaml(text))));
});

test('any text that is JSON has the same value as YAML', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (value) => {
      const text = JSON.stringify(value);
      expect(parseYamlText(text)).toEqual(parseYamlText(asYaml(text)));
    }),
    { seed: 2026, numRuns: 100 },
  );
});

test.each([
  ['in JSON', '{"a": {"b": 1, "b": ":"}}'],
  ['in YAML', 'a:\n  b: 1\n  b: 2\n'],
])('a name that is twice is an error: %s', (_, text) => {
  expect(() => parseYamlText(text)).toThrow('duplicated mapping key');
});

test.each([
  [50, false],
  [90, false],
  [95, false],
  [101, true],
  [400, true],
  [3000, true],
])('JSON that is nested %d deep is read as deep as YAML is: refused %s', (levels, isRefused) => {
  const text = `{"a": ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
  const refused = expect(() => parseYamlText(text));
  if (isRefused) refused.toThrow(/nest(?:ed too deep|ing exceeded)/);
  else refused.not.toThrow();
});
