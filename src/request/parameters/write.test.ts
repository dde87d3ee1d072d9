import { describe, expect, test } from 'vitest';
import type { ParameterPlace } from '../../contract/parameter.js';
import type { Style } from '../../contract/styles.js';
import type { Json } from '../../json.js';
import { handlingOf } from './names.js';
import type { ParameterForm } from './parameter.js';
import { writeParameter } from './write.js';

const LIST = ['blue', 'black', 'brown'];
const OBJECT = { R: 100, G: 200, B: 150 };

/** What is in the request; undefined where it cannot be written. */
function written(form: Partial<ParameterForm> & { in: ParameterPlace }, value: Json): string | undefined {
  const came = writeParameter({ name: 'color', ...form }, value);
  return came.ok ? came.texts.join(form.in === 'cookie' ? '; ' : '&') : undefined;
}

/** The table of OpenAPI 3.0.4, section 4.7.12.4; undefined is its “n/a”. */
const TABLE: [Style, boolean, ParameterPlace, ...(string | undefined)[]][] = [
  ['matrix', false, 'path', ';color', ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
  [
    'matrix',
    true,
    'path',
    ';color',
    ';color=blue',
    ';color=blue;color=black;color=brown',
    ';R=100;G=200;B=150',
  ],
  // The table has `.` for an empty text, which names the path that it is in.
  ['label', false, 'path', undefined, '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
  ['label', true, 'path', undefined, '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
  ['simple', false, 'header', '', 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
  ['simple', true, 'header', '', 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
  ['simple', false, 'path', undefined, 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
  ['form', false, 'query', 'color=', 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
  ['form', true, 'query', 'color=', 'color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150'],
  [
    ...(['spaceDelimited', false, 'query', 'color=', 'color=blue', 'color=blue%20black%20brown'] as const),
    'color=R%20100%20G%20200%20B%20150',
  ],
  [
    ...(['pipeDelimited', false, 'query', 'color=', 'color=blue', 'color=blue%7Cblack%7Cbrown'] as const),
    'color=R%7C100%7CG%7C200%7CB%7C150',
  ],
  [
    'deepObject',
    true,
    'query',
    undefined,
    undefined,
    undefined,
    'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150',
  ],
  [
    'form',
    true,
    'cookie',
    'color=',
    'color=blue',
    'color=blue; color=black; color=brown',
    'R=100; G=200; B=150',
  ],
  // Swagger 2.0, `collectionFormat`.
  [
    'tabDelimited',
    false,
    'query',
    'color=',
    'color=blue',
    'color=blue%09black%09brown',
    'color=R%09100%09G%09200%09B%09150',
  ],
  ['pipeDelimited', false, 'path', undefined, 'blue', 'blue%7Cblack%7Cbrown', 'R%7C100%7CG%7C200%7CB%7C150'],
  ['pipeDelimited', false, 'header', '', 'blue', 'blue|black|brown', 'R|100|G|200|B|150'],
  ['spaceDelimited', false, 'header', '', 'blue', 'blue black brown', 'R 100 G 200 B 150'],
];

describe('the table of styles', () => {
  test.each(TABLE)('%s, explode %s, in %s', (style, explode, place, ...expected) => {
    const values: Json[] = ['', 'blue', LIST, OBJECT];
    expect(values.map((value) => written({ in: place, style, explode }, value))).toEqual(expected);
  });

  test.each<[ParameterPlace, string, string]>([
    ['path', 'blue,black,brown', 'R,100,G,200,B,150'],
    ['header', 'blue,black,brown', 'R,100,G,200,B,150'],
    ['query', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150'],
    ['cookie', 'color=blue; color=black; color=brown', 'R=100; G=200; B=150'],
  ])('the defaults in %s', (place, list, object) => {
    expect([LIST, OBJECT].map((value) => written({ in: place }, value))).toEqual([list, object]);
  });

  test.each<[Style, ParameterPlace]>([
    ['matrix', 'query'],
    ['label', 'header'],
    ['form', 'path'],
    ['simple', 'query'],
    ['deepObject', 'cookie'],
  ])('%s is no style of a %s', (style, place) => {
    expect(written({ in: place, style }, 'blue')).toBeUndefined();
  });
});

describe('values', () => {
  test('never leave their segment', () => {
    expect(written({ in: 'path' }, 'a/b c%20d?e#f$&é;=')).toBe('a%2Fb%20c%2520d%3Fe%23f%24%26%C3%A9%3B%3D');
    for (const value of ['', '.', '..']) expect(written({ in: 'path' }, value)).toBeUndefined();
    expect(written({ in: 'path', style: 'label' }, '.')).toBeUndefined();
  });

  test('never leave their pair, whatever the names are', () => {
    expect(written({ in: 'query', name: 'filter[name]' }, 'a&b=c')).toBe('filter%5Bname%5D=a%26b%3Dc');
    expect(written({ in: 'query', name: '$filter' }, ['a,b', 'c'])).toBe('%24filter=a%2Cb&%24filter=c');
    expect(written({ in: 'query', style: 'deepObject' }, { 'a]&b': '=' })).toBe('color%5Ba%5D%26b%5D=%3D');
    expect(written({ in: 'cookie' }, 'a; b=c')).toBe('color=a%3B%20b%3Dc');
  });

  test('keep reserved characters where they may, but none that means something in a query', () => {
    expect(written({ in: 'query', allowReserved: true }, 'a/b?c:d@e;f$g&h=i+j#k[l]')).toBe(
      'color=a/b?c:d@e;f$g%26h%3Di%2Bj%23k%5Bl%5D',
    );
    expect(written({ in: 'path', allowReserved: true }, 'a/b')).toBe('a%2Fb');
  });

  test('that are in one another have no form', () => {
    for (const style of ['form', 'deepObject', 'pipeDelimited'] as const) {
      expect(written({ in: 'query', style }, { a: { b: 1 } })).toBeUndefined();
      expect(written({ in: 'query', style }, [[1]])).toBeUndefined();
    }
  });

  test('with the delimiter of their list cannot be written in it', () => {
    expect(written({ in: 'query', style: 'pipeDelimited' }, ['a|b'])).toBeUndefined();
    expect(written({ in: 'header' }, ['a,b', 'c'])).toBeUndefined();
    expect(written({ in: 'query', explode: false }, ['a,b', 'c'])).toBe('color=a%2Cb,c');
  });

  test('that a header cannot hold are not written', () => {
    for (const value of ['a\r\nb: c', 'ä', ' a']) expect(written({ in: 'header' }, value)).toBeUndefined();
  });

  test('of `null` and empty lists are left out', () => {
    expect(written({ in: 'query' }, null)).toBe('');
    expect(written({ in: 'query', explode: false }, [])).toBe('');
    expect(written({ in: 'query' }, { a: null, b: 1 })).toBe('b=1');
  });

  test('described by content are JSON texts', () => {
    const json = { contentType: 'application/json' };
    expect(written({ in: 'query', ...json }, { a: [1, 'ä'] })).toBe(
      'color=%7B%22a%22%3A%5B1%2C%22%5Cu00e4%22%5D%7D',
    );
    expect(written({ in: 'header', ...json }, { a: 'ä' })).toBe('{"a":"\\u00e4"}');
    expect(written({ in: 'query', contentType: 'application/xml' }, 'a')).toBeUndefined();
  });
});

test.each<[ParameterPlace, string, ReturnType<typeof handlingOf>]>([
  ['header', 'X-Y', 'written'],
  ...['Accept', 'content-type', 'AUTHORIZATION', 'Host', 'Content-Length', 'Cookie'].map(
    (name) => ['header', name, 'ignored'] as [ParameterPlace, string, 'ignored'],
  ),
  ['header', 'X-HTTP-Method-Override', 'never'],
  ['header', 'X-Http-Method', 'never'],
  ['header', 'X-Method-Override', 'never'],
  ['query', '_method', 'never'],
  ['query', 'X-HTTP-Method-Override', 'never'],
  ['header', 'Transfer-Encoding', 'never'],
  ['header', 'Connection', 'never'],
  ['header', 'a b', 'never'],
  ['query', 'accept', 'written'],
  ['cookie', 'cookie', 'written'],
])('a parameter of the %s called %s is %s', (place, name, handling) => {
  expect(handlingOf({ in: place, name })).toBe(handling);
});
