import { expect, test } from 'vitest';
import type { Probe } from '../probe/build.js';
import { requestsOf, type Change } from './request.js';

const URL_OF_LIST = 'https://api.shop.example/v1/things/?limit=9&q=a%20b';
const PROBE: Probe = {
  operation: 'GET /v1/things/',
  role: 'operation',
  request: { method: 'GET', url: URL_OF_LIST, headers: { accept: 'application/json' } },
  shown: 'https://api.shop.example/v1/things/?limit=9&q=$Q',
};
const requests = requestsOf(PROBE, 'valid');

test.each<[change: Change, sent: string, shown: string]>([
  [{}, '/?limit=9&q=a%20b', '/?limit=9&q=$Q'],
  [{ query: { limit: '2' } }, '/?q=a%20b&limit=2', '/?q=$Q&limit=2'],
  [{ query: { q: undefined } }, '/?limit=9', '/?limit=9'],
  [
    { query: { name: { sent: 'Ann Muster', shown: '‹name›' }, q: undefined, limit: undefined } },
    '/?name=Ann%20Muster',
    '/?name=%E2%80%B9name%E2%80%BA',
  ],
  [
    {
      query: { limit: undefined },
      written: { q: { sent: ['q=a%2Fb,c'], shown: ['q=%E2%80%B9q%E2%80%BA'] } },
    },
    '/?q=a%2Fb,c',
    '/?q=%E2%80%B9q%E2%80%BA',
  ],
  [{ below: { sent: 'a/b', shown: 'things-1' } }, '/a%2Fb/', '/things-1/'],
])('a read with %j', (change, sent, shown) => {
  const { probe, token } = requests.same('a test', change);
  expect([probe.request.url, probe.shown]).toEqual([
    `https://api.shop.example/v1/things${sent}`,
    `https://api.shop.example/v1/things${shown}`,
  ]);
  expect([probe.role, probe.purpose, token]).toEqual(['control', 'a test', 'valid']);
});

test('a search by POST can have another body, and a read has none', () => {
  const request = { ...PROBE.request, method: 'POST', body: '{"name":"a"}' };
  const search = requestsOf({ ...PROBE, request }, 'valid');
  const bodies = [search.same(''), search.same('', { body: { limit: 5 } }), requests.same('')];
  expect(bodies.map(({ probe }) => probe.request.body)).toEqual(['{"name":"a"}', '{"limit":5}', undefined]);
});

test('an id is another one wherever it stands', () => {
  const url = 'https://api.shop.example/things/7/parts/8';
  const { same } = requestsOf({ ...PROBE, request: { ...PROBE.request, url }, shown: url }, 'valid');
  const last = { sent: 'x', shown: 'x' };
  expect(same('', { last }).probe.request.url).toBe('https://api.shop.example/things/7/parts/x');
  expect(same('', { last, behind: 2 }).probe.request.url).toBe('https://api.shop.example/things/x/parts/8');
});

test.each<[link: string, url: string | undefined]>([
  ['/v1/things/?page=2', 'https://api.shop.example/v1/things/?page=2'],
  ['?cursor=secret', 'https://api.shop.example/v1/things/?cursor=secret'],
  ['https://api.shop.example/v1/things/?page=2', 'https://api.shop.example/v1/things/?page=2'],
  ['https://elsewhere.example/v1/things/?page=2', undefined],
  ['http://api.shop.example/v1/things/?page=2', undefined],
  ['/v1/others/?page=2', undefined],
  ['/v1/things/../others/', undefined],
  ['http://[', undefined],
])('the link %s leads to %s', (link, url) => {
  expect(requests.follow('next', link)?.probe.request.url).toBe(url);
});

test('of the values of a link nothing is shown', () => {
  expect(requests.follow('next', '?cursor=Ann&page=2')?.probe.shown).toBe(
    'https://api.shop.example/v1/things/?cursor=…&page=…',
  );
});

const SEARCH: Probe = {
  ...PROBE,
  request: { ...PROBE.request, method: 'POST', body: '{"name":"a"}' },
};

test.each<[what: string, change: Change]>([
  ['another method', { method: 'GET' }],
  ['what is below', { below: { sent: 'x', shown: 'x' } }],
  ['what is above', { above: true }],
])('a request for %s has no body', (_, change) => {
  expect(requestsOf(SEARCH, 'valid').same('', change).probe.request).not.toHaveProperty('body');
  expect(
    requestsOf(SEARCH, 'valid').same('', { ...change, body: { limit: 5 } }).probe.request,
  ).not.toHaveProperty('body');
});

test('a request is what it was, but for what is changed', () => {
  const { probe, ...how } = requests.same('a test', {
    ...{ method: 'HEAD', headers: { 'x-more': '1' }, operation: 'HEAD /v1/things/' },
    ...{ token: 'none', fresh: true, smallScheme: true },
  });
  expect(how).toEqual({ token: 'none', fresh: true, smallScheme: true });
  expect(probe.operation).toBe('HEAD /v1/things/');
  expect(probe.request).toEqual({
    ...{ method: 'HEAD', url: URL_OF_LIST },
    headers: { accept: 'application/json', 'x-more': '1' },
  });
  expect(requests.same('a test')).toEqual({
    token: 'valid',
    probe: { ...PROBE, role: 'control', purpose: 'a test' },
  });
});

test('what a thing is in is asked for without the query', () => {
  const url = 'https://api.shop.example/things/7/parts/8?q=a';
  const { same } = requestsOf({ ...PROBE, request: { ...PROBE.request, url }, shown: url }, 'valid');
  expect(same('', { above: true }).probe.request.url).toBe('https://api.shop.example/things/7/parts');
  expect(same('', { last: { sent: 'x', shown: 'x' } }).probe.request.url).toBe(
    'https://api.shop.example/things/7/parts/x?q=a',
  );
});

test('a parameter is known however its name is written', () => {
  const url = 'https://api.shop.example/things?a+b=1&c%20d=2&e%=3&&f';
  const { same } = requestsOf({ ...PROBE, request: { ...PROBE.request, url } }, 'valid');
  const urlWith = (query: Change['query']) => same('', query ? { query } : {}).probe.request.url;
  expect(urlWith({ 'a b': undefined, 'e%': undefined })).toBe('https://api.shop.example/things?c%20d=2&f');
  expect(urlWith({ 'c d': '4', f: undefined })).toBe('https://api.shop.example/things?a+b=1&e%=3&c%20d=4');
});

test('a link without a query is shown without one', () => {
  expect(requests.follow('next', '/v1/things/')?.probe).toMatchObject({
    ...{ purpose: 'next', shown: 'https://api.shop.example/v1/things/' },
    request: { url: 'https://api.shop.example/v1/things/' },
  });
});
