import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { asText, isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { once } from '../../once.js';
import { HEADER_NAMES } from '../planted.js';
import { PERSON, type Bench } from './bench.js';
import { boats } from './boats.js';
import { PLAIN, written } from './form.js';
import { raw } from './odd.js';
import { broken } from './structure.js';

const BODIES: readonly Json[] = [
  { id: 7, name: 'Heron', length: 4.2, lent: false, since: '2026-03-01' },
  [
    { id: 7, name: 'Heron' },
    { id: 8, name: 'Teal' },
  ],
  { items: [{ id: 7 }], total: 1, next: '/boats?page=2' },
  { message: `No boat of ${PERSON}`, code: 'not_found', details: [{ field: PERSON, value: PERSON }] },
  { error: 'invalid_token', error_description: `The token of ${PERSON} is not valid` },
  'text',
  7,
  null,
  true,
  [],
  {},
  raw('[1,'),
  raw('{"id":1,"id":2,"__proto__":{"x":1}}'),
  raw('['.repeat(100_000) + ']'.repeat(100_000)),
  raw('\u0000'),
];

const STATUS_LINES = [
  ...[
    'HTTP/1.1 200 OK',
    'HTTP/1.1 201 Created',
    'HTTP/1.1 204 No Content',
    'HTTP/1.1 301 Moved',
    'HTTP/1.1 403 Forbidden',
  ],
  ...[
    'HTTP/1.1 404 Not Found',
    'HTTP/1.1 422 X',
    'HTTP/1.1 500 X',
    'HTTP/1.0 200 OK',
    'HTTP/2 200',
    'HTTP/1.1 099 X',
  ],
  ...[
    'HTTP/1.1 999 X',
    'HTTP/1.1 abc X',
    'HTTP/1.1',
    `HTTP/1.1 200 ${'O'.repeat(40_000)}`,
    'ICY 200 OK',
    '',
    'HTTP/1.1 101 X',
  ],
];
const TYPES = [
  ...[
    'application/json',
    'application/json; charset=utf-16',
    'application/json; charset=x-none',
    'text/html',
    'text/plain',
  ],
  ...[
    'application/xml',
    'multipart/mixed; boundary=',
    'application/octet-stream',
    '',
    ';',
    'application/fhir+json',
    '*/*',
  ],
];
const VALUES = [
  ...[
    PERSON,
    `https://${PERSON}.example.test/`,
    `<https://${PERSON}.example.test/x>; rel=next`,
    '0',
    '-1',
    '9'.repeat(30),
  ],
  ...[
    '*',
    '"',
    ',',
    `${PERSON}=1; Path=/`,
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'x'.repeat(9000),
    '../../escaped',
    '\u00ff',
    '2',
  ],
];
/** How the length of a body is said. */
const FRAMINGS = [
  'right',
  'chunked',
  'too long',
  'too short',
  'twice',
  'both',
  'none',
  'no number',
  'bad chunk',
  'endless',
];
const ENCODINGS = [
  'none',
  'none',
  'none',
  'gzip',
  'br',
  'deflate',
  'gzip twice',
  'not gzip',
  'gzip cut',
  'bomb',
  'unknown',
];

/** What a server may answer, broken as a tree: its status line, headers, encoding, framing and body. */
export async function openAnswers(): Promise<Bench> {
  return {
    files: await boats(),
    draw: (random) => {
      const changed = broken(random.pick(BODIES), random);
      const headers = Array.from({ length: Math.floor(random.next() * 5) }, (): Json => [
        random.pick([...HEADER_NAMES, 'x', 'transfer-encoding', 'connection', 'trailer']),
        random.pick(VALUES),
      ]);
      const usual = random.next() < 0.5;
      const tree: JsonObject = {
        status: usual ? random.pick(STATUS_LINES.slice(0, 8)) : random.pick(STATUS_LINES),
        type: random.next() < 0.7 ? 'application/json' : random.pick(TYPES),
        headers: random.next() < 0.2 ? [...headers, ...headers, ...headers] : headers,
        framing: usual ? 'right' : random.pick(FRAMINGS),
        encoding: random.pick(ENCODINGS),
        body: changed.tree,
      };
      return {
        ...{ tree, form: PLAIN, by: changed.by, file: undefined },
        commands: [
          ['check', '--target', 'live', ...(random.next() < 0.9 ? ['--no-checks', 'all'] : [])],
          ...(random.next() < 0.2 ? [['auth', '--target', 'live']] : []),
        ],
      };
    },
    bytes: (tree) => answerOf(isObject(tree) ? tree : {}),
  };
}

function answerOf(tree: JsonObject): Buffer {
  const text = (name: string): string => asText(tree[name] ?? '');
  const { coding, body } = encoded(written(tree['body'] ?? null, PLAIN), text('encoding'));
  const headers = isArray(tree['headers'] ?? null) ? Object.values(tree['headers'] ?? []) : [];
  const { framing, sent } = framed(body, text('framing'));
  const lines = [
    text('status'),
    ...(text('type') === '' ? [] : [`content-type: ${text('type')}`]),
    ...coding,
    ...framing,
    ...headers.flatMap((header: Json) => (isArray(header) ? [header.map(asText).join(': ')] : [])),
    'connection: close',
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), sent]);
}

