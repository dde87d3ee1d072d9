import { describe, expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import type { Json } from '../json.js';
import { messagesOf } from './messages.js';

const page = (text: string) => messagesOf({ kind: 'html', text });
const json = (value: Json) => messagesOf({ kind: 'json', value, text: '' });

describe('the messages', () => {
  test('of JSON are its strings, near the top', () => {
    expect(json({ error: 'a', more: [{ detail: 'b' }], code: 7 })).toEqual(['a', 'b']);
    expect(json({ a: { b: { c: { d: { e: { f: 'deep' } } } } } })).toEqual([]);
  });

  test('of JSON are also those of an answer that it passes on as a string', () => {
    const inner = JSON.stringify({ fault: 'a' });
    expect(json({ response: inner })).toEqual([inner, 'a']);
  });

  test('of JSON do not hold the names of its members', () => {
    expect(json({ Forbidden: true })).toEqual([]);
  });

  test('of a text are itself and its lines', () => {
    expect(messagesOf({ kind: 'text', text: 'one\ntwo\n' })).toEqual(['one\ntwo', 'one', 'two']);
  });

  test('of a text are also the values of JSON that are in it, as in a log', () => {
    const line = 'body: {\\"fault\\":{\\"faultstring\\":\\"Unable to find it\\"}} "quoted"';
    expect(messagesOf({ kind: 'text', text: line })).toEqual([line, 'Unable to find it']);
  });

  test.each<[what: string, html: string, messages: string[]]>([
    [
      'its title and headings',
      '<title>404 Not Found</title><h1>Not&nbsp;Found</h1>',
      ['404 Not Found', 'Not Found'],
    ],
    [
      'a sentence that goes through tags',
      '<p>The URL <code>/x</code> was <b>not</b> found.</p>',
      ['The URL', '/x', 'was', 'not', 'found.', 'The URL /x was not found.'],
    ],
    ['what is on both sides of a break', 'one<br>two', ['one', 'two']],
    ['characters that are written as numbers', 'Reference&#32;&#x23;18', ['Reference #18']],
    ['a number that is no character', '&#x1fffff;', ['&#x1fffff;']],
    ['addresses that it loads', '<iframe src="/_Product?x=1&amp;y">', ['/_Product?x=1&y']],
    ['nothing of scripts, styles and comments', '<script>a<b</script><style>c</style><!-- d > e -->f', ['f']],
    ['what is before a tag that does not end', 'one <b two', ['one']],
    ['what is before a comment that does not end', 'one <!-- two', ['one']],
  ])('of a page are %s', (_, html, messages) => {
    expect(page(html)).toEqual(messages);
  });

  test('that are cut are not taken for ones that end there', () => {
    expect(page('a '.repeat(4_000))[0]).toMatch(/…$/);
  });
});

test.each<[what: string, text: string]>([
  ['tags that do not end', '<'.repeat(200_000)],
  ['comments that do not end', '<!--'.repeat(100_000)],
  ['scripts that do not end', '<script>'.repeat(50_000)],
  ['references to characters that do not end', '&#'.repeat(100_000)],
  ['addresses that do not end', '<a src="'.repeat(50_000)],
  ['very many messages', '<p>a</p>'.repeat(50_000)],
])('a page of %s is read in time', (_, text) => {
  const began = systemClock.ticks();
  expect(page(text).length).toBeLessThanOrEqual(300);
  expect(systemClock.ticks() - began).toBeLessThan(2_000);
});

test('quotes that do not end do not make a text take long', () => {
  const began = systemClock.ticks();
  messagesOf({ kind: 'text', text: ':"'.repeat(100_000) });
  expect(systemClock.ticks() - began).toBeLessThan(2_000);
});
