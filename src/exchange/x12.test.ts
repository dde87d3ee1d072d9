import { expect, test } from 'vitest';
import { elementsOfX12 } from './x12.js';

const interchange = (between: string, end: string, ...segments: string[][]) => {
  const isa = [
    'ISA',
    '00',
    ' '.repeat(10),
    '00',
    ' '.repeat(10),
    'ZZ',
    'RECEIVER'.padEnd(15),
    'ZZ',
    'SENDER'.padEnd(15),
  ];
  const rest = ['260101', '0101', '^', '00501', '000000001', '0', 'T', ':'];
  return [[...isa, ...rest], ...segments].map((segment) => `${segment.join(between)}${end}`).join('');
};

test.each([
  ['*', '~'],
  ['|', '\n'],
])('the elements that say whether something was accepted are found between %j and %j', (between, end) => {
  const text = interchange(
    between,
    end,
    ['NM1', 'IL', '1', 'Example'],
    ['AAA', 'N', '', '75', 'C'],
    ['AK9', 'R'],
  );
  expect(elementsOfX12(text)).toEqual(['AAA01: N', 'AAA03: 75', 'AAA04: C', 'AK901: R']);
});

test('a text that is no interchange has none', () => {
  expect(elementsOfX12('AAA*N**75*C~')).toEqual([]);
});

test('of the status of a claim only its category is taken, and no amount', () => {
  expect(elementsOfX12('ST*277*0001*005010X214~STC*A3:21:85*20260119*U*410~')).toEqual(['STC01: A3:21:85']);
});
