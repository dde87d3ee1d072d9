import { expect, test } from 'vitest';
import { elementsOfEdifact } from './edifact.js';

test('the action code of a report is named by its position', () => {
  const report = [
    "UNH+1+CONTRL:D:3:UN'",
    "UCI+000318+4000000000002:14+4000000000001:14+4+12+UNB+1'",
    "UNT+3+1'",
  ];
  expect(elementsOfEdifact(report.join('\n'))).toEqual(['UCI04: 4']);
});

test('a message that reports nothing has none', () => {
  expect(elementsOfEdifact("UNH+1+ORDERS:D:96A:UN'BGM+220+17+9'")).toEqual([]);
});
