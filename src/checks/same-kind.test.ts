import { expect, test } from 'vitest';
import type { Answer } from '../targets/reply.js';
import { answer } from '../testing/host.js';
import { isSameKind } from './same-kind.js';

const HTML = { 'content-type': 'text/html' };
const CSV = { 'content-type': 'text/csv' };

test.each<[what: string, own: Answer, other: Answer, same: boolean]>([
  ['two objects', answer(200, { id: 1 }), answer(200, { id: 2, name: 'a' }), true],
  ['two lists', answer(200, [1]), answer(200, []), true],
  ['two texts of one type', answer(200, 'a,b', CSV), answer(200, 'c,d', CSV), true],
  ['an object and a list', answer(200, { id: 1 }), answer(200, [1]), false],
  ['a list and an object', answer(200, [1]), answer(200, { id: 1 }), false],
  ['an object and a page to log in on', answer(200, { id: 1 }), answer(200, '<html>', HTML), false],
  ['a text and a page', answer(200, 'a,b', CSV), answer(200, '<html>', HTML), false],
  ['a text and nothing', answer(200, 'a,b', CSV), answer(200, '', CSV), false],
  ['two texts of JSON', answer(200, '"a"'), answer(200, '"b"'), false],
  ['two errors', answer(200, { error: 'a' }), answer(200, { error: 'b' }), true],
  ...['error', 'errors', 'error_description', 'errorCode', 'fault'].map(
    (name): [string, Answer, Answer, boolean] => [
      `an object and one with “${name}”`,
      answer(200, { id: 1 }),
      answer(200, { [name]: 'no' }),
      false,
    ],
  ),
])('%s: %s', (_, own, other, same) => {
  expect(isSameKind(own, other)).toBe(same);
});
