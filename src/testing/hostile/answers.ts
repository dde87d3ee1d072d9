import { deflateSync, gzipSync } from 'node:zlib';

/** An answer that nobody expects: what is written to the socket, and what a check is to say of it. */
export interface HostileAnswer {
  what: string;
  bytes: string | Buffer;
  /** `outcome/cause`, and a part of the message of its first finding where it has one. */
  judged: string;
}

const JSON_TYPE = 'content-type: application/json\r\n';
const nested = (levels: number, open: string, close: string) =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;
const listed = (count: number, item: string) => `{"id":1,"list":[${`${item},`.repeat(count - 1)}${item}]}`;

function whole(status: string, headers: string, body: string | Buffer): Buffer {
  const head = `HTTP/1.1 ${status}\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)]);
}

const good = (body: string | Buffer, headers = '') => whole('200 OK', JSON_TYPE + headers, body);
const refused = (status: string, body: string, headers = '') => whole(status, JSON_TYPE + headers, body);

const WORKS = 'works/';
const MALFORMED = 'broken/response-malformed';
const slow = `${'a'.repeat(60)}!`;

/** By kind: bodies, members, statuses, headers. */
export const HOSTILE_ANSWERS: readonly HostileAnswer[] = [
  // Bodies that are deep or large.
  {
    what: 'an object nested 100 deep',
    bytes: good(`{"id":1,"a":${nested(100, '{"id":1,"a":', '}')}}`),
    judged: 'deviates/ should be object',
  },
  {
    what: 'an object nested 5000 deep',
    bytes: good(nested(5000, '{"id":1,"a":', '}')),
    judged: `${MALFORMED} nested deeper than 500`,
  },
  {
    what: 'a list nested 4 million deep',
    bytes: good('['.repeat(4_000_000)),
    judged: `${MALFORMED} nested deeper than 500`,
  },
  {
    what: 'brackets in a text',
    bytes: good(`{"id":1,"any":"${'['.repeat(100_000)}\\"${'{'.repeat(100_000)}"}`),
    judged: WORKS,
  },
  {
    what: '6000 items that fit nothing',
    bytes: good(listed(6000, '7')),
    judged: 'deviates/ fits none of the forms',
  },
  {
    what: 'a million items that fit nothing',
    bytes: good(listed(1_000_000, '7')),
    judged: 'deviates/ fits none of the forms',
  },
  { what: 'a million items that fit', bytes: good(listed(600_000, '{"id":1}')), judged: WORKS },
  {
    what: 'a million ids',
    bytes: good(`{"id":1,"any":[${'{"id":"x"},'.repeat(500_000)}{}]}`),
    judged: WORKS,
  },
  {
    what: 'a million members',
    bytes: good(`{${Array.from({ length: 300_000 }, (_, at) => `"m${at}":1`).join()},"id":1}`),
    judged: WORKS,
  },
  { what: 'a name of a megabyte', bytes: good(`{"id":1,"${'n'.repeat(1_000_000)}":{}}`), judged: WORKS },
  { what: 'a text of 8 MB', bytes: good(`{"id":1,"any":"${'x'.repeat(8_000_000)}"}`), judged: WORKS },
  { what: 'more than 8 MiB', bytes: good(`{"id":1,"any":"${'x'.repeat(9_000_000)}"}`), judged: MALFORMED },
  {
    what: 'a text for a slow pattern',
    bytes: good(`{"id":1,"slow":"${slow}"}`),
    judged: 'deviates/ should match the pattern',
  },
  {
    what: 'a text for a slow pattern that looks ahead',
    bytes: good(`{"id":1,"slower":"${slow}"}`),
    judged: 'works/ took longer than 1 s',
  },
  { what: 'blanks', bytes: good(' \n'.repeat(500_000)), judged: MALFORMED },
  {
    what: 'a gzip bomb',
    bytes: good(gzipSync(Buffer.alloc(200_000_000, ' ')), 'content-encoding: gzip\r\n'),
    judged: MALFORMED,
  },
  {
    what: 'half of a gzip stream',
    bytes: good(gzipSync('{"id":1}').subarray(0, 15), 'content-encoding: gzip\r\n'),
    judged: MALFORMED,
  },
  {
    what: 'gzip within gzip',
    bytes: good(gzipSync(gzipSync('{"id":1}')), 'content-encoding: gzip, gzip\r\n'),
    judged: MALFORMED,
  },
  {
    what: 'deflate called gzip',
    bytes: good(deflateSync('{"id":1}'), 'content-encoding: gzip\r\n'),
    judged: MALFORMED,
  },
  {
    what: 'an encoding that nobody knows',
    bytes: good('{"id":1}', 'content-encoding: nonsense\r\n'),
    judged: WORKS,
  },
  // What is in them.
  { what: 'a byte order mark', bytes: good('\ufeff{"id":1}'), judged: WORKS },
  { what: 'UTF-16', bytes: good(Buffer.from('\ufeff{"id":1}', 'utf16le')), judged: MALFORMED },
  { what: 'a member twice', bytes: good('{"id":"x","id":1}'), judged: WORKS },
  { what: 'NaN', bytes: good('{"id":NaN}'), judged: MALFORMED },
  { what: 'Infinity', bytes: good('{"id":-Infinity}'), judged: MALFORMED },
  { what: 'a number without bounds', bytes: good('{"id":1e999}'), judged: WORKS },
  {
    what: 'a number of 100,000 digits',
    bytes: good(`{"id":${'9'.repeat(100_000)}}`),
    judged: WORKS,
  },
  { what: 'minus nothing', bytes: good('{"id":-0}'), judged: WORKS },
  { what: 'a number that begins with 0', bytes: good('{"id":01}'), judged: MALFORMED },
  { what: 'half a character', bytes: good('{"id":1,"any":"\\ud800"}'), judged: WORKS },
  { what: 'the other half', bytes: good('{"id":1,"\\udfff":1}'), judged: WORKS },
  { what: 'a character of nothing', bytes: good('{"id":1,"any":"\\u0000"}'), judged: WORKS },
  { what: 'a control character in a text', bytes: good('{"id":1,"any":"\u0001"}'), judged: MALFORMED },
  {
    what: 'invalid UTF-8',
    bytes: good(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
    judged: MALFORMED,
  },
  {
    what: 'a member __proto__',
    bytes: good('{"__proto__":{"id":1}}'),
    judged: 'deviates/ the required member “id” is missing',
  },
  {
    what: 'a member constructor',
    bytes: good('{"id":1,"constructor":{"prototype":7},"toString":null}'),
    judged: WORKS,
  },
  {
    what: 'a member hasOwnProperty',
    bytes: good('{"id":1,"hasOwnProperty":1,"then":1,"length":-1}'),
    judged: WORKS,
  },
  { what: 'comments', bytes: good('{"id":1} // fine'), judged: MALFORMED },
  { what: 'single quotes', bytes: good("{'id':1}"), judged: MALFORMED },
  { what: 'two values', bytes: good('{"id":1}{"id":2}'), judged: MALFORMED },
  { what: 'a protection against reading', bytes: good(')]}\',\n{"id":1}'), judged: MALFORMED },
  { what: 'null', bytes: good('null'), judged: 'deviates/ should be object' },
  { what: 'a text', bytes: good('"x"'), judged: 'deviates/ should be object' },
  { what: 'nothing', bytes: good(''), judged: 'deviates/ the body is empty' },
  { what: 'a page', bytes: good('<html><script>alert(1)</script></html>'), judged: MALFORMED },
  // Statuses and the first line.
  { what: 'status 999', bytes: refused('999 Odd', '{}'), judged: 'broken/' },
  { what: 'status 600', bytes: refused('600 Odd', '{}'), judged: 'broken/' },
  // It ends with its headers (RFC 9112, section 6.3): what follows is no body.
  { what: 'status 204 with a body', bytes: whole('204 No', JSON_TYPE, '{"id":1}'), judged: 'deviates/' },
  { what: 'status 205', bytes: whole('205 Reset', '', ''), judged: 'deviates/' },
  { what: 'status 304', bytes: whole('304 Not', '', ''), judged: 'broken/' },
  { what: 'status 206', bytes: whole('206 Partial', JSON_TYPE, '{"id":1}'), judged: 'deviates/' },
  {
    what: 'status 103 before the answer',
    bytes: Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'), good('{"id":1}')]),
    judged: WORKS,
  },
  {
    what: 'status 101',
    bytes: 'HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    judged: 'broken/',
  },
  { what: 'HTTP/0.9', bytes: '{"id":1}', judged: MALFORMED },
  { what: 'HTTP/9.9', bytes: 'HTTP/9.9 200 OK\r\ncontent-length: 0\r\n\r\n', judged: MALFORMED },
  { what: 'a status of letters', bytes: 'HTTP/1.1 abc OK\r\n\r\n', judged: MALFORMED },
  { what: 'a status of 40 digits', bytes: `HTTP/1.1 ${'2'.repeat(40)} OK\r\n\r\n`, judged: MALFORMED },
  { what: 'zeros', bytes: Buffer.alloc(10_000), judged: MALFORMED },
  {
    what: 'a redirect to itself',
    bytes: whole('302 Found', 'location: ?\r\n', ''),
    judged: 'unrouted/redirected',
  },
  {
    what: 'a redirect to a program',
    bytes: whole('307 Found', 'location: javascript:alert(1)\r\n', ''),
    judged: 'unrouted/redirected',
  },
  {
    what: 'a redirect to a file',
    bytes: whole('301 Found', 'location: file:///x\r\n', ''),
    judged: 'unrouted/redirected',
  },
  {
    what: 'a redirect to nowhere',
    bytes: whole('308 Found', 'location: http://[\r\n', ''),
    judged: 'unrouted/redirected',
  },
  // Headers.
  {
    what: 'a length below nothing',
    bytes: `HTTP/1.1 200 OK\r\n${JSON_TYPE}content-length: -1\r\n\r\n{}`,
    judged: MALFORMED,
  },
  {
    what: 'a length beyond all',
    bytes: `HTTP/1.1 200 OK\r\n${JSON_TYPE}content-length: 99999999999999999999\r\n\r\n{}`,
    judged: MALFORMED,
  },
  { what: '1000 cookies', bytes: good('{"id":1}', 'set-cookie: a=b\r\n'.repeat(1000)), judged: WORKS },
  {
    what: '100 KB of cookies',
    bytes: good('{"id":1}', `set-cookie: ${'a'.repeat(1000)}\r\n`.repeat(100)),
    judged: MALFORMED,
  },
  { what: 'a header without a name', bytes: good('{"id":1}', ': x\r\n'), judged: MALFORMED },
  { what: 'a header of bytes', bytes: good('{"id":1}', 'x-odd: \u00ff\u00fe\r\n'), judged: WORKS },
  { what: 'a header of nothing', bytes: good('{"id":1}', 'x-odd: a\u0000b\r\n'), judged: MALFORMED },
  {
    what: 'a header __proto__',
    bytes: good('{"id":1}', '__proto__: x\r\nconstructor: y\r\n'),
    judged: WORKS,
  },
  {
    what: 'a content type of 10,000 letters',
    bytes: whole('200 OK', `content-type: application/${'j'.repeat(10_000)}son\r\n`, '{"id":1}'),
    judged: 'deviates/ the content type',
  },
  { what: 'two content types', bytes: good('{"id":1}', 'content-type: text/html\r\n'), judged: WORKS },
  {
    what: 'an empty content type',
    bytes: whole('200 OK', 'content-type:\r\n', '{"id":1}'),
    judged: 'deviates/ a body came without',
  },
  {
    what: 'a challenge of 10,000 parts',
    bytes: refused('401 No', '{}', `www-authenticate: ${'Basic realm="x", '.repeat(3000)}\r\n`),
    judged: 'denied/',
  },
  // Waits.
  ...['0', '-1', '99999999999999', 'x', 'Thu, 01 Jan 9999 00:00:00 GMT', '1e9', '0.5'].map((after) => ({
    what: `a wait of ${after}`,
    bytes: refused('503 Busy', '{}', `retry-after: ${after}\r\n`),
    judged: 'broken/',
  })),
  // Refusals.
  {
    what: 'a refusal that takes long to search',
    bytes: refused(
      '403 No',
      JSON.stringify({ message: `No ${'Authorization header (hashed with SHA-256 and '.repeat(1300)}` }),
    ),
    judged: 'denied/',
  },
  {
    what: 'a refusal of 8 MB',
    bytes: refused('403 No', JSON.stringify({ message: 'x'.repeat(8_000_000) })),
    judged: 'denied/',
  },
  {
    what: 'a refusal nested very deep',
    bytes: refused('403 No', nested(9000, '{"message":', '}')),
    judged: MALFORMED,
  },
  {
    what: 'a page of 8 MB',
    bytes: whole('500 No', 'content-type: text/html\r\n', '<p>'.repeat(2_700_000)),
    judged: 'broken/',
  },
];
