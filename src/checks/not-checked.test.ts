import { expect, test } from 'vitest';
import { nameOf } from './fact.js';
import { notChecked, partlyNotChecked } from './not-checked.js';

const FACTS = { header: nameOf('x-total') };

test.each([
  ['schema', 'the body was not checked: the contract’s schema for it cannot be used'],
  ['time', 'the body was not checked: checking it against the contract took longer than 1 s'],
  ['depth', 'the body was not checked: checking it against the contract goes too deep'],
] as const)('what was not checked because of %s is neither kept nor broken', (why, message) => {
  expect(notChecked({ what: 'the body' }, why)).toEqual({ code: 'not-checked', inconclusive: true, message });
});

test('another reason is said as it is given, and the facts are kept', () => {
  expect(notChecked({ what: 'the header', facts: FACTS }, { because: 'it is too long' })).toEqual({
    ...{ code: 'not-checked', facts: FACTS, inconclusive: true },
    message: 'the header was not checked: it is too long',
  });
});

const asideAt = (schemaPointer: string) => ({ schemaPointer, keyword: 'pattern', why: 'it is no pattern' });

test('what was checked as a whole has no such finding', () => {
  expect(partlyNotChecked({ what: 'the body' }, [])).toEqual([]);
});

test('the places that a part was not held against are listed in one finding', () => {
  const [found, ...others] = partlyNotChecked({ what: 'the body', facts: FACTS }, [
    asideAt(''),
    asideAt('/a'),
  ]);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ code: 'partly-not-checked', facts: FACTS, inconclusive: true });
  expect(found?.message).toMatch(
    /: “pattern” at the root \(it is no pattern\); “pattern” at \/a \(it is no pattern\)$/,
  );
});

test('of many places the first five are listed, and how many more there are', () => {
  const messageOf = (number: number) =>
    partlyNotChecked(
      { what: 'the body' },
      Array.from({ length: number }, (_, at) => asideAt(`/${at}`)),
    )[0];
  expect(messageOf(5)?.message).toMatch(/\/4 \(it is no pattern\)$/);
  expect(messageOf(7)?.message).toMatch(/\/4 \(it is no pattern\); 2 more$/);
  expect(messageOf(7)).not.toHaveProperty('facts');
});
