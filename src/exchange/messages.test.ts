import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import { messagesOf } from './messages.js';
import { processorTime } from '../testing/processor-time.js';

const page = (text: string) => messagesOf({ kind: 'html', text });
const json = (value: Json) => messagesOf({ kind: 'json', value, text: '' });

describe('the messages', () => {
  test('of JSON are its strings, near the top', () => {
    expect(json({ error: 'a', more: [{ detail: 'b' }], code: 7 })).toEqual(['a', 'b']);
    expect(json({ a: { b: { c: { d: { e: { f: 'deep' } } } } } })).toEqual([]);
    expect(json({ a: { b: { c: { d: { e: 'the last' } } } } })).toEqual(['the last']);
    expect(json([[[[[['deep']]]]]])).toEqual([]);
    expect(json([[[[['the last']]]]])).toEqual(['the last']);
    expect(json({ none: null, is: true })).toEqual([]);
  });

  test('of JSON are those of the first items and members', () => {
    const texts = Array.from({ length: 30 }, (_, index) => `text ${index}`);
    expect(json(texts)).toEqual(texts.slice(0, 5));
    expect(json(Object.fromEntries(texts.map((text) => [text, text])))).toEqual(texts.slice(0, 20));
  });

  test('are each said once, without blanks around them', () => {
    expect(json([' a ', 'a', ' ', 'b'])).toEqual(['a', 'b']);
  });

  test('of no body, and of bytes, are none', () => {
    expect(messagesOf({ kind: 'empty' })).toEqual([]);
    expect(messagesOf({ kind: 'binary', bytes: Buffer.from('text') })).toEqual([]);
  });

  test('of XML are those of a page, and what attributes hold in which FHIR and SAML write values', () => {
    const text = '<a><b>one &amp; two</b>\n<code Value="not &lt;found"/><c value=""/><d xvalue="three"/></a>';
    expect(messagesOf({ kind: 'xml', text })).toEqual(['one & two', 'not <found']);
    expect(messagesOf({ kind: 'xml', text: '<a><![CDATA[one < two]]></a>' })).toEqual(['one < two']);
  });

  test('of names and values are the values, and the whole', () => {
    const text = 'error=17&description=No+such+user';
    expect(messagesOf({ kind: 'text', text })).toEqual(['17', 'No such user', text]);
  });

  test('of a text with the tags of a page in it are also those of the page', () => {
    const text = 'Oops <P>Not found</P>';
    expect(messagesOf({ kind: 'text', text })).toEqual([text, 'Oops', 'Not found']);
    expect(messagesOf({ kind: 'text', text: 'a <b c' })).toEqual(['a <b c']);
  });

  test('are looked for near the beginning only', () => {
    const far = 'x'.repeat(64 * 1024);
    for (const kind of ['text', 'html', 'xml'] as const) {
      const near = messagesOf({ kind, text: `<p>near</p>\n${far}\nfar <p>away</p> <a value="too far"/>` });
      expect(near).toContain('near');
      for (const message of near) expect(message).not.toContain('far');
    }
  });

  test('of JSON are also those of an answer that it passes on as a string', () => {
    const inner = JSON.stringify({ fault: 'a' });
    expect(json({ response: inner })).toEqual([inner, 'a']);
    expect(json({ response: ` ${inner}` })).toEqual([inner, 'a']);
    for (const other of [`note ${inner}`, '{broken', '[', `x${inner}`])
      expect(json({ other })).toEqual([other]);
    expect(json([`[${'"x",'.repeat(20_000)}"y"]`])).toHaveLength(1);
    expect(json({ a: { b: { c: { d: inner } } } })).toEqual([inner]);
    expect(json({ a: { b: { c: inner } } })).toEqual([inner, 'a']);
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
    ['characters that have names', '&lt;a&GT;&apos;&nbsp;&quot;&nope;', ['<a>\' "&nope;']],
    ['nothing of scripts in capital letters', '<SCRIPT>a</SCRIPT><STYLE>b</STYLE>c', ['c']],
    ['one sentence alone only once', '<p><b>one</b></p>', ['one']],
    ['words with one blank between them', '<p>one  \n two</p>', ['one two']],
    ['addresses without quotes and in single ones', "<img src=/a><img alt='b' src='/c d'>", ['/a', '/c']],
    ['a number that is no character', '&#x1fffff;', ['&#x1fffff;']],
    ['addresses that it loads', '<iframe src="/_Product?x=1&amp;y">', ['/_Product?x=1&y']],
    ['nothing of scripts, styles and comments', '<script>a<b</script><style>c</style><!-- d > e -->f', ['f']],
    ['what is before a tag that does not end', 'one <b two', ['one']],
    ['what is before a comment that does not end', 'one <!-- two', ['one']],
  ])('of a page are %s', (_, html, messages) => {
    expect(page(html)).toEqual(messages);
  });

  test('that are cut are not taken for ones that end there', () => {
    expect(page('a '.repeat(4_000))[0]).toMatch(/^(a ){2000}…$/);
    expect(json(['a'.repeat(4_000), 'b'.repeat(4_001)])).toEqual([
      'a'.repeat(4_000),
      `${'b'.repeat(4_000)}…`,
    ]);
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
  const began = processorTime();
  expect(page(text).length).toBeLessThanOrEqual(300);
  expect(processorTime() - began).toBeLessThan(2_000);
});

test('quotes that do not end do not make a text take long', () => {
  const began = processorTime();
  messagesOf({ kind: 'text', text: ':"'.repeat(100_000) });
  expect(processorTime() - began).toBeLessThan(2_000);
});
