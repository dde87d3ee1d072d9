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

/** Reads what is behind a mark as a text within the text. */
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

const numbered: Reader = {
  id: 'numbered',
  about: 'a status',
  read: (text) => {
    const at = text.search(/\b[1-5]\d\d\b/);
    const unknown = { headers: undefined, body: undefined };
    if (at < 0) return [];
    const status = Number(text.slice(at, at + 3));
    const reply = { kind: 'answer', status, statusFrom: 'answer', ...unknown } as const;
    return [{ from: at, to: at + 3, pasted: [{ request: UNKNOWN_REQUEST, reply }] }];
  },
};

test('a success by its status alone is nothing where an error that no reader knows is beside it', () => {
  expect(readPasted('status 200\nerror: the reply makes no sense', [[numbered]])).toEqual([]);
  expect(readPasted('status 200\nno error', [[numbered]])).toHaveLength(1);
  expect(readPasted('status 500\nerror: the reply makes no sense', [[numbered]])).toHaveLength(1);
});

test('of a success and what was refused beside it, the refusal is what the paste is about', () => {
  const read = readPasted('status 200\nthen it was refused', [[numbered], [sentence(true)]]);
  expect(read).toEqual([answer('refused')]);
});
