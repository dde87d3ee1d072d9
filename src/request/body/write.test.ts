import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Encoding } from '../../contract/encoding.js';
import type { Json, JsonObject } from '../../json.js';
import { multipartEncodings } from './encodings.js';
import { familyOf } from './media-types.js';
import { writeBody } from './write.js';

function text(
  value: Json,
  type: string,
  rest: { schema?: string; encoding?: Record<string, Encoding> } = {},
) {
  const schema = rest.schema === undefined ? undefined : (parse(rest.schema) as JsonObject);
  const written = writeBody(value, { type, schema, encoding: rest.encoding, document: DOCUMENT });
  return written.ok
    ? [
        written.type,
        typeof written.body === 'string' ? written.body : Buffer.from(written.body).toString('latin1'),
      ]
    : written.why;
}

const DOCUMENT = parse(`
components:
  schemas:
    Pet: { type: object, properties: { name: { type: string } } }
`) as JsonObject;

test.each<[string, ReturnType<typeof familyOf>]>([
  ['application/json; charset=utf-8', 'json'],
  ['application/fhir+json', 'json'],
  ['application/json-patch+json', 'json'],
  ['text/json', 'json'],
  ['*/*', 'json'],
  ['application/x-www-form-urlencoded', 'form'],
  ['multipart/form-data', 'multipart'],
  ['multipart/mixed', undefined],
  ['text/xml', 'xml'],
  ['application/atom+xml', 'xml'],
  ['text/csv', 'text'],
  ['image/png', 'binary'],
  ['application/octet-stream', 'binary'],
  ['application/json-seq', undefined],
  ['application/x-ndjson', undefined],
  ['application/protobuf', undefined],
  ['nonsense', undefined],
])('%s is written as %s', (type, family) => {
  expect(familyOf(type)).toBe(family);
});

describe('a form', () => {
  const type = 'application/x-www-form-urlencoded';

  test('repeats the names of lists, and holds objects as JSON', () => {
    expect(text({ tags: ['a', 'b & c'], n: 5, who: { a: [1] }, all: [{ b: 2 }], none: null }, type)).toEqual([
      type,
      'tags=a&tags=b%20%26%20c&n=5&who=%7B%22a%22%3A%5B1%5D%7D&all=%7B%22b%22%3A2%7D',
    ]);
  });

  test.each<[Encoding, string | RegExp]>([
    [{ explode: false }, 'ids=1,2'],
    [{ style: 'pipeDelimited', explode: false }, 'ids=1%7C2'],
    [{ style: 'tabDelimited', explode: false }, 'ids=1%092'],
    [{ style: 'form', explode: true }, 'ids=1&ids=2'],
  ])('follows an encoding: %j', (encoding, body) => {
    expect(text({ ids: [1, 2] }, type, { encoding: { ids: encoding } })).toEqual([type, body]);
  });

  test('that a style cannot write is not written', () => {
    expect(text({ a: { b: { c: 1 } } }, type, { encoding: { a: { style: 'deepObject' } } })).toMatch(/“a”/);
    expect(text([1], type)).toMatch(/object/);
  });
});

describe('a form with files', () => {
  const type = 'multipart/form-data';
  const schema = `{ properties: { title: {}, file: { type: string, format: binary }, more: { type: array, items: { type: string, format: binary } } } }`;

  test('has a boundary, a part for each member and item, files with names, objects as JSON', () => {
    const encoding = multipartEncodings(parse(schema) as JsonObject, {}, {});
    expect(
      text({ title: 'hello', file: 'F', more: ['1', '2'], who: { a: 1 }, n: [3, 4] }, type, { encoding }),
    ).toEqual([
      'multipart/form-data; boundary=conform-boundary',
      [
        ['form-data; name="title"', '', 'hello'],
        ['form-data; name="file"; filename="conform.txt"', 'Content-Type: application/octet-stream', '', 'F'],
        ['form-data; name="more"; filename="conform.txt"', 'Content-Type: application/octet-stream', '', '1'],
        ['form-data; name="more"; filename="conform.txt"', 'Content-Type: application/octet-stream', '', '2'],
        ['form-data; name="who"', 'Content-Type: application/json', '', '{"a":1}'],
        ['form-data; name="n"', '', '3'],
        ['form-data; name="n"', '', '4'],
      ]
        .map((part) => `--conform-boundary\r\nContent-Disposition: ${part.join('\r\n')}\r\n`)
        .join('') + '--conform-boundary--\r\n',
    ]);
  });

  test('takes another boundary where a part holds it, and no name ends its header', () => {
    const [contentType = '', body = ''] = text({ 'a"\r\nb': '--conform-boundary--' }, type);
    expect(contentType).toBe('multipart/form-data; boundary=conform-boundary-x');
    expect(body).toContain('name="a%22%0D%0Ab"\r\n\r\n--conform-boundary--');
  });

  test('follows the media type and the style of an encoding', () => {
    const part = (encoding: Encoding, value: Json) =>
      text({ a: value }, type, { encoding: { a: encoding } })[1];
    expect(part({ contentType: 'image/png, image/jpeg' }, 'F')).toContain('Content-Type: image/png\r\n');
    expect(part({ contentType: 'application/json' }, 'F')).toContain('\r\n\r\n"F"');
    expect(part({ style: 'form', explode: false }, [1, 2])).toContain('\r\n\r\n1,2\r\n');
    expect(text({ a: { b: 1 } }, type, { encoding: { a: { contentType: 'application/xml' } } })).toMatch(
      /“a”/,
    );
  });
});

