import { describe, expect, test } from 'vitest';
import { contractOf, targetOf } from '../testing/host.js';
import { addressed, baseOf, isAddressed, serverName, sitesOf, withoutPath } from './addresses.js';

describe('the path of the contract’s server is added to a base URL, unless that ends with it already', () => {
  test.each([
    ['https://h', '/v1', 'https://h'],
    ['https://h/v1', '/v1', 'https://h'],
    ['https://h/gateway/v1', '/v1', 'https://h/gateway'],
    ['https://h/gateway', '/v1', 'https://h/gateway'],
    ['https://h/api', '/api', 'https://h'],
    ['https://h/api/v1', '/api/v1', 'https://h'],
    // Once: what a contract doubles by itself is doubled.
    ['https://h/v1/v1', '/v1', 'https://h/v1'],
    // A part of a segment, or of the path, is no end.
    ['https://h/my-v1', '/v1', 'https://h/my-v1'],
    ['https://h/apiv1', '/v1', 'https://h/apiv1'],
    ['https://h/v1', '/api/v1', 'https://h/v1'],
    ['https://h/api', '/api/v1', 'https://h/api'],
    ['https://h/v1/eu', '/v1', 'https://h/v1/eu'],
    ['https://h/V1', '/v1', 'https://h/V1'],
    // A host is no path.
    ['https://v1', '/v1', 'https://v1'],
    ['https://h:8080', '', 'https://h:8080'],
    ['https://h/v1', '', 'https://h/v1'],
  ])('%s and %s', (baseUrl, path, without) => {
    expect(withoutPath(baseUrl, path)).toBe(without);
  });
});

/** The URLs of the operations of a contract with these servers, on a target at this address. */
function urlsOf(servers: string, baseUrl: string, paths = '/things: { get: {} }'): string[] {
  const { contract, target } = addressed(contractOf(paths, '[]', servers), targetOf({ baseUrl }));
  return contract.operations.map(({ path }) => (target.baseUrl ?? '') + path);
}

describe('where a contract is on a target', () => {
  test.each([
    ['[{ url: /v1 }]', 'https://h', 'https://h/v1/things'],
    ['[{ url: /v1 }]', 'https://h/v1', 'https://h/v1/things'],
    ['[{ url: "https://api.shop.example/v1/" }]', 'https://h', 'https://h/v1/things'],
    ['[{ url: "https://api.shop.example/v1/" }]', 'https://h/v1', 'https://h/v1/things'],
    ['[{ url: "https://api.shop.example/v1" }]', 'https://h/gateway/v1', 'https://h/gateway/v1/things'],
    ['[]', 'https://h/gateway', 'https://h/gateway/things'],
    // Another of its servers, by its whole URL, or by its path where it has no host.
    ['[{ url: /v1 }, { url: /v2 }]', 'https://h/v2', 'https://h/v2/things'],
    ['[{ url: /v1 }, { url: "https://b/v2" }]', 'https://b/v2', 'https://b/v2/things'],
    ['[{ url: "https://a/v1" }, { url: "https://b" }]', 'https://b', 'https://b/things'],
    ['[{ url: /v1 }, { url: / }]', 'https://h', 'https://h/v1/things'],
    ['[{ url: /v1 }, { url: "https://b/v2" }]', 'https://h/v2', 'https://h/v2/v1/things'],
  ])('%s at %s', (servers, baseUrl, url) => {
    expect(urlsOf(servers, baseUrl)).toEqual([url]);
  });

  test('what the paths begin with is a part of the paths', () => {
    const doubled = '/v1/things: { get: {} }';
    expect(urlsOf('[{ url: /v1 }]', 'https://h', doubled)).toEqual(['https://h/v1/v1/things']);
    expect(urlsOf('[{ url: /v1 }]', 'https://h/v1', doubled)).toEqual(['https://h/v1/v1/things']);
    expect(urlsOf('[]', 'https://h', doubled)).toEqual(['https://h/v1/things']);
  });

  test('the path of a server of its own takes the place of that of the contract, on the same host', () => {
    const paths = '/a: { servers: [{ url: /other }], get: {} }\n/b: { get: {} }';
    const there = ['https://h/other/a', 'https://h/v1/b'];
    expect(urlsOf('[{ url: /v1 }]', 'https://h/v1', paths)).toEqual(there);
    expect(urlsOf('[{ url: /v2 }, { url: /v1 }]', 'https://h/v1', paths)).toEqual(there);
  });

  test('operations keep their ids, whichever server is asked', () => {
    const contract = contractOf('/things: { get: {} }', '[]', '[{ url: /v1 }, { url: /v2 }]');
    const at = addressed(contract, targetOf({ baseUrl: 'https://h/v2' }));
    expect(at.contract.operations.map(({ id, path }) => [id, path])).toEqual([
      ['GET /v1/things', '/v2/things'],
    ]);
    expect(at.contract.servers[0].path).toBe('/v2');
  });
});

