import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import { subjectOn } from '../testing/checks.js';
import { answer } from '../testing/host.js';
import { referencesIn, referencesOf } from './references.js';

const PATHS = `
/orders:
  get: {}
  post: {}
/orders/{id}:
  get:
    responses:
      '200':
        description: d
        links:
          boat: { operationId: readBoat, parameters: { boat_id: '$response.body#/vessel' } }
          kept: { operationId: readBoat, parameters: { boat_id: '$response.header.x-boat' } }
          made: { operationId: makeBoat, parameters: { boat_id: '$response.body#/vessel' } }
/boats/{boat_id}: { get: { operationId: readBoat }, delete: {} }
/boats: { post: { operationId: makeBoat } }
/ports/{id}: { get: {} }
/v2/ports/{id}: { get: {} }
/trays/{name}: { get: {} }
/owners/{owner_id}/notes/{note_id}: { get: {} }
/counts/{count_id}: { get: { parameters: [{ name: count_id, in: path, required: true, schema: { type: integer, maximum: 100 } }] } }
/keys/{key_id}: { get: {} }
/houses/{house_id}: { get: {} }
/lost/{lost_id}: { get: {} }
`;

const OTHERS = [
  { operation: 'GET /boats/{boat_id}', path: '/boats/k1' },
  { operation: 'GET /houses/{house_id}', path: '/houses/h1' },
  { operation: 'GET /ports/{id}', path: '/ports/p1' },
  { operation: 'GET /v2/ports/{id}', path: '/v2/ports/p1' },
  { operation: 'GET /trays/{name}', path: '/trays/first' },
  { operation: 'GET /owners/{owner_id}/notes/{note_id}', path: '/owners/o1/notes/n1' },
  { operation: 'GET /counts/{count_id}', path: '/counts/12' },
  { operation: 'GET /keys/{key_id}', path: '/keys/00000000-1111-4222-8333-000000000007' },
];

/** What an answer about one order refers to, as `name operation ids`. */
async function referred(
  body: Json,
  operation = 'GET /orders/{id}',
  path = '/orders/a7',
  paths = PATHS,
): Promise<string[]> {
  const host = (sent: { path: string }) => answer(200, sent.path === path ? body : { id: 'k1' });
  const { subject } = await subjectOn({ paths, operation, path, others: OTHERS, host });
  return referencesIn(subject).map(({ name, target, ids: found }) =>
    [name, target.operation.id, ...found].join(' '),
  );
}

const BOAT = 'GET /boats/{boat_id}';

describe('a member that is called like the id of one read refers to its things', () => {
  test.each<[body: Json, found: string[]]>([
    [{ boatId: 'k2' }, [`boatId ${BOAT} k2`]],
    [{ boat_id: 'k2' }, [`boat_id ${BOAT} k2`]],
    [{ boatIds: ['k2', 'k3', 'k2'] }, [`boatIds ${BOAT} k2 k3`]],
    [{ at: [{ boatId: 'k2' }, { boatId: 'k3' }] }, [`boatId ${BOAT} k2 k3`]],
    [{ countId: 7 }, ['countId GET /counts/{count_id} 7']],
    [{ houseIds: ['h2'] }, ['houseIds GET /houses/{house_id} h2']],
    [[{ boatId: 'k2' }], [`boatId ${BOAT} k2`]],
    // It is named by nothing else, or by several.
    [{ boat: 'k2' }, []],
    [{ portId: 'p2' }, []],
    [{ orderId: 'a8' }, []],
    [{ trayName: 'other', trayId: 't1' }, []],
    // Such a read needs more than an id, or has not worked.
    [{ noteId: 'n2' }, []],
    [{ lostId: 'l2' }, []],
    [{ boatId: null }, []],
    [{}, []],
    ['boatId', []],
  ])('%j', async (body, found) => {
    expect(await referred(body)).toEqual(found);
  });
});

describe('an id that is none of such a thing refers to nothing', () => {
  test.each<[body: Json, found: string[]]>([
    // It stands for nothing, whatever is read by it.
    ...['0', '00', '-', '-1', 'null', 'None', 'UNKNOWN', 'undefined', 'n/a', 'N.A.', 'na'].map(
      (boatId): [Json, string[]] => [{ boatId }, []],
    ),
    // It is of another form than the one that was read.
    [{ boatId: '12' }, []],
    [{ boatId: '12ab' }, [`boatId ${BOAT} 12ab`]],
    [
      { boatId: '00000000-1111-4222-8333-000000000008x' },
      [`boatId ${BOAT} 00000000-1111-4222-8333-000000000008x`],
    ],
    // It is none that the contract allows.
    [{ countId: 700 }, []],
    [{ boatId: '00000000-1111-4222-8333-000000000008' }, []],
    [{ countId: 'many' }, []],
    [{ keyId: 'k1' }, []],
    [
      { keyId: '00000000-1111-4222-8333-000000000008' },
      ['keyId GET /keys/{key_id} 00000000-1111-4222-8333-000000000008'],
    ],
    [{ keyId: 'x00000000-1111-4222-8333-000000000008' }, []],
  ])('%j', async (body, found) => {
    expect(await referred(body)).toEqual(found);
  });
});

