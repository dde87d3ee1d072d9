import { describe, expect, test } from 'vitest';
import { cleared, placed } from './place.js';

const REQUEST = { method: 'GET', url: 'https://api.shop.example/things', headers: { accept: 'a/b' } };
const header = { in: 'header', name: 'x-api-key' } as const;
const query = { in: 'query', name: 'api key' } as const;
const cookie = { in: 'cookie', name: 'session' } as const;

describe('a credential is placed', () => {
  test('in a header, instead of what was there however it was spelled', () => {
    const request = { ...REQUEST, headers: { 'X-Api-KEY': 'former', accept: 'a/b' } };
    expect(placed(request, [{ place: header, value: 'new' }]).headers).toEqual({
      accept: 'a/b',
      'x-api-key': 'new',
    });
    expect(request.headers['X-Api-KEY']).toBe('former');
  });

  test.each([
    ['/things', '/things?api%20key=a%26b'],
    ['/things?', '/things?api%20key=a%26b'],
    ['/things?q=%7e+~%zz&&r', '/things?q=%7e+~%zz&&r&api%20key=a%26b'],
    ['/things?api+key=1&q=a?b&%61pi%20key=2', '/things?q=a?b&api%20key=a%26b'],
    ['/things?q=1#part?x', '/things?q=1&api%20key=a%26b#part?x'],
    ['/a%2fb/../c?q', '/a%2fb/../c?q&api%20key=a%26b'],
  ])('in the query, and nothing else of the URL is spelled differently: %s', (from, to) => {
    expect(placed({ ...REQUEST, url: from }, [{ place: query, value: 'a&b' }]).url).toBe(to);
  });

  test.each([
    [{}, 'session=a', 'a'],
    [{ Cookie: 'theme=dark; session=former;lang=en' }, 'theme=dark; lang=en; session=a', 'a'],
    [{}, 'session=a%3B%20b', 'a; b'],
  ])('in a cookie, beside others: %j', (headers, becomes, value) => {
    expect(placed({ ...REQUEST, headers }, [{ place: cookie, value }]).headers).toEqual({ cookie: becomes });
  });

  test('beside another', () => {
    const both = [
      { place: header, value: 'a' },
      { place: query, value: 'b' },
    ];
    expect(placed(REQUEST, both)).toEqual({
      ...REQUEST,
      url: `${REQUEST.url}?api%20key=b`,
      headers: { accept: 'a/b', 'x-api-key': 'a' },
    });
  });
});

test('a place is cleared of whatever is there', () => {
  const request = {
    ...REQUEST,
    url: `${REQUEST.url}?q=1&api+key=2`,
    headers: { 'X-API-Key': 'a', Cookie: 'session=b' },
  };
  expect(cleared(request, [header, query, cookie])).toEqual({
    ...REQUEST,
    url: `${REQUEST.url}?q=1`,
    headers: {},
  });
  expect(cleared({ ...REQUEST, url: '/things?api+key=2' }, [query]).url).toBe('/things');
});
