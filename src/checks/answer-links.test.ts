import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import { answer } from '../testing/host.js';
import { addressOf, linkHeader, related, selfOf } from './answer-links.js';

describe('the link of an answer to itself', () => {
  test.each<[body: Json | undefined, link: string | undefined]>([
    [{ self: '/things/7' }, '/things/7'],
    [{ href: 'https://api.shop.example/things/7' }, 'https://api.shop.example/things/7'],
    [{ self: '/things/7', href: '/things/8' }, '/things/7'],
    [{ self: { href: '/things/7' } }, '/things/7'],
    [{ self: '?page=2' }, '?page=2'],
    [{ self: 'http://api.shop.example/things' }, 'http://api.shop.example/things'],
    [{ self: 'HTTPS://api.shop.example/things' }, 'HTTPS://api.shop.example/things'],
    [{ _links: { self: { href: '/things/7' } } }, '/things/7'],
    [{ links: { self: '/things/7' } }, '/things/7'],
    [
      {
        link: [
          { relation: 'next', url: '/things?page=2' },
          { relation: 'self', url: '/things' },
        ],
      },
      '/things',
    ],
    [{ links: [{ rel: 'self', href: '/things' }] }, '/things'],
    // The links of the answer are looked at before a member of its own.
    [{ self: '/things/8', _links: { self: '/things/7' } }, '/things/7'],
    [{ self: '/things/7', links: 'none' }, '/things/7'],
    [{ self: '/things/{id}' }, undefined],
    [{ self: '/things{?page' }, undefined],
    [{ self: 'things/7' }, undefined],
    [{ self: 'see https://api.shop.example/things' }, undefined],
    [{ self: 7 }, undefined],
    [{ links: [{ rel: 'next', href: '/things' }] }, undefined],
    [{ name: '/things/7' }, undefined],
    [['/things/7'], undefined],
    ['/things/7', undefined],
    [undefined, undefined],
  ])('%j: %s', (body, link) => {
    expect(selfOf(body, answer(200))).toBe(link);
  });

  test('is that of the header where the body has none', () => {
    const linked = answer(200, undefined, { link: '</things?page=2>; rel=next, </things>; rel="self"' });
    expect(selfOf({}, linked)).toBe('/things');
    expect(selfOf(undefined, linked)).toBe('/things');
    expect(selfOf({ self: '/things/7' }, linked)).toBe('/things/7');
  });
});

test.each<[link: string | undefined, relation: 'self' | 'next', found: string | undefined]>([
  ['</a>; rel="next"', 'next', '/a'],
  ['</a>; rel=next', 'next', '/a'],
  ['</a>;rel=next', 'next', '/a'],
  ['</a> ; rel="NEXT"', 'next', '/a'],
  ['</a>; title="a page"; rel="next"', 'next', '/a'],
  ['</a>; rel="self", </b>; rel="next"', 'next', '/b'],
  ['</a>; rel="self", </b>; rel="next"', 'self', '/a'],
  // The relation of another link is not its own.
  ['</a>; rel="prev", </b>; rel="next"', 'next', '/b'],
  ['</a>; rel="nextpage"', 'next', undefined],
  ['</a>; xrel=next', 'next', undefined],
  ['</a>', 'next', undefined],
  [undefined, 'next', undefined],
])('the header %j has for %s the link %s', (link, relation, found) => {
  const headers = link === undefined ? undefined : { link };
  expect(linkHeader(answer(200, undefined, headers), relation)).toBe(found);
});

test('a link of a list is known by its relation', () => {
  const [first, second] = [
    { rel: 'self', href: '/a' },
    { relation: 'next', url: '/b' },
  ];
  expect(related(['self', null, first, second], 'self')).toBe(first);
  expect(related([first, second], 'next')).toBe(second);
  expect(related([first], 'next')).toBeUndefined();
});

test.each<[link: Json | undefined, address: string | undefined]>([
  ['/a', '/a'],
  [{ href: '/a' }, '/a'],
  [{ url: '/a' }, '/a'],
  [{ href: '/a', url: '/b' }, '/a'],
  [{ href: 7 }, undefined],
  [{}, undefined],
  [7, undefined],
  [null, undefined],
  [undefined, undefined],
])('the address of %j is %s', (link, address) => {
  expect(addressOf(link)).toBe(address);
});