describe('a text with a type refers to the things of it', () => {
  test.each<[body: Json, found: string[]]>([
    [{ reference: 'Boat/k2' }, [`reference ${BOAT} k2`]],
    [{ owner: { reference: 'Boat/k2' } }, [`reference ${BOAT} k2`]],
    [{ reference: 'Boats/k2' }, [`reference ${BOAT} k2`]],
    [{ reference: 'boat/k2' }, []],
    [{ reference: 'Boat/k2/notes' }, []],
    [{ reference: 'https://api.shop.example/Boat/k2' }, []],
    [{ reference: 'Port/p2' }, []],
    [{ reference: 'xBoat/k2' }, []],
    [{ other: 'Boat/k2' }, []],
  ])('%j', async (body, found) => {
    expect(await referred(body)).toEqual(found);
  });
});

test('a link of the contract to a read refers to its things, whatever the member is called', async () => {
  expect(await referred({ vessel: 'k2' })).toEqual([`boat_id ${BOAT} k2`]);
  expect(await referred({ vessel: { id: 'k2' } })).toEqual([]);
  expect(await referred({ vessel: '0' })).toEqual([]);
});

test('a thing does not refer to itself, nor a list to what it lists', async () => {
  expect(await referred({ boatId: 'k2' }, BOAT, '/boats/k1')).toEqual([]);
  expect(await referred([{ orderId: 'a8', boatId: 'k2' }], 'GET /orders', '/orders')).toEqual([
    `boatId ${BOAT} k2`,
  ]);
});

test('a reference says which members lead to it, and none is looked for too deep', async () => {
  const { subject } = await subjectOn({
    ...{ paths: PATHS, operation: 'GET /orders/{id}', path: '/orders/a7' },
    others: [{ operation: BOAT, path: '/boats/k1' }],
    host: () => answer(200, { id: 'a7' }),
  });
  const within = (depth: number): Json => (depth === 0 ? { boatId: 'k2' } : { at: within(depth - 1) });
  expect(referencesOf(subject, { at: [{ boatId: 'k2' }] })).toMatchObject([
    { path: 'at.boatId', name: 'boatId', id: 'k2' },
  ]);
  expect(referencesOf(subject, within(7))).toHaveLength(1);
  expect(referencesOf(subject, within(8))).toEqual([]);
});

test('a header of an answer can be what a link gives', async () => {
  const { subject } = await subjectOn({
    ...{ paths: PATHS, operation: 'GET /orders/{id}', path: '/orders/a7' },
    others: [{ operation: BOAT, path: '/boats/k1' }],
    host: () => answer(200, { id: 'a7' }, { 'x-boat': 'k2' }),
  });
  expect(referencesIn(subject)).toMatchObject([{ name: 'boat_id', ids: ['k2'] }]);
});

test('nothing is looked for too deep in lists either', async () => {
  const within = (depth: number): Json => (depth === 0 ? { boatId: 'k2' } : [within(depth - 1)]);
  expect(await referred(within(7))).toHaveLength(1);
  expect(await referred(within(8))).toEqual([]);
});

test('what can be referred to is found out once for each contract, from all its reads and links', async () => {
  const body = {
    ...{ boatId: 'k2', boatIds: ['k3'], countId: 7, houseIds: ['h2'], vessel: 'k4', reference: 'House/h3' },
    ...{ portId: 'p2', trayId: 'second', noteId: 'n2', lostId: 'l2', orderId: 'a8', id: 'a7' },
  };
  // A contract that no other test has.
  const found = await referred(body, 'GET /orders/{id}', '/orders/a7', `${PATHS}/gulls: { get: {} }\n`);
  expect(found).toEqual([
    `boat_id ${BOAT} k4`,
    `boatId ${BOAT} k2`,
    `boatIds ${BOAT} k3`,
    'countId GET /counts/{count_id} 7',
    'houseIds GET /houses/{house_id} h2',
    'reference GET /houses/{house_id} h3',
  ]);
});