const ELSEWHERE = contractOf(
  `
/things: { get: {} }
/files: { servers: [{ url: "https://files.shop.example/f1" }], get: {} }
/bills: { servers: [{ url: "https://bills.shop.example" }], get: {} }
/near: { servers: [{ url: "https://api.shop.example/near" }], get: {} }
/odd: { servers: [{ url: "ftp://odd.shop.example" }], get: {} }
`,
  '[]',
  '[{ url: "https://api.shop.example/v1" }]',
);

describe('what is on another server than the contract', () => {
  const sites = (servers: Record<string, string>, baseUrl = 'https://h') =>
    sitesOf(ELSEWHERE, targetOf({ baseUrl, servers: new Map(Object.entries(servers)) })).map((site) => [
      site.baseUrl,
      site.operations.map(({ path }) => path),
    ]);
  const own = ['https://h', ['/v1/things', '/near/near']];

  test('has no address where nobody has named one', () => {
    expect(sites({})).toEqual([own]);
    expect(sites({ 'https://others.shop.example': 'https://o' })).toEqual([own]);
  });

  test.each<[servers: Record<string, string>, baseUrl: string, path: string]>([
    [{ 'https://files.shop.example': 'http://f' }, 'http://f', '/f1/files'],
    [{ 'https://files.shop.example': 'http://f/f1' }, 'http://f', '/f1/files'],
    [{ 'https://files.shop.example/f1': 'http://f/x/f1' }, 'http://f/x', '/f1/files'],
    [
      { 'https://files.shop.example': 'http://o', 'https://files.shop.example/f1': 'http://f' },
      'http://f',
      '/f1/files',
    ],
    [{ 'https://bills.shop.example': 'http://b' }, 'http://b', '/bills'],
    [{ 'ftp://odd.shop.example': 'http://o' }, 'http://o', '/odd'],
  ])('%j', (servers, baseUrl, path) => {
    expect(sites(servers)).toEqual([own, [baseUrl, [path]]]);
  });

  test('may be at the address of the target, or at one that is shared', () => {
    expect(sites({ 'https://bills.shop.example': 'https://h' })).toEqual([
      ['https://h', ['/v1/things', '/bills', '/near/near']],
    ]);
    const both = { 'https://bills.shop.example': 'http://o', 'https://files.shop.example': 'http://o' };
    expect(sites(both)).toEqual([own, ['http://o', ['/f1/files', '/bills']]]);
  });

  test('a server of the host of the contract can be somewhere else, too', () => {
    expect(sites({ 'https://api.shop.example/near': 'http://n' })).toEqual([
      ['https://h', ['/v1/things']],
      ['http://n', ['/near/near']],
    ]);
  });

  test('a server of our own stands for all servers', () => {
    const here = targetOf({ baseUrl: 'http://mock', serve: 'mock', servers: 'here' });
    expect(sitesOf(ELSEWHERE, here)).toEqual([{ baseUrl: 'http://mock', operations: ELSEWHERE.operations }]);
  });

  test('whether it has an address is known before the target has one', () => {
    const target = targetOf({ servers: new Map([['https://bills.shop.example', 'http://b']]) });
    const has = ELSEWHERE.operations.filter((operation) => isAddressed(operation, target));
    expect(has.map(({ path }) => path)).toEqual(['/v1/things', '/bills', '/near/near']);
    expect(ELSEWHERE.operations.map((operation) => baseOf(operation, target))).toContain(undefined);
  });
});

test.each([
  ['https://Files.shop.example:443/', 'https://files.shop.example'],
  ['https://files.shop.example/f1//', 'https://files.shop.example/f1'],
  ['/other/', '/other'],
  ['ftp://odd.shop.example/', 'ftp://odd.shop.example'],
  ['{x}.shop.example', '{x}.shop.example'],
])('the name %s means %s', (written, name) => {
  expect(serverName(written)).toBe(name);
});
