import { expect, test } from 'vitest';
import { UNKNOWN_REQUEST, type Pasted, type Reader } from './paste.js';
import { readPasted } from './read.js';

const answer = (said: string): Pasted => ({
  request: UNKNOWN_REQUEST,
  reply: {
    kind: 'answer',
    status: undefined,
    statusFrom: undefined,
    headers: undefined,
    body: Buffer.from(said),
  },
});

/** Reads what stands behind a mark as a text within the text. */
const marked: Reader = {
  id: 'marked',
  about: 'a text behind a mark',
  read: (text, again) => {
    const at = text.indexOf('>>');
    return at < 0 ? [] : [{ from: at, to: text.length, pasted: again(text.slice(at + 2)) }];
  },
};

const sentence = (isOfWhole: boolean): Reader => ({
  id: 'sentence',
  about: 'any sentence',
  isOfWhole,
  read: (text) => (/refused/.test(text) ? [{ from: 0, to: text.length, pasted: [answer('refused')] }] : []),
});

test('a reader of whole pastes reads no text within another one', () => {
  expect(readPasted('note >>it was refused', [[marked], [sentence(false)]])).toHaveLength(1);
  expect(readPasted('it was refused', [[marked], [sentence(true)]])).toHaveLength(1);
  expect(readPasted('note >>it was refused', [[marked, sentence(true)]])).toEqual([]);
});
