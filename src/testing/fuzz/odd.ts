import type { Json } from '../../json.js';
import { SECRET } from './bench.js';

/** What stands in a tree for a text that is written as it is, without quotes: a number that is none, an alias, a bomb. */
export function raw(text: string): string {
  return `\ue000${text}\ue001`;
}

/** What is in the place of a `raw` text: it is found in a text of JSON. */
export const RAW = /"\ue000((?:[^"\\]|\\.)*)\ue001"/g;

const repeated = (text: string, times: number): string => text.repeat(times);

/** Names that objects have by themselves, that are paths, that are commands, or that cannot be seen. */
export const ODD_NAMES: readonly string[] = [
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    'then',
    'length',
    '0',
  ],
  ...[
    '',
    ' ',
    '\u0000',
    '\u001b[2J',
    '\u202egnp.exe',
    '\ufeff',
    '\ud800',
    '\udfff\ud800',
    '~1',
    '~0~1',
    '%2e%2e',
  ],
  ...[
    '../../escaped',
    '..\\..\\escaped',
    '/tmp/conform-escaped',
    'a/../../b',
    'C:\\x',
    'nul',
    '.',
    '..',
    '~root',
  ],
  ...[
    '$ref',
    '$id',
    '$schema',
    '$dynamicRef',
    '$anchor',
    'x-',
    'x-__proto__',
    '{}',
    '{a',
    'a}',
    '*',
    '<<',
    '&a',
    '!!js',
  ],
  ...['"', "'", '`', '\\', '\n', '\r\n', '${1}', '{{x}}', '<script>', '*/', '--', '-rf', ';'],
];

/** Texts that somebody could take for a command, a template, a path, markup, a number or a date. */
export const ODD_TEXTS: readonly string[] = [
  ...ODD_NAMES,
  ...[SECRET, `Bearer ${SECRET}`, encodeURIComponent(SECRET), Buffer.from(SECRET).toString('base64')],
  ...['$(touch escaped)', '`touch escaped`', '; touch escaped #', '| tee escaped', '\n!touch escaped'],
  ...[
    "require('fs').writeFileSync('escaped','')",
    "*/ import('node:fs').then(f=>f.writeFileSync('escaped','')); /*",
  ],
  ...[
    '${process.exit(9)}',
    "');process.exit(9);('",
    '{{constructor.constructor "return process"}}',
    '{{> x}}',
  ],
  ...[
    '!!js/function "function(){}"',
    '!!python/object/apply:os.system ["touch escaped"]',
    '%TAG ! tag:x,2000:',
  ],
  ...[
    '<img src=x onerror=alert(1)>',
    ']]>',
    '<!ENTITY x SYSTEM "file:///etc/passwd">',
    '| a | b |\n|---|---|',
    '=cmd()',
  ],
  ...[
    'NaN',
    '-0',
    '1e999',
    '0x10',
    '1_000',
    'null',
    'true',
    '~',
    '2026-02-30',
    '0000-00-00T00:00:00Z',
    '+275760-09-13',
  ],
  ...[
    '9'.repeat(400),
    repeated('a', 100_000),
    repeated('\u0301', 5000),
    repeated('../', 2000),
    repeated('%', 5000),
  ],
  ...[
    '\ud83d\ude00'.repeat(3000),
    'İ',
    'ß',
    'ﬀ',
    '\u0000'.repeat(100),
    'a\u0000b',
    '\u2028',
    repeated('{', 5000),
  ],
];

/** Regular expressions that a backtracking engine does not end with, that none can read, or that are very large. */
export const ODD_PATTERNS: readonly string[] = [
  ...[
    '^(a+)+$',
    '^(a|a)*$',
    '(.*a){30}',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(?=(a+)+$)b',
    '(a*)*\\1',
    '^(?:a?){40}a{40}$',
  ],
  ...[
    '(',
    '[',
    '*',
    '\\',
    '(?<x>',
    '(?<=a+)b',
    '\\p{Nope}',
    '[z-a]',
    'a{999999999}',
    'a{5,1}',
    '\\u{110000}',
    '(?i)a',
  ],
  ...[
    '(a{1000}){1000}',
    `(${repeated('a|', 20_000)}b)`,
    repeated('(', 3000) + repeated(')', 3000),
    `[${repeated('a-z', 9000)}]`,
  ],
];

/** Addresses that lead elsewhere. */
export const ODD_ADDRESSES: readonly string[] = [
  ...[
    'file:///etc/passwd',
    'file://localhost/etc/hosts',
    'javascript:alert(1)',
    'data:text/plain,x',
    'ftp://x.invalid/',
  ],
  ...[
    'http://user:password-for-tests@host.invalid/',
    '//host.invalid/x',
    'http://169.254.169.254/latest/meta-data/',
  ],
  ...[
    'http://[::1',
    'http://',
    'https://host.invalid:99999/',
    'http://host.invalid\\@other.invalid/',
    'http://a b/',
  ],
  ...[
    '{scheme}://{host}:{port}/',
    '{',
    'https://{a}.invalid/{b',
    'http://0x7f.1/',
    'http://127.1/',
    '',
    '/',
    '../..',
  ],
];

/** Templates of paths with braces that do not fit, names twice, and steps that lead out. */
export const ODD_PATHS: readonly string[] = [
  ...[
    '/{',
    '/}',
    '/{}',
    '/{{a}}',
    '/{a}{b}',
    '/{a}-{a}',
    '/{a}/{a}',
    '/a{b',
    '/a}b',
    '/{a/b}',
    '/../..',
    '//',
    '/./a',
  ],
  ...[
    '/%',
    '/%zz',
    '/%2e%2e/x',
    '/a?b=c',
    '/a#b',
    '/ ',
    '/\u0000',
    '/\u202e',
    '/*',
    '/**',
    '/:id',
    '/a;b=c',
    'a',
    '',
  ],
  ...[
    repeated('/{a}', 400),
    `/${repeated('{', 2000)}`,
    `/${repeated('x', 30_000)}`,
    '/__proto__',
    '/{__proto__}',
    '/{constructor}',
  ],
];

/** Numbers that no counter, no array and no date can take. */
export const ODD_NUMBERS: readonly Json[] = [
  ...[
    0,
    -1,
    1.5,
    -0.5,
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 53,
    2 ** 64,
    1e21,
    1e300,
    -1e300,
    1e-300,
    255,
    65_536,
    4_294_967_296,
  ],
  ...['-0', '1e999', '-1e999', '1E+2', `1${repeated('0', 500)}`, `0.${repeated('1', 500)}`].map(raw),
];
