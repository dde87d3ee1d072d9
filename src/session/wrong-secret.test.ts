import { expect, test } from 'vitest';
import { wrongSecret } from './wrong-secret.js';

test.each([
  'client-secret-for-tests',
  '0123456789abcdef0123456789abcdef',
  'AAAAAAAA',
  'aB3-xY9_zQ',
  'c2VjcmV0LWZvci10ZXN0cw==',
])('one for %s is of its length and its characters, and differs at the end', (secret) => {
  const wrong = wrongSecret(secret) ?? '';
  expect(wrong).not.toBe(secret);
  expect(wrong).toHaveLength(secret.length);
  const kinds = (text: string) =>
    text.replaceAll(/\d/g, '0').replaceAll(/[a-z]/g, 'a').replaceAll(/[A-Z]/g, 'A');
  expect(kinds(wrong)).toBe(kinds(secret));
  const firstChanged = Array.from(secret).findIndex((one, index) => one !== wrong[index]);
  expect(wrong.slice(0, firstChanged)).toBe(secret.slice(0, firstChanged));
  expect(firstChanged).toBeGreaterThanOrEqual(secret.length - 7);
});

test('one of hexadecimal digits stays so', () => {
  expect(wrongSecret('00ff17abcdef0123')).toMatch(/^[\da-f]{16}$/);
});

test.each(['', 'abc', '------', '----ab9'])(
  'there is none for “%s”, which has too little to change',
  (secret) => {
    expect(wrongSecret(secret)).toBeUndefined();
  },
);