function encoded(body: Buffer, encoding: string): { coding: string[]; body: Buffer } {
  const as = (name: string, bytes: Buffer) => ({ coding: [`content-encoding: ${name}`], body: bytes });
  switch (encoding) {
    case 'gzip':
      return as('gzip', gzipSync(body));
    case 'br':
      return as('br', brotliCompressSync(body));
    case 'deflate':
      return as('deflate', deflateSync(body));
    case 'gzip twice':
      return as('gzip, gzip', gzipSync(gzipSync(body)));
    case 'not gzip':
      return as('gzip', body);
    case 'gzip cut':
      return as('gzip', gzipSync(body).subarray(0, 15));
    case 'bomb':
      return as('gzip', bomb());
    case 'unknown':
      return as('x-none', body);
    default:
      return { coding: [], body };
  }
}

/** A text of 300 MB of blanks. */
const bomb = once(() =>
  gzipSync(Buffer.concat([Buffer.from('"'), Buffer.alloc(300 * 1024 * 1024, ' '), Buffer.from('"')])),
);

function framed(body: Buffer, framing: string): { framing: string[]; sent: Buffer } {
  const length = (value: number | string): string => `content-length: ${value}`;
  const chunk = Buffer.concat([
    Buffer.from(`${body.length.toString(16)}\r\n`),
    body,
    Buffer.from('\r\n0\r\n\r\n'),
  ]);
  switch (framing) {
    case 'chunked':
      return { framing: ['transfer-encoding: chunked'], sent: chunk };
    case 'too long':
      return { framing: [length(body.length + 100)], sent: body };
    case 'too short':
      return { framing: [length(Math.floor(body.length / 2))], sent: body };
    case 'twice':
      return { framing: [length(body.length), length(body.length + 1)], sent: body };
    case 'both':
      return { framing: [length(3), 'transfer-encoding: chunked'], sent: chunk };
    case 'none':
      return { framing: [], sent: body };
    case 'no number':
      return { framing: [length('-1')], sent: body };
    case 'bad chunk':
      return {
        framing: ['transfer-encoding: chunked'],
        sent: Buffer.from(`zz\r\n${body.toString('latin1')}`, 'latin1'),
      };
    case 'endless':
      return {
        framing: ['transfer-encoding: chunked'],
        sent: Buffer.from(`10000\r\n${' '.repeat(0x10000)}\r\n`.repeat(200)),
      };
    default:
      return { framing: [length(body.length)], sent: body };
  }
}
