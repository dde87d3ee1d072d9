import { expect, test } from 'vitest';
import { DEEPEST_JSON } from '../json.js';
import { answer } from '../testing/host.js';
import { readBody } from './body.js';

const TYPE = { 'content-type': 'application/json' };
const lists = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

test('a body is read as deep as the limit, and no deeper', () => {
  expect(readBody(answer(200, lists(DEEPEST_JSON), TYPE)).kind).toBe('json');
  for (const levels of [DEEPEST_JSON + 1, 4_000_000]) {
    expect(readBody(answer(200, lists(levels), TYPE))).toMatchObject({
      kind: 'unreadable',
      why: 'the body is nested deeper than 500 levels',
    });
  }
});

test('brackets in texts have no depth', () => {
  const text = JSON.stringify({ a: `${'['.repeat(5000)}"\\`, b: '{'.repeat(5000) });
  expect(readBody(answer(200, text, TYPE))).toMatchObject({ kind: 'json' });
});
