import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Contract } from '../contract/contract.js';
import { loadContract } from '../contract/load.js';
import { temporaryFolder } from '../testing/folder.js';
import { WITH_KEY, WITH_LOGIN, WITH_NOTHING, WITH_OAUTH } from '../testing/small-contracts.js';
import { kindOf } from './addresses.js';
import { findOut } from './found.js';
import { variableNames } from './variables.js';

async function loaded(document: object): Promise<Contract> {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'contract.json');
  await writeFile(file, JSON.stringify(document));
  return await loadContract(file);
}

test('what a contract with OAuth says by itself', async () => {
  const found = findOut(await loaded(WITH_OAUTH));
  expect(found.operations).toBe(6);
  expect(found.reads.map(({ id }) => id)).toEqual([
    'GET /v2/lanterns',
    'GET /v2/lanterns/{lantern_id}',
    'GET /v2/cellars/{cellar}/shelves',
    'GET /v2/prices',
  ]);
  expect(found.lists).toHaveLength(3);
  expect(found.addresses).toEqual([
    { url: 'https://api.lanterns.example/v2', kind: 'production' },
    { url: 'https://sandbox.lanterns.example/v2', kind: 'sandbox' },
  ]);
  expect(found.otherServers).toEqual([{ url: 'https://files.lanterns.example/up', operations: 1 }]);
  // The lower of the two rates that it states.
  expect(found.rate).toEqual({ perSecond: 10, words: '10 requests per second' });
  expect(found.ways).toEqual({
    usable: [
      {
        name: 'partner',
        operations: 6,
        instead: undefined,
        credentials: [
          {
            scheme: 'partner',
            oauth: {
              url: 'https://api.lanterns.example/token',
              clientId: 'LANTERN_HIRE_PARTNER_CLIENT_ID',
              clientSecret: 'LANTERN_HIRE_PARTNER_CLIENT_SECRET',
            },
          },
        ],
      },
    ],
    unusable: [],
  });
  expect(found.pageSizes).toEqual(['limit']);
});

test('what no listing, link or example gives is missing; what one gives is not', async () => {
  const { missing } = findOut(await loaded(WITH_OAUTH));
  expect(missing).toEqual([
    { parameter: 'cellar', in: 'path', isShared: true, operations: ['GET /v2/cellars/{cellar}/shelves'] },
    { parameter: 'on', in: 'query', isShared: true, operations: ['GET /v2/prices'] },
  ]);
});

test('what a Swagger 2.0 contract with an API key says by itself', async () => {
  const found = findOut(await loaded(WITH_KEY));
  expect(found.addresses).toEqual([{ url: 'https://kilns.example/api', kind: 'production' }]);
  expect(found.ways.usable.map(({ credentials }) => credentials)).toEqual([
    [{ scheme: 'api_key', apiKey: { in: 'header', name: 'X-Kiln-Key', value: 'KILN_SERVICE_API_KEY' } }],
  ]);
  expect([found.rate, found.missing]).toEqual([undefined, []]);
});

test('a contract that says nothing of hosts and credentials', async () => {
  const found = findOut(await loaded(WITH_NOTHING));
  expect([found.addresses, found.ways]).toEqual([[], { usable: [], unusable: [] }]);
});

test('a scheme that no credential of targets.yaml satisfies is named; a token has another flow beside it', async () => {
  const contract = await loaded(WITH_LOGIN);
  const { usable, unusable } = findOut(contract).ways;
  expect(unusable).toEqual(['seal']);
  expect(usable).toEqual([
    {
      name: 'app',
      operations: 1,
      credentials: [{ scheme: 'app', bearer: { token: 'TIDES_APP_TOKEN' } }],
      instead: {
        scheme: 'app',
        oauth: { url: '/token', clientId: 'TIDES_APP_CLIENT_ID', clientSecret: 'TIDES_APP_CLIENT_SECRET' },
      },
    },
  ]);
});

test.each([
  ['https://api.shop.example/v1', 'production'],
  ['https://sandbox-api.shop.example', 'sandbox'],
  ['https://api.staging.shop.example', 'sandbox'],
  ['https://api.shop.example/sandbox', 'sandbox'],
  ['https://latest.shop.example', 'production'],
  ['https://device.shop.example', 'production'],
  ['http://localhost:8080', 'local'],
  ['http://192.168.1.4/api', 'local'],
] as const)('%s is taken for %s', (url, kind) => {
  expect(kindOf(url)).toBe(kind);
});

test.each([
  ['Lantern Hire API', 'bearerAuth', 'TOKEN', 'LANTERN_HIRE_BEARER_TOKEN'],
  ['The REST API of Tides v3', 'ApiKeyAuth', 'KEY', 'TIDES_API_KEY'],
  ['API', 'x', 'TOKEN', 'API_X_TOKEN'],
  ['', '', 'TOKEN', 'API_TOKEN'],
  ['PayWay API', 'bearer', 'TOKEN', 'PAYWAY_BEARER_TOKEN'],
  ['3 Rivers', 'rivers', 'KEY', 'RIVERS_KEY'],
  ['数据', '密钥', 'KEY', 'API_KEY'],
])('%s, %s: %s is %s', (title, scheme, value, name) => {
  expect(variableNames(title, scheme, [value])).toEqual([name]);
});
