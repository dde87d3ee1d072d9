import { describe, expect, test } from 'vitest';
import { Secrets } from './secrets.js';

/** With every character that one of the forms writes otherwise. */
const SECRET = 'a+b/c=d&e<f>g"h\'i`j k\\l';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Whether a secret is found in a text. */
function isFound(secret: string, text: string): boolean {
  const secrets = new Secrets();
  secrets.add(secret);
  return secrets.foundIn(text);
}

describe('a secret is found', () => {
  test.each([
    ['as it is', SECRET],
    ['as JSON writes it', JSON.stringify({ token: SECRET })],
    ['as JSON writes it within a longer text', JSON.stringify({ header: `Bearer ${SECRET};` })],
    ['as HTML writes it', "a+b/c=d&amp;e&lt;f&gt;g&quot;h'i`j k\\l"],
    ['as the templates write it', 'a+b/c&#x3D;d&amp;e&lt;f&gt;g&quot;h&#x27;i&#x60;j k\\l'],
    ['as Markdown writes it', 'a+b/c=d&amp;e\\<f\\>g"h\'i\\`j k\\\\l'],
    ['as a path writes it', encodeURIComponent(SECRET)],
    ['as a query writes it', new URLSearchParams({ q: SECRET }).toString()],
    ['as hexadecimal', Buffer.from(SECRET).toString('hex')],
    ['as Base64', base64(SECRET)],
    ['as Base64 for URLs', Buffer.from(SECRET).toString('base64url')],
    ['within Base64 of a longer text, at its beginning', base64(`${SECRET} and more`)],
    ['within Base64 of a longer text, one byte on', base64(`:${SECRET}:`)],
    ['within Base64 of a longer text, two bytes on', base64(`::${SECRET}:`)],
    ['within Base64 for URLs of a longer text', Buffer.from(`client:${SECRET}:x`).toString('base64url')],
  ])('%s', (_, written) => {
    expect(isFound(SECRET, `before ${written} after`)).toBe(true);
  });

  test.each([
    ['as JSON writes it', JSON.stringify({ token: SECRET })],
    ['as the templates write it', 'a+b/c&#x3D;d&amp;e&lt;f&gt;g&quot;h&#x27;i&#x60;j k\\l'],
    ['as Base64', base64(`:${SECRET}:`)],
  ])('wherever a text is cut that comes in pieces: %s', (_, written) => {
    const secrets = new Secrets();
    secrets.add(SECRET);
    const text = `before\n${written}\nafter`;
    for (let at = 0; at <= text.length; at++)
      expect(secrets.foundInPieces([text.slice(0, at), text.slice(at)]), String(at)).toBe(true);
    expect(secrets.foundInPieces(Array.from(text))).toBe(true);
    expect(secrets.foundInPieces(['before\n', '\nafter'])).toBe(false);
  });

  test.each(['&#252;ber &#128273; schl&#252;ssel', '&#xfc;ber &#x1F511; schl&#XFC;ssel'])(
    'as a page in ASCII writes it: %s',
    (written) => {
      const umlauts = new Secrets();
      umlauts.add('über 🔑 schlüssel');
      expect(umlauts.foundIn(`before &#9999999; ${written} after`)).toBe(true);
    },
  );

  test.each([0, 1, 2])('within Base64 for URLs, where that writes it otherwise, %d bytes on', (shift) => {
    const odd = new Secrets();
    odd.add('~~>~~?~~>~~?~~>~~?');
    const text = Buffer.from(`${'x'.repeat(shift)}~~>~~?~~>~~?~~>~~?xx`);
    expect(text.toString('base64')).not.toBe(text.toString('base64url'));
    expect(odd.foundIn(text.toString('base64'))).toBe(true);
    expect(odd.foundIn(text.toString('base64url'))).toBe(true);
  });

  test.each([
    ['at its beginning', 'abcdefghij', 'abcdefghij and more'],
    ['one byte on', 'abcdefghijk', ':abcdefghijk:'],
  ])('within Base64 of a longer text also where little of it is sure, %s', (_, secret, text) => {
    expect(isFound(secret, base64(text))).toBe(true);
  });

  test.each([1, 2])('within Base64 for URLs with an underscore in it, %d bytes on', (shift) => {
    const secret = '>?>?>?>?>?>?';
    const text = Buffer.from(`${'x'.repeat(shift)}${secret}xx`).toString('base64url');
    expect(text).toContain('_');
    expect(isFound(secret, text)).toBe(true);
  });

  test('as Base64 also when it is short', () => {
    const short = new Secrets();
    short.add('~~>~~?');
    expect(short.foundIn(`x ${base64('~~>~~?')}`)).toBe(true);
    expect(short.foundIn(`x ${Buffer.from('~~>~~?').toString('base64url')}`)).toBe(true);
  });

  test('not by a part of it that is too short to tell anything', () => {
    const short = new Secrets();
    short.add('abcdef');
    expect(short.foundIn(base64('abcxyz and more'))).toBe(false);
  });

  test('only where it stands whole', () => {
    expect(isFound(SECRET, SECRET.slice(1))).toBe(false);
    expect(isFound(SECRET, '')).toBe(false);
  });

  test('as JSON writes it also where that is a letter behind a backslash', () => {
    const broken = new Secrets();
    broken.add('first\nsecond-for-tests');
    expect(broken.foundIn(JSON.stringify({ header: 'x first\nsecond-for-tests y' }))).toBe(true);
  });

  test('also when it is no Unicode', () => {
    const broken = new Secrets();
    broken.add('secret-\ud800-for-tests');
    expect(broken.foundIn('x secret-\ufffd-for-tests')).toBe(true);
  });

  test.each(['&#1114111;', '&#x10ffff;'])('also with the last character that there is: %s', (written) => {
    expect(isFound('secret-\u{10ffff}-for-tests', `secret-${written}-for-tests`)).toBe(true);
  });

  test('each of several', () => {
    const several = new Secrets();
    several.add('first-for-tests');
    several.add('second-for-tests');
    expect(several.foundIn('x first-for-tests')).toBe(true);
    expect(several.foundIn('x second-for-tests')).toBe(true);
  });
});

