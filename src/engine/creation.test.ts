import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import { answer } from '../testing/host.js';
import { creationOf, readBack, recognisable } from './creation.js';
import { createShownIds } from './shown-ids.js';

function created(
  status: number,
  body: Json | undefined,
  given: {
    headers?: Record<string, string>;
    shown?: string[];
    template?: string;
    id?: string;
    parts?: string[];
    known?: Record<string, string>;
  } = {},
): string {
  const result = creationOf(answer(status, body, given.headers), {
    template: given.template ?? '/things/{thing_id}',
    id: given.id ?? 'thing_id',
    parts: given.parts ?? [],
    known: new Map(Object.entries(given.known ?? {})),
    baseUrl: 'https://api.shop.example/v1',
    requestUrl: 'https://api.shop.example/v1/things',
    shown: new Set(given.shown ?? []),
  });
  return result.kind === 'thing' ? [...result.values.values()].join(' ') : result.kind;
}

test.each<[status: number, body: Json | undefined, result: string]>([
  [201, { id: 'a' }, 'a'],
  [200, { id: 'a' }, 'a'],
  [202, { id: 'a' }, 'a'],
  [203, { id: 'a' }, 'unclear'],
  [204, undefined, 'unclear'],
  [201, undefined, 'unclear'],
  [302, undefined, 'unclear'],
  [303, undefined, 'unclear'],
  [500, { id: 'a' }, 'unclear'],
  [301, undefined, 'nothing'],
  [400, { id: 'a' }, 'nothing'],
  [409, { id: 'a' }, 'nothing'],
])('%i with %j: %s', (status, body, result) => {
  expect(created(status, body)).toBe(result);
});

test.each<[body: Json, id: string]>([
  [{ id: 7 }, '7'],
  [{ thing_id: 'a' }, 'a'],
  [{ thingId: 'a' }, 'a'],
  [{ id: 'a', thing_id: 'a' }, 'a'],
  [{ id: 'a', thing_id: 'b' }, 'unclear'],
  [{ data: { id: 'a' }, meta: {} }, 'a'],
  [{ result: { thing_id: 'a' }, links: {} }, 'a'],
  [{ resource: { id: 'a' }, links: {} }, 'a'],
  [{ thing: { id: 'a' }, ok: true }, 'a'],
  [{ thing: { id: 'a' }, other: { id: 'b' } }, 'unclear'],
  [{ data: { id: 'a' }, result: { id: 'b' } }, 'unclear'],
  [[{ id: 'a' }], 'unclear'],
  [{ id: '' }, 'unclear'],
  [{ id: '..' }, 'unclear'],
  [{ id: null }, 'unclear'],
  [{ id: -1 }, 'unclear'],
  [{ id: 2 ** 53 }, 'unclear'],
])('the id in %j is %s', (body, id) => {
  expect(created(201, body)).toBe(id);
});

test('ids of several parts are named by the parameters', () => {
  const given = { template: '/things/{tenant}/{name}', id: 'name', parts: ['tenant'] };
  expect(created(201, { id: 1, tenant: 't', name: 'n' }, given)).toBe('t n');
  expect(created(201, { id: 1, name: 'n' }, given)).toBe('unclear');
});

test.each<[location: string, id: string]>([
  ['https://api.shop.example/v1/things/a', 'a'],
  ['/v1/things/a/', 'a'],
  ['things/a', 'a'],
  ['/v1/things/a%20b', 'a b'],
  ['https://other.example/v1/things/a', 'unclear'],
  ['http://api.shop.example/v1/things/a', 'unclear'],
  ['https://user@api.shop.example/v1/things/a', 'unclear'],
  ['//other.example/v1/things/a', 'unclear'],
  ['//api.shop.example/v1/things/a', 'unclear'],
  ['/v1/orders/a', 'unclear'],
  ['/v2/things/a', 'unclear'],
  ['/v1/things/', 'unclear'],
  ['/v1/things/a/b', 'unclear'],
  ['/v1/orders/../things/a', 'unclear'],
  ['/v1/things/%2e%2e', 'unclear'],
  ['/v1/things/x%2fy', 'unclear'],
  ['/v1/things//a', 'unclear'],
  ['/v1/things/a?x=1', 'unclear'],
  ['/v1/things/a#b', 'unclear'],
  ['/v1\\things\\a', 'unclear'],
  ['', 'unclear'],
])('Location %j gives %s', (location, id) => {
  expect(created(201, undefined, { headers: { location } })).toBe(id);
  expect(created(201, undefined, { headers: { 'content-location': location } })).toBe(id);
});

test('a Location below another parent, or that differs from the body, gives nothing', () => {
  const nested = { template: '/shops/{shop}/parts/{id}', id: 'id', known: { shop: '1' } };
  const at = (shop: string) => ({ ...nested, headers: { location: `/v1/shops/${shop}/parts/a` } });
  expect(created(201, undefined, at('1'))).toBe('1 a');
  expect(created(201, undefined, at('2'))).toBe('unclear');
  expect(created(201, { id: 'b' }, { headers: { location: '/v1/things/a' } })).toBe('unclear');
});

test('what was shown before is not new, whatever the status', () => {
  for (const status of [200, 201, 202])
    expect(created(status, { id: 'a' }, { shown: ['a'] })).toBe('unclear');
});

test.each([
  [200, 'has the marker in it', ['marker'], 'ours'],
  [200, 'has it not', ['marker'], 'not proven'],
  [200, 'nothing was to be recognised', [], 'ours'],
  [401, '', ['marker'], 'not readable'],
  [403, '', ['marker'], 'not readable'],
  [405, '', ['marker'], 'not readable'],
  [404, 'marker', ['marker'], 'not there'],
  [410, 'marker', ['marker'], 'not there'],
  [302, 'marker', ['marker'], 'not proven'],
  [500, 'marker', ['marker'], 'not proven'],
  [null, '', [], 'not proven'],
] as const)('a read answered with %s, which %s: %j', (status, body, texts, proof) => {
  expect(readBack(status, body, texts)).toBe(proof);
});

test('a thing is known again by our marker, or by a text of the samples that is long enough and new', () => {
  const shown = new Set(['Resource kind']);
  expect(recognisable({ name: 'x' }, 'marker', shown)).toEqual(['marker']);
  expect(recognisable({ a: 'Resource kind', b: ['invented text', 'short'] }, undefined, shown)).toEqual([
    'invented text',
  ]);
  expect(recognisable({ a: 'invented text', b: 'Conform-Test' }, undefined, shown)).toEqual(['Conform-Test']);
});

describe('what safe answers have shown', () => {
  test('texts, numbers, names of members, parts of paths', () => {
    const shown = createShownIds();
    shown.add({ entry: [{ id: 7, ref: 'Thing/a8' }], map: { k9: true } });
    expect(['7', 'a8', 'Thing/a8', 'k9', 'x'].map((id) => shown.has(id))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  test('beyond its bound everything counts as shown', () => {
    const shown = createShownIds(2);
    shown.add(['a', 'b']);
    expect(shown.has('c')).toBe(false);
    shown.add('d');
    expect(shown.has('c')).toBe(true);
  });
});
