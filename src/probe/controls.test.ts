import { describe, expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import type { Probe } from './build.js';
import { asControl, nonsensePath, nonsenseProbe } from './controls.js';

const UNKNOWN = '__absent_abcd1234';
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
    expect(nonsensePath(path, UNKNOWN)).toBe(nonsense);
  });

  test.each(['GET', 'POST'])(
    'is asked by %s without a body: there is nothing that could be taken in',
    (method) => {
      const [operation] = contractOf('/v2/things/: { post: {} }\n').operations;
      if (!operation) throw new Error('no operation');
      const { request, shown } = nonsenseProbe(operation, method, BASE, UNKNOWN);
      expect(request).toEqual({
        method,
        url: `${BASE}/v2/__absent_abcd1234/`,
        headers: { accept: 'application/json' },
      });
      expect(shown).toBe(`${BASE}/v2/__absent_<nonce>/`);
    },
  );
});

test('a request that is asked again as a control is the same request', () => {
  const probe: Probe = {
    operation: 'GET /things/',
    role: 'operation',
    request: { method: 'GET', url: `${BASE}/things/`, headers: { accept: 'application/json' } },
    shown: `${BASE}/things/`,
  };
  expect(asControl(probe, 'without-token')).toEqual({ ...probe, role: 'control', purpose: 'without-token' });
});
