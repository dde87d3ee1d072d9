import { expect, test } from 'vitest';
import { createPseudonyms, isPseudonym } from './pseudonyms.js';

test('a pseudonym is the same for the same id, and another one for another id or kind', () => {
  const pseudonyms = createPseudonyms();
  const names = [
    ['patient_id', 'a'],
    ['patient_id', 'b'],
    ['patientId', 'a'],
    ['notes', 'a'],
    ['id', 'a'],
    ['identifier', 'a'],
  ] as const;
  expect(names.map(([kind, value]) => pseudonyms.of(kind, value))).toEqual([
    'patient-1',
    'patient-2',
    'patient-1',
    'notes-1',
    'id-1',
    'identifier-1',
  ]);
});

test.each([
  ['patient-1', true],
  ['a-9', true],
  ['care_plan.v2-x-120', true],
  ['patient-0', false],
  ['patient-01', false],
  ['patient-1a', false],
  ['patient', false],
  ['1patient-1', false],
  ['-1', false],
  ['of patient-1', false],
  ['pa tient-1', false],
])('“%s” has the form of a pseudonym: %s', (text, is) => {
  expect(isPseudonym(text)).toBe(is);
});
