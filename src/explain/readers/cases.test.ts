import { describe, expect, test } from 'vitest';
import { inWords, packageReaders, readPasteCases } from '../../testing/pastes.js';
import { plainText } from '../decode.js';
import { readAll } from '../read.js';

const forms = await readPasteCases();
const readers = await packageReaders();

test('every reader has cases, and one at least in which there is nothing to be read', () => {
  const ids = readers.flat().map(({ id }) => id);
  expect(forms.map(({ reader }) => reader)).toEqual(ids.toSorted());
  const without = forms.filter(({ cases }) => !cases.some(({ expected }) => expected === 'nothing'));
  expect(without.map(({ reader }) => reader)).toEqual([]);
});

describe.each(forms)('$reader', ({ reader, cases }) => {
  test.each(cases)('$name', ({ paste, expected }) => {
    const read = readAll(plainText(paste), readers);
    const pasted = read.flatMap((one) => one.pasted);
    if (expected === 'nothing') {
      expect(pasted.map((one) => inWords(one, {}))).toEqual([]);
      return;
    }
    expect(pasted.map((one, index) => inWords(one, expected[index] ?? {}))).toEqual(expected);
    expect(read.map((one) => one.reader.id)).toContain(reader);
  });
});
