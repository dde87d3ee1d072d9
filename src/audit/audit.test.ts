import { expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { audit } from './audit.js';

const { operations } = contractOf('/things/{id}/:\n  get: {}\n');

test('a call is printed without what a person or a secret could be', () => {
  const urls = [
    'https://h.example/things/303-555-0100/?token=secret-for-tests',
    '/thing/4711/?phone=3035550100',
  ];
  expect(
    audit(
      urls.map((url) => ({ method: 'GET', url })),
      operations,
    ),
  ).toEqual([
    {
      method: 'GET',
      url: 'https://h.example/things/{id}/?token=…',
      known: true,
      operation: 'GET /things/{id}/',
    },
    { method: 'GET', url: '/thing/…/?phone=…', known: false, nearest: 'GET /things/{id}/' },
  ]);
});
