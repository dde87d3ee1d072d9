import { expect, test } from 'vitest';
import { error, exitCodeOf, notTried, ok, warning, type Found, type Line } from './line.js';

const line = (found: Found, target?: string): Line => ({
  group: 'hosts',
  name: 'x',
  ...(target === undefined ? {} : { target }),
  ...found,
});
const WRONG = error('wrong', 'do');
const UNTRIED = error('no way', 'do', 3);

test.each<[what: string, lines: Line[], targets: string[] | undefined, code: number]>([
  ['all well', [line(ok('fine'), 'a')], ['a'], 0],
  ['warnings', [line(warning('hm', 'do'), 'a')], ['a'], 0],
  ['something wrong', [line(WRONG, 'a')], ['a'], 1],
  ['something wrong, and nothing tried', [line(WRONG), line(UNTRIED, 'a')], ['a'], 1],
  ['unusable before all else', [line(WRONG), line(error('bad', 'do', 2))], ['a'], 2],
  ['no target tried', [line(UNTRIED, 'a'), line(UNTRIED, 'b')], ['a', 'b'], 3],
  ['one of two targets tried', [line(UNTRIED, 'a'), line(ok('fine'), 'b')], ['a', 'b'], 1],
  ['no target at all', [line(notTried('none'))], [], 3],
  ['none to be tried', [line(notTried('of --offline'))], undefined, 0],
])('%s', (_, lines, targets, code) => {
  expect(exitCodeOf(lines, targets)).toBe(code);
});
