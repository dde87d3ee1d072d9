import { expect, test } from 'vitest';
import { Secrets } from '../targets/secrets.js';
import { createMarks, createTerminal } from './terminal.js';

const marks = createMarks((bytes) => '5e'.repeat(bytes));

function printed(text: string, onSecret: 'refuse' | 'replace' = 'refuse'): string {
  const secrets = new Secrets();
  secrets.add('secret-for-tests');
  const written: string[] = [];
  const output = { isTTY: true, write: (piece: string) => written.push(piece) };
  createTerminal(output, { secrets, marks, onSecret }).write(text);
  return written.join('');
}

test('our own colours are printed, those of anybody else are not', () => {
  const { red } = marks.colours(true);
  expect(printed(red('no'))).toBe('\u001b[31mno\u001b[39m');
  expect(printed('\u001b[8mhidden\u001b[0m')).toBe('␛[8mhidden␛[0m');
  // The marks of another process, or guessed ones.
  const foreign = createMarks((bytes) => 'aa'.repeat(bytes)).colours(true);
  expect(printed(foreign.red('no'))).not.toContain('\u001b');
  expect(marks.colours(false).red('no')).toBe('no');
});

test.each([
  ['a link that looks like another', '\u001b]8;;http://x.example\u0007ok\u001b]8;;\u0007'],
  ['a new title of the window', '\u001b]0;title\u0007'],
  ['a cleared screen', '\u001bc\u001b[2J\u009b2J'],
  ['a line that is written over', 'refused\rworks'],
])('%s is not done', (_, text) => {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  expect(printed(text)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
});

test.each([
  ['::error file=x.ts::broken', ': :error file=x.ts::broken'],
  ['fine\n  ::stop-commands::abc', 'fine\n  : :stop-commands::abc'],
  ['x ##[error]broken', 'x # #[error]broken'],
  ['##vso[task.setvariable variable=x]y', '# #vso[task.setvariable variable=x]y'],
  ["##teamcity[buildStatus text='x']", "# #teamcity[buildStatus text='x']"],
])('%j is no command for a build server', (text, shown) => {
  expect(printed(text)).toBe(shown);
});

test('a path in the style of C++ and a heading of Markdown stay', () => {
  expect(printed('Host::port, ## Heading')).toBe('Host::port, ## Heading');
});

test('a result with a secret is refused, a remark with one is replaced', () => {
  expect(() => printed('the secret-for-tests')).toThrow('a secret of this process');
  expect(() => printed('the secret-for-tests')).not.toThrow(/secret-for-tests/);
  expect(printed('the secret-for-tests', 'replace')).toMatch(/^conform: a message .* is not shown\n$/);
});

test('of a text in pieces nothing is printed where a secret begins in one of them and ends in another', () => {
  const written: string[] = [];
  const secrets = new Secrets();
  secrets.add('secret-for-tests');
  const output = { isTTY: true, write: (piece: string) => written.push(piece) };
  const { write } = createTerminal(output, { secrets, marks, onSecret: 'refuse' });
  const million = '\n'.repeat(1024 * 1024);
  expect(() => {
    write(() => [million, `${million}the secret-`, 'for-tests']);
  }).toThrow('a secret of this process');
  expect(written).toEqual([]);
  write(() => [million, 'the end']);
  expect(written.join('')).toBe(`${million}the end`);
});
