import { describe, expect, test } from 'vitest';
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
      text: '',
    });
  }
});

test('brackets in texts have no depth', () => {
  const text = JSON.stringify({ a: `${'['.repeat(5000)}"\\`, b: '{'.repeat(5000) });
  expect(readBody(answer(200, text, TYPE))).toMatchObject({ kind: 'json' });
});

describe('a body is', () => {
  test.each<[kind: string, body: string, type?: string]>([
    ['empty', '', 'application/json'],
    ['json', '{"id":1}', 'application/json'],
    ['json', '{"id":1}', 'application/fhir+json; charset=utf-8'],
    ['json', '{"id":1}', 'text/plain'],
    ['json', '\n [1]'],
    ['json', ' "a text" '],
    ['json', 'null', 'application/json'],
    ['text', 'null'],
    ['text', 'said: {"id":1}'],
    ['text', '{"id":'],
    ['text', 'a text', 'text/json5'],
    ['html', '<!DOCTYPE html><p>a'],
    ['html', ' <HTML>'],
    ['html', '<body>'],
    ['html', 'a page', 'text/html'],
    ['html', '<p>a page', 'application/xhtml, text/html; charset=utf-8'],
    ['xml', '<p>a page', 'application/xml'],
    ['xml', '\n<a>one <html></a>'],
    ['text', 'one <html>'],
  ])('%s: %j, of the type %s', (kind, body, type) => {
    expect(readBody(answer(200, body, type === undefined ? {} : { 'content-type': type })).kind).toBe(kind);
  });

  test('unreadable where it is called JSON and is none, and kept as it came', () => {
    expect(readBody(answer(200, '<p>a', TYPE))).toEqual({
      ...{ kind: 'unreadable', why: 'the body is not JSON', text: '<p>a' },
    });
  });

  test('unreadable where it is not whole, whatever has come of it', () => {
    expect(readBody(answer(200, '{"id":1}', TYPE, 'cut off'))).toEqual({
      ...{ kind: 'unreadable', why: 'the body is cut off', text: '' },
    });
  });
});

describe('the text of a body', () => {
  const latin = Buffer.from('Ärger', 'latin1');
  const read = (body: Buffer, type: string) =>
    readBody({ ...answer(200, undefined, { 'content-type': type }), body });

  test.each([
    'text/plain; charset=iso-8859-1',
    'text/plain;charset="ISO-8859-1"',
    'text/plain;  charset=latin1;x=y',
    'text/plain; Charset=windows-1252 ; x=y',
  ])('is in the charset that it names: %s', (type) => {
    expect(read(latin, type)).toEqual({ kind: 'text', text: 'Ärger' });
  });

  test.each([
    'text/plain',
    'text/plain; charset=utf-8',
    'text/plain; charset=no-such-charset',
    'text/plain; x=latin1',
  ])('is UTF-8 where none is named that is known: %s', (type) => {
    expect(read(Buffer.from('Ärger'), type)).toEqual({ kind: 'text', text: 'Ärger' });
  });

  test('in JSON is UTF-8 whatever is named, and in that charset only where it is not', () => {
    const type = 'application/json; charset=iso-8859-1';
    expect(read(Buffer.from('"Ärger"'), type)).toMatchObject({ kind: 'json', value: 'Ärger' });
    expect(read(Buffer.from('"Ärger"', 'latin1'), type)).toMatchObject({ kind: 'json', value: 'Ärger' });
  });

  test.each<[type: string, is: object]>([
    ['text/plain', { kind: 'binary', bytes: latin }],
    ['text/plain; charset=no-such-charset', { kind: 'binary', bytes: latin }],
    [
      'text/plain; charset=utf-8',
      { kind: 'unreadable', why: 'the body is not in the charset that it is said to be in', text: '' },
    ],
    ['application/json', { kind: 'unreadable', why: 'the body is not valid UTF-8', text: '' }],
  ])('of which a part would be guessed is none: %s', (type, is) => {
    expect(read(latin, type)).toEqual(is);
  });
});
