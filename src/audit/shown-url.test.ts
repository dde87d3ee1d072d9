import { expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { audit } from './audit.js';

const { operations } = contractOf('/things/{id}/:\n  get: {}\n');

test.each([
  ['https://h.example/things/303-555-0100/?token=secret-for-tests', 'https://h.example/things/{id}/?token=…'],
  ['https://u:secret-for-tests@h.example/thing/', 'https://h.example/thing/'],
  ['/thing/4711/notes?phone=3035550100&q', '/thing/…/notes?phone=…&q'],
  ['/thing/3035550100=x?3035550100=1', '/thing/…?…=…'],
  ['/v2/things/_search', '/v2/things/_search'],
  [`/thing/${'abcdefgh'.repeat(8)}`, '/thing/…'],
  ['/things#secret-for-tests', '/things'],
])('of %s nothing is printed that a person or a secret could be', (url, shown) => {
  expect(audit([{ method: 'GET', url }], operations)[0]?.url).toBe(shown);
});
