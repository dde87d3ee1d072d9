import { Problem } from '../problem.js';

/**
 * The text of a paste, whatever program has written it: UTF-8 or UTF-16 with or without a byte order mark, and Windows-1252
 * for what is neither. Lines end with a line feed; colours and characters that nobody sees are taken out.
 * @throws Problem where it is a picture or a compressed file
 */
export function decodePaste(bytes: Buffer): string {
  const format = FORMATS.find(({ magic }) => bytes.subarray(0, magic.length).equals(magic));
  if (format)
    throw new Problem('CONFORM_E_FILE_UNREADABLE', `this is ${format.name}, not text`, {
      remedy: format.remedy,
    });
  return plainText(textOf(bytes));
}

const UNPACK = 'Unpack it, and paste the text.';
const TYPE_IT = 'Paste what it shows as text.';
const FORMATS = [
  { magic: Buffer.from('89504e47', 'hex'), name: 'a PNG picture', remedy: TYPE_IT },
  { magic: Buffer.from('ffd8ff', 'hex'), name: 'a JPEG picture', remedy: TYPE_IT },
  { magic: Buffer.from('%PDF-'), name: 'a PDF file', remedy: TYPE_IT },
  { magic: Buffer.from('1f8b', 'hex'), name: 'a file compressed with gzip', remedy: UNPACK },
  { magic: Buffer.from('504b0304', 'hex'), name: 'a ZIP file', remedy: UNPACK },
];

function textOf(bytes: Buffer): string {
  const encoding = utf16Of(bytes);
  if (encoding !== undefined) return new TextDecoder(encoding).decode(bytes);
  // What was cut can end within a character.
  for (const cut of [0, 1, 2, 3]) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytes.length - cut));
    } catch {
      // Tried again without the last byte.
    }
  }
  return bytes
    .toString('latin1')
    .replace(BEYOND_LATIN_1, (one) => WINDOWS_1252.charAt(one.charCodeAt(0) - 0x80));
}

const BEYOND_LATIN_1 = /[\u0080-\u009f]/g;
/** What Windows-1252 has from 0x80 to 0x9f; the decoder of Node 20 has control characters there, as Latin-1 has. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Whether bytes are UTF-16, by their mark or by the zeros that are beside every letter of ASCII. */
function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const beginning = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  for (const [index, byte] of beginning.entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const most = beginning.length / 2;
  if (odd > most * 0.4 && even < most * 0.1) return 'utf-16le';
  if (even > most * 0.4 && odd < most * 0.1) return 'utf-16be';
  return undefined;
}

/** A text with line feeds as its only line ends, and without what nobody sees. */
export function plainText(text: string): string {
  return text.replace(COMMANDS, '').replace(LINE_ENDS, '\n').replace(BLANKS, ' ').replace(INVISIBLE, '');
}

/**
 * Escape sequences of terminals (ECMA-48), also as `cat -v` shows them. `stripVTControlCharacters` of Node 20 takes
 * characters of the text with those that are cut off, and leaves the rest of a title that has a blank.
 */
const COMMANDS =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /(?:\u001b|\^\[)\[[\d;?]{0,30}[@-~]|\u001b\][^\u0007\u001b\n]{0,2000}(?:\u0007|\u001b\\)|\u001b[@-Z\\^_]/g;
/** PowerShell writes two carriage returns; progress meters write one and no line feed. */
const LINE_ENDS = /\r{0,2}\n|\r|\u0085|\u2028|\u2029/g;
const BLANKS = /[\u00a0\u2007\u202f]/g;
const INVISIBLE =
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
