import { describe, expect, test } from 'vitest';
import { decodePaste } from './decode.js';

const TEXT = 'HTTP/1.1 403 Forbidden\ncontent-type: text/plain\n\nZugriff für “Ämter” verweigert\n';

describe('a text is read in whatever encoding it is', () => {
  test.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16, little end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(TEXT, 'utf16le')],
    ['UTF-16 without a mark, big end first', Buffer.from(TEXT, 'utf16le').swap16()],
  ])('%s', (_, bytes) => {
    expect(decodePaste(bytes)).toBe(TEXT);
  });

  test('Windows-1252, where it is no UTF-8', () => {
    expect(decodePaste(Buffer.from([0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68, 0x20, 0x93, 0x61, 0x94]))).toBe(
      'Zürich “a”',
    );
  });

  test('a character that was cut at the end does not change the encoding', () => {
    expect(decodePaste(Buffer.from('für €').subarray(0, -1))).toBe('für ');
  });
});

test.each([
  ['line ends of Windows', 'a\r\nb', 'a\nb'],
  ['line ends of PowerShell', 'a\r\r\nb', 'a\nb'],
  ['a progress meter', 'a 10%\ra 20%', 'a 10%\na 20%'],
  ['colours', '\u001b[1;32mok\u001b[0m', 'ok'],
  ['colours as cat -v shows them', '^[[31mno^[[0m', 'no'],
  ['a title of a terminal', '\u001b]0;title\u0007text', 'text'],
  ['blanks that do not break', 'a\u00a0b', 'a b'],
  ['what nobody sees', 'a\u200bb\ufeffc\u0000d', 'abcd'],
])('%s', (_, text, plain) => {
  expect(decodePaste(Buffer.from(text))).toBe(plain);
});

test.each([
  ['89504e470d0a1a0a', 'a PNG picture'],
  ['ffd8ffe0', 'a JPEG picture'],
  ['1f8b0800', 'a file compressed with gzip'],
  ['504b0304', 'a ZIP file'],
  ['255044462d312e37', 'a PDF file'],
])('%s is no text', (hex, name) => {
  expect(() => decodePaste(Buffer.from(hex, 'hex'))).toThrow(name);
});
