import { describe, expect, test } from 'vitest';
import { contractOf, targetOf } from '../testing/host.js';
import { heldAgainst, sitesOfContract } from './held.js';
import { UNKNOWN_REQUEST } from './paste.js';

const contract = contractOf(`
/things/:
  get:
    parameters: [{ name: page, in: query, schema: { type: integer } }, { name: filter, in: query, style: deepObject, schema: { type: object } }]
  post: {}
/things/{id}/:
  get: {}
`);
const sites = sitesOfContract(contract, [targetOf({ name: 'live', baseUrl: 'https://api.example/base' })]);
const held = (method: string | undefined, url: string | undefined) =>
  heldAgainst({ ...UNKNOWN_REQUEST, method, url }, sites);

describe('a request is held against the contract', () => {
  test('below the address of a target', () => {
    expect(held('GET', 'https://api.example/base/things/?page=1&colour=a&filter[x]=1')).toMatchObject({
      target: 'live',
      operation: { id: 'GET /things/' },
      nearest: undefined,
      unknownParameters: ['colour'],
    });
  });

  test('by its path alone, without its scheme, and with an id', () => {
    expect(held('GET', '/things/')?.operation?.id).toBe('GET /things/');
    expect(held('GET', '//api.example/base/things/4711/')?.operation?.id).toBe('GET /things/{id}/');
  });

  test('what it does not have is near to what it has', () => {
    expect(held('GET', 'https://api.example/base/thing')).toMatchObject({
      operation: undefined,
      nearest: { id: 'GET /things/' },
    });
  });

  test('without its method, where the path has one only', () => {
    expect(held(undefined, '/things/4711/')?.operation?.id).toBe('GET /things/{id}/');
    expect(held(undefined, '/things/')?.operation).toBeUndefined();
  });

  test('names of parameters that may be values are not shown', () => {
    expect(held('GET', '/things/?3035550100=1')?.unknownParameters).toEqual([]);
  });
});

test.each([
  ['of another host', 'https://other.example/base/things/'],
  ['of another base', 'https://api.example/other/things/'],
  ['of which only the host is known', '//api.example'],
  ['of which nothing is known', undefined],
  ['that is no address', 'http://['],
])('a request %s is held against nothing', (_, url) => {
  expect(held('GET', url)).toBeUndefined();
});