describe('XML', () => {
  const body = (value: Json, schema: string) => {
    const [, xml] = text(value, 'application/xml', { schema });
    return xml?.startsWith('<?xml')
      ? xml.replace(/^<\?xml[^>]*>/, '')
      : text(value, 'application/xml', { schema });
  };
  /** The examples of OpenAPI 3.0.4, section 4.7.26.2, as members of a thing. */
  test.each<[string, Json, string]>([
    ['{ type: string }', 'v', '<a>v</a>'],
    ['{ type: string, xml: { name: b } }', 'v', '<b>v</b>'],
    [
      '{ type: string, xml: { prefix: s, namespace: "http://shop.example/s" } }',
      'v',
      '<s:a xmlns:s="http://shop.example/s">v</s:a>',
    ],
    ['{ type: array, items: { type: string } }', ['v', 'w'], '<a>v</a><a>w</a>'],
    ['{ type: array, items: { type: string, xml: { name: b } } }', ['v', 'w'], '<b>v</b><b>w</b>'],
    ['{ type: array, xml: { name: x }, items: { type: string, xml: { name: b } } }', ['v'], '<b>v</b>'],
    [
      '{ type: array, xml: { wrapped: true }, items: { type: string } }',
      ['v', 'w'],
      '<a><a>v</a><a>w</a></a>',
    ],
    [
      '{ type: array, xml: { wrapped: true }, items: { type: string, xml: { name: b } } }',
      ['v'],
      '<a><b>v</b></a>',
    ],
    ['{ type: array, xml: { name: x, wrapped: true }, items: { type: string } }', ['v'], '<x><x>v</x></x>'],
    [
      '{ type: array, xml: { name: x, wrapped: true }, items: { xml: { name: b } } }',
      ['v'],
      '<x><b>v</b></x>',
    ],
    [
      '{ type: object, properties: { b: { xml: { attribute: true } }, c: {} } }',
      { b: 1, c: null },
      '<a b="1"></a>',
    ],
  ])('%s', (schema, value, expected) => {
    expect(body({ a: value }, `{ xml: { name: t }, properties: { a: ${schema} } }`)).toBe(
      `<t>${expected}</t>`,
    );
  });

  test('is named after its component, and through allOf', () => {
    expect(body({ name: 'a' }, `{ $ref: '#/components/schemas/Pet' }`)).toBe('<Pet><name>a</name></Pet>');
    expect(
      body({ name: 'a' }, `{ xml: { name: p }, allOf: [{ properties: { name: { xml: { name: n } } } }] }`),
    ).toBe('<p><n>a</n></p>');
  });

  test('holds no text that is markup', () => {
    expect(body({ a: '<b>&"\'' }, `{ xml: { name: t } }`)).toBe('<t><a>&#60;b&#62;&#38;&#34;&#39;</a></t>');
  });

  test.each([
    ['no name for the root', { a: 1 }, '{ type: object }'],
    ['no root', [1], '{ xml: { name: t }, type: array, items: {} }'],
    ['alternatives', { a: 1 }, '{ xml: { name: t }, oneOf: [{ type: object }] }'],
    ['a name that is none', { 'a b': 1 }, '{ xml: { name: t } }'],
    ['a control character', { a: '\u0001' }, '{ xml: { name: t } }'],
  ] as [string, Json, string][])('is not written with %s', (_, value, schema) => {
    expect(text(value, 'application/xml', { schema })).toMatch(/cannot be written as XML/);
  });
});

describe('other media types', () => {
  test('texts are sent as they are, and nothing else', () => {
    expect(text('a,b', 'text/csv')).toEqual(['text/csv', 'a,b']);
    expect(text({ a: 1 }, 'text/csv')).toMatch(/does not say/);
  });

  test('files are sent as bytes, pictures as pictures', () => {
    expect(text('ä', 'application/octet-stream')).toEqual(['application/octet-stream', 'Ã¤']);
    expect(text('x', 'image/png')[1]).toMatch(/^\x89PNG/);
    expect(text('x', 'image/*')[0]).toBe('image/png');
    expect(text('x', 'application/x-own', { schema: '{ type: string, format: binary }' })).toEqual([
      'application/x-own',
      'x',
    ]);
    expect(text({ a: 1 }, 'image/png')).toMatch(/file/);
  });

  test('what nobody can write is not written', () => {
    expect(text({}, 'application/protobuf')).toBe(
      'a body of the media type application/protobuf cannot be made',
    );
  });
});
