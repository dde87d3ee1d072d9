import { expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { environmentPlaces, samplesOf } from './samples.js';

test('where a request holds values of the environment, in a query or a header', () => {
  const parameters = ['tenant', 'page', 'X-Key']
    .map(
      (name) => `{ name: ${name}, in: ${name === 'X-Key' ? 'header' : 'query'}, schema: { type: string } }`,
    )
    .join(', ');
  const [operation] = contractOf(`/things/: { get: {} }`).operations;
  const [described] = contractOf(`/things: { get: { parameters: [${parameters}] } }`).operations;
  if (!operation || !described) throw new Error('no operation');
  const samples = samplesOf({
    parameters: { tenant: { env: 'TENANT' }, page: 1, 'X-Key': { env: 'KEY' } },
    operations: { 'GET /things/': { query: { extra: { env: 'EXTRA' }, of: { from: 'GET /others/' } } } },
  });
  expect(environmentPlaces(samples, described)).toEqual([
    { in: 'query', name: 'tenant' },
    { in: 'header', name: 'X-Key' },
  ]);
  expect(environmentPlaces(samples, operation)).toEqual([{ in: 'query', name: 'extra' }]);
});

test('samples have no value for a name that every object has', () => {
  const samples = samplesOf({
    parameters: { page: 1 },
    operations: { 'GET /things/': { query: { page: 2 } } },
  });
  for (const name of ['constructor', 'toString', '__proto__']) {
    expect(samples.parameter('GET /things/', 'query', name)).toBeUndefined();
    expect(samples.body(name)).toBeUndefined();
  }
  expect(samples.parameter('GET /things/', 'query', 'page')).toBe(2);
});
