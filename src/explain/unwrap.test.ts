import { describe, expect, test } from 'vitest';
import { unwrap } from './unwrap.js';

const ANSWER = 'HTTP/1.1 403 Forbidden\nserver: nginx\n\n{"a":1}';
const prefixed = (text: string, prefix: string) => text.replace(/^/gm, () => prefix);

describe('what surrounds a transcript is taken off', () => {
  test.each([
    ['a quoted mail', prefixed(ANSWER, '> ')],
    ['a mail that quotes a mail', prefixed(ANSWER, '> > ')],
    ['the name of a container', prefixed(ANSWER, 'web-1  | ')],
    ['a name, a time and a bar', prefixed(ANSWER, '[web] 2026-01-30T05:11:40Z | ')],
    ['the lines of syslog', prefixed(ANSWER, 'Jan 30 05:11:40 host app[12]: ')],
    ['indentation', prefixed(ANSWER, '    ')],
    ['an indented quote', prefixed(ANSWER, '  > ')],
  ])('%s', (_, text) => {
    expect(unwrap(text).replace(/[ \t]+$/gm, '')).toBe(ANSWER);
  });

  test('a fence', () => {
    expect(unwrap(`\`\`\`http\n${ANSWER}\n\`\`\``).trim()).toBe(ANSWER);
  });

  test('numbers of lines', () => {
    const numbered = ANSWER.split('\n').map((line, index) => `${String(index + 1).padStart(6)}\t${line}`);
    expect(unwrap(numbered.join('\n'))).toBe(ANSWER);
  });

  test('numbers of an editor, and no column of numbers that are in no order', () => {
    const numbered = ANSWER.split('\n').map((line, index) => `${String(index + 1).padStart(3)}  ${line}`);
    expect(unwrap(numbered.join('\n'))).toBe(ANSWER);
    expect(unwrap('1  a\n2  b\n4  c\n5  d')).toBe('1  a\n2  b\n4  c\n5  d');
  });

  test('marks of HTML that are written out, where none is as itself', () => {
    expect(unwrap('&lt;p&gt;a &amp; b&lt;/p&gt;')).toBe('<p>a & b</p>');
    expect(unwrap('<p>a &amp; b</p>')).toBe('<p>a &amp; b</p>');
    expect(unwrap('{"a":"&quot;b&quot;"}')).toBe('{"a":"&quot;b&quot;"}');
  });

  test('what is behind a body on its last line is put on the next', () => {
    expect(unwrap('{"a":1}* Connection #0 to host a left intact')).toBe(
      '{"a":1}\n* Connection #0 to host a left intact',
    );
    expect(unwrap('{"a":1}HTTP/2 403 \n')).toBe('{"a":1}\nHTTP/2 403 \n');
  });
});

describe('what programs draw around errors', () => {
  test('a frame, and the lines that were broken for its width', () => {
    const framed =
      '│ Error: Failed to query\n│\n│ could not connect to a.example: net/http: TLS\n│ handshake timeout';
    expect(unwrap(framed)).toBe(
      'Error: Failed to query\n\ncould not connect to a.example: net/http: TLS handshake timeout',
    );
  });

  test('a message among the members that PowerShell lists', () => {
    const listed =
      'StatusCode : 403\nRawContent : HTTP/1.1 403 Forbidden\n             Server: a\n\n             {}\nHeaders    : {}';
    expect(unwrap(listed)).toBe('HTTP/1.1 403 Forbidden\nServer: a\n\n{}');
  });
});

describe('what only looks like it stays', () => {
  test.each([
    ['the request of curl -v', '> GET /v1 HTTP/1.1\n> Host: a.example\n>\n< HTTP/1.1 403 Forbidden\n<\n'],
    ['the request of curl -v, cut', '> Host: a.example\n> Accept: */*\n>\n< HTTP/1.1 403 Forbidden'],
    ['offsets of curl --trace-ascii', '0000: GET /v1 HTTP/1.1\n0012: Host: a.example'],
    ['a line that begins like a quote', 'one\n> two\nthree'],
    ['a table', 'name | colour\nlamp | red'],
    ['prose with times', '2026-01-30 05:11:40 it began\n2026-01-30 05:11:41 it ended'],
  ])('%s', (_, text) => {
    expect(unwrap(text)).toBe(text);
  });
});