describe('a number of less than twelve digits', () => {
  test.each(['123456', 'pin: 123456', '123456.', '"123456"', '0123456 123456', '123456a-123456', '-123456-'])(
    'is found where it stands alone: %s',
    (text) => {
      expect(isFound('123456', text)).toBe(true);
    },
  );

  test.each(['1234567', '0123456', 'a123456', '123456Z', '0123456 1234567', '12345', '123457'])(
    'is not found within another number or word: %s',
    (text) => {
      expect(isFound('123456', text)).toBe(false);
    },
  );

  test('has eleven at most: of a longer one, and of what is no number, every place counts', () => {
    expect(isFound('12345678901', '123456789012')).toBe(false);
    expect(isFound('123456789012', '1234567890123')).toBe(true);
    expect(isFound('a123456', 'ba1234567')).toBe(true);
    expect(isFound('123456a', '0123456ab')).toBe(true);
  });
});

test('a value of less than six characters is no secret: it would be found everywhere', () => {
  const secrets = new Secrets();
  secrets.add('');
  secrets.add('12345');
  expect(secrets.foundIn('12345')).toBe(false);
  secrets.add('123456');
  expect(secrets.foundIn('123456')).toBe(true);
});

test.each([0, 1, 15, 16, 40, 90])(
  'a secret with escapes is found in a long text %d characters before a mebibyte',
  (before) => {
    const secrets = new Secrets();
    secrets.add('a"b&c<d-for-tests');
    const written = '\\&quot;a&#x22;b&amp;c&lt;d-for-tests';
    const text = 'x'.repeat(1024 * 1024 - before) + written;
    expect(secrets.foundIn(text)).toBe(true);
    expect(secrets.foundIn(text.slice(0, -1))).toBe(false);
  },
);

test('a number is not found in a longer one that is in the piece before', () => {
  const secrets = new Secrets();
  secrets.add('123456');
  expect(secrets.foundInPieces(['"id": 9123456,\n', '"id": 1,\n'])).toBe(false);
  expect(secrets.foundInPieces(['"id": 9,\n', '"id": 123456,\n'])).toBe(true);
});
