import { expect, test } from 'vitest';
import type { Manner } from '../../probe/writes.js';
import { foundIn } from '../../testing/answers.js';
import { answer } from '../../testing/host.js';

test.each<[status: number, manner: Manner, codes: string[]]>([
  [204, 'forbidden-body', ['accepted']],
  [404, 'forbidden-body', []],
  [204, 'real', []],
])('%i, asked as %s', (status, manner, codes) => {
  const found = foundIn(answer(status), '/things/', manner).filter(
    ({ check }) => check === 'input/forbidden-body',
  );
  expect(found.map(({ code }) => code)).toEqual(codes);
});

test('it says that the body was accepted, as an error', () => {
  expect(foundIn(answer(204), '/things/', 'forbidden-body')).toMatchObject([
    { check: 'input/forbidden-body', severity: 'error' },
  ]);
});
