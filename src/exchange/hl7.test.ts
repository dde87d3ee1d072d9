import { expect, test } from 'vitest';
import { elementsOfHl7 } from './hl7.js';

test('the codes of an acknowledgement are named as the standard names them, and nothing else is taken', () => {
  const message = [
    'MSH|^~\\&|LAB|NORTH|HIS|CLINIC|20260311081522||ACK^A01|0001|P|2.5',
    'MSA|AE|MSG0001|Required field missing',
    'ERR||PID^1^3|101^Required field missing^HL70357|E',
  ].join('\r');
  expect(elementsOfHl7(message)).toEqual(['MSA01: AE', 'ERR03: 101']);
});

test('a message that is no acknowledgement has none', () => {
  expect(
    elementsOfHl7('MSH|^~\\&|LAB|NORTH|HIS|CLINIC|20260311081522||ADT^A01|0001|P|2.5\rPID|1||0001'),
  ).toEqual([]);
});
