import { expect, test } from 'vitest';
import { inertText, isInert } from './inert.js';

test.each([
  ['a clear screen', 'a\u001b[2Jb', 'a␛[2Jb'],
  ['a bell and a null', 'a\u0007\u0000', 'a␇␀'],
  ['a deletion', 'a\u007fb', 'a␡b'],
  ['a control sequence of eight bits', 'a\u009b31mb', 'a\ufffd31mb'],
  ['text that runs backwards', 'a\u202egpj.exe', 'a\ufffdgpj.exe'],
  ['a return that writes over a line', 'error\rfine', 'error␍fine'],
  ['what is in front of the end of a line', 'a\u0007\nb', 'a␇\nb'],
  ['the last of the control characters', 'a\u001fb', 'a␟b'],
])('%s is there as its picture', (_, text, shown) => {
  expect(inertText(text, 'report.md')).toBe(shown);
});

test('lines, tabs and words of any script stay', () => {
  const text = 'Ärger\tüber\nZoë\r\n東京 مرحبا 🙂\n';
  expect(inertText(text, 'report.html')).toBe(text);
});

test('in JSON and TypeScript they are escaped, so that the strings still mean the same', () => {
  const value = { title: 'a\u001b[2J\u009b\u202e\u007f\r\n' };
  const text = inertText(JSON.stringify(value, null, 2), 'run.json');
  expect(text).not.toMatch(/[^\n\x20-\x7e]/);
  expect(JSON.parse(text)).toEqual(value);
});

test.each([
  ['report 7.md', true],
  ['Zoë-東京.json', true],
  ['a\nb', false],
  ['a\r\nb', false],
  ['a\u001b[2Jb', false],
  ['gpj\u202e.exe', false],
])('%j can be the name of a file: %s', (name, is) => {
  expect(isInert(name)).toBe(is);
});
