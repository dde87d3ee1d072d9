import { expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { createSources, neededFor } from './sources.js';

const item = (member: string) =>
  `responses: { '200': { content: { application/json: { schema: { type: array, items: { allOf: [{ properties: { ${member}: {} } }] } } } } } }`;

const PATHS = `
/things: { get: {}, options: {}, post: {} }
/things/search: { post: { x-safe: true } }
/things/{thing_id}: { get: { operationId: read } }
/shelves/{shelf}/things: { get: {} }
/orders: { get: { ${item('thingId')} } }
/newest: { get: { responses: { '200': { links: { one: { operationId: read, parameters: { thing_id: $response.body#/id } } } } } } }
/others/{other_id}: { get: {} }
/bills: { get: { ${item('otherId')} } }
`;

test('where an id is from, best first: links, listings of such things, and others that name them', () => {
  const contract = contractOf(PATHS);
  const sourcesOf = createSources(contract);
  const of = (id: string) => {
    const operation = contract.operations.find((one) => one.id === id);
    if (!operation) throw new Error(id);
    const sources = sourcesOf(operation);
    const all = [...sources.values()].flat().map((one) => `${one.kind} ${one.operation.id}`);
    return { all, needed: neededFor(sources).map((one) => one.id) };
  };
  expect(of('GET /things/{thing_id}')).toEqual({
    all: [
      'link GET /newest',
      'collection GET /things',
      'collection POST /things/search',
      'collection GET /shelves/{shelf}/things',
      'elsewhere GET /orders',
    ],
    // What only names such an id by the way is not asked for it where something better is.
    needed: ['GET /newest', 'GET /things', 'POST /things/search', 'GET /shelves/{shelf}/things'],
  });
  expect(of('GET /others/{other_id}')).toEqual({ all: ['elsewhere GET /bills'], needed: ['GET /bills'] });
});
