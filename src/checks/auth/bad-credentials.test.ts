import { expect, test } from 'vitest';
import type { Manner } from '../../probe/writes.js';
import { foundIn } from '../../testing/answers.js';
import { answer } from '../../testing/host.js';

test.each<[status: number, manner: Manner, codes: string[]]>([
  [204, 'invalid-token', ['let-in']],
  [404, 'invalid-token', []],
  [204, 'plain', []],
])('%i, asked as %s', (status, manner, codes) => {
  const found = foundIn(answer(status), '/things/', manner).filter(
    ({ check }) => check === 'auth/bad-credentials',
  );
  expect(found.map(({ code }) => code)).toEqual(codes);
});

test('it says that somebody was let in, as an error', () => {
  expect(foundIn(answer(204), '/things/', 'invalid-token')).toMatchObject([
    { check: 'auth/bad-credentials', severity: 'error' },
  ]);
});
