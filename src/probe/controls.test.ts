import { describe, expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import type { Probe } from './build.js';
import { asControl, nonsensePath, nonsenseProbe } from './controls.js';

const NONCE = 'abcd1234';
const BASE = 'https://api.shop.example';

describe('the nonsense path', () => {
  test.each([
    ['/v2/things/', '/v2/__absent_abcd1234/'],
    ['/v2/things', '/v2/__absent_abcd1234'],
    ['/v2/things/{id}/', '/v2/__absent_abcd1234/'],
    ['/v2/things/?of=1', '/v2/__absent_abcd1234/'],
    ['/things/', '/__absent_abcd1234/'],
    ['/{tenant}/things/', '/__absent_abcd1234/'],
    ['/', '/__absent_abcd1234/'],
  ])('beside %s is %s', (path, nonsense) => {
    expect(nonsensePath(path, NONCE)).toBe(nonsense);
  });

  test('is asked with an empty body where the operation has one, and holds nothing of what would be sent', () => {
    const { operations } = contractOf(
      '/v2/things/: { get: {}, post: { requestBody: { content: { application/json: { example: { name: Carla } } } } } }\n',
    );
    const [read, write] = operations.map((operation) => nonsenseProbe(operation, BASE, NONCE));
    const url = `${BASE}/v2/__absent_abcd1234/`;
    expect(read?.request).toEqual({ method: 'GET', url, headers: { accept: 'application/json' } });
    expect(write?.request).toEqual({
      method: 'POST',
      url,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: '{}',
    });
    expect(read?.shown).toBe(`${BASE}/v2/__absent_<nonce>/`);
  });
});

test('a request that is asked again as a control goes without the Authorization header of the first', () => {
  const probe: Probe = {
    operation: 'GET /things/',
    role: 'operation',
    request: {
      method: 'GET',
      url: `${BASE}/things/`,
      headers: { accept: 'application/json', authorization: 'Bearer token-for-tests' },
    },
    shown: `${BASE}/things/`,
  };
  expect(asControl(probe, 'without-token')).toEqual({
    ...probe,
    role: 'control',
    purpose: 'without-token',
    request: { ...probe.request, headers: { accept: 'application/json' } },
  });
  expect(probe.request.headers).toHaveProperty('authorization');
});
