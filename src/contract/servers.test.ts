import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../json.js';
import { temporaryFolder } from '../testing/folder.js';
import { loadContract } from './load.js';
import { operationsOf } from './operations.js';
import { contractServers, ownServer, serverFaults } from './servers.js';

const AT_HOST: JsonObject[] = [{ url: 'https://api.shop.example/v1' }];
const AT_PATH: JsonObject[] = [{ url: '/v1' }];

/** What a list of servers of the contract gives, and what was wrong with it. */
function read(servers: Json): { first: [origin: string | undefined, path: string]; faults: string[] } {
  const [first] = contractServers({ servers });
  const faults = serverFaults(servers, first).map(({ at, what, assumed }) => `${at} ${what}: ${assumed}`);
  return { first: [first.origin, first.path], faults };
}

describe('the server of a contract', () => {
  test.each<[servers: Json, origin: string | undefined, path: string]>([
    [[], undefined, ''],
    [[{ url: '/' }], undefined, ''],
    [[{ url: '/v1/' }], undefined, '/v1'],
    [[{ url: 'https://api.shop.example' }], 'https://api.shop.example', ''],
    [[{ url: '//api.shop.example/v1' }], 'https://api.shop.example', '/v1'],
    [[{ url: 'HTTPS://API.shop.example:443/v1//' }], 'https://api.shop.example', '/v1'],
    [[{ url: 'https://api.shop.example/a/../v1/./' }], 'https://api.shop.example', '/v1'],
    [[{ url: 'https://api.shop.example/v1' }, { url: '/v2' }], 'https://api.shop.example', '/v1'],
  ])('%j is read without a fault', (servers, origin, path) => {
    expect(read(servers)).toEqual({ first: [origin, path], faults: [] });
  });

  test.each<[servers: Json, path: string, fault: RegExp]>([
    ['https://api.shop.example', '', /^ the servers are no list: they are left out$/],
    [[null, { url: '/v1' }], '/v1', /^\/0 a server has no url: it is left out$/],
    [['/v1'], '', /^\/0 a server has no url/],
    [[{}], '', /^\/0 a server has no url/],
    [[{ url: 7 }], '', /^\/0 a server has no url/],
    [[{ url: '' }], '', /^\/0 a server has no url/],
    [[{ url: 'api.shop.example/v1' }], '', /is neither a URL of http or https nor a path/],
    [[{ url: 'localhost:8080/v1' }], '', /is neither a URL of http or https nor a path/],
    [[{ url: 'v1' }, { url: '/v2' }], '/v2', /^\/0 the server “v1” is neither/],
    [[{ url: 'file:///v1' }], '', /is neither http nor https/],
    [[{ url: 'ftp://api.shop.example/v1' }], '', /is neither http nor https/],
    [[{ url: 'https:///v1' }], '', /names no host/],
    [[{ url: '//https://api.shop.example/v1' }], '', /names no host/],
    [[{ url: 'https://api.shop.example:99999/v1' }], '', /names no host/],
    [[{ url: 'https:\\\\api.shop.example\\v1' }], '', /a backslash/],
    [[{ url: 'https://api.shop.example/my api' }], '', /a space/],
    [[{ url: 'https://{host.shop.example/v1' }], '', /has a brace without its pair/],
    [[{ url: 'https://api.shop.example/v1}' }], '', /has a brace without its pair/],
    [[{ url: '/v1?key=1' }], '/v1', /has a query or a fragment: the URL without it/],
    [[{ url: 'https://api.shop.example/v1#top' }], '/v1', /has a query or a fragment/],
  ])('%j is read as far as it can be', (servers, path, fault) => {
    const { first, faults } = read(servers);
    expect([first[1], faults]).toEqual([path, [expect.stringMatching(fault)]]);
  });

  test('a user name and a password in it go nowhere and are not repeated', () => {
    for (const scheme of ['https://', 'ftp://', '//', '']) {
      const servers = [{ url: `${scheme}us:secret-for-tests@api.shop.example/v1?x` }];
      expect(JSON.stringify([contractServers({ servers }), read(servers)])).not.toMatch(/secret-for-tests/);
    }
  });
});

describe('the variables of a server', () => {
  const withVariable = (url: string, variable?: Json) =>
    read([{ url, ...(variable === undefined ? {} : { variables: { x: variable } }) }]);

  test.each<
    [url: string, variable: Json, origin: string | undefined, path: string, fault: RegExp | undefined]
  >([
    ['/{x}', { default: 'v2' }, undefined, '/v2', undefined],
    ['/{x}', { default: 'v2', enum: ['v1', 'v2'] }, undefined, '/v2', undefined],
    ['/{x}', { default: '' }, undefined, '', undefined],
    ['/{x}/$&/{x}', { default: '$&' }, undefined, '/$&/$&/$&', undefined],
    ['https://{x}.shop.example/v1', { default: 'eu' }, 'https://eu.shop.example', '/v1', undefined],
    ['https://shop.example:{x}', { default: '8443' }, 'https://shop.example:8443', '', undefined],
    [
      'https://shop.example:{x}',
      { default: 8443 },
      'https://shop.example:8443',
      '',
      /a default that is no text/,
    ],
    [
      '{x}://shop.example',
      { default: 'http', enum: ['https', 'http'] },
      'http://shop.example',
      '',
      undefined,
    ],
    ['/v{x}', { default: 2 }, undefined, '/v2', /“x” has a default that is no text: the text “2”/],
    ['/v{x}', { default: true }, undefined, '/vtrue', /a default that is no text/],
    ['/{x}', { enum: ['v1', 'v2'] }, undefined, '/v1', /has no default: the first of its enum, “v1”/],
    ['/{x}', { default: null, enum: [1] }, undefined, '/1', /has no default/],
    ['/{x}', { default: 'v3', enum: ['v1'] }, undefined, '/v3', /not in its enum: its default, “v3”/],
    ['https://{x}.shop.example/v1', {}, 'https://{x}.shop.example', '/v1', /“x” has no value/],
    ['https://{x}.shop.example/v1', 'eu', 'https://{x}.shop.example', '/v1', /“x” has no value/],
  ])('%s with %j', (url, variable, origin, path, fault) => {
    const { first, faults } = withVariable(url, variable);
    expect(first).toEqual([origin, path]);
    expect(faults).toEqual(fault ? [expect.stringMatching(fault)] : []);
  });

  test('what has no value can be in no path: then nothing is taken to be before the paths', () => {
    const { first, faults } = withVariable('https://shop.example/{x}');
    expect(first[1]).toBe('');
    expect(faults).toEqual([
      expect.stringMatching(/^\/0\/variables\/x the server variable “x” has no value/),
      expect.stringMatching(/^\/0 the server “https:\/\/shop.example\/\{x\}” has a variable without a value/),
    ]);
  });

  test('the names that every object has are no variables', () => {
    expect(read([{ url: 'https://{constructor}.shop.example/', variables: {} }]).faults).toEqual([
      expect.stringMatching(/“constructor” has no value/),
    ]);
  });
});

describe('an operation with a server of its own', () => {
  const own = (own: Json, servers: Json = AT_HOST) => {
    const server = ownServer([{ servers: own }], contractServers({ servers }));
    return server && [server.elsewhere, server.path];
  };

  test.each<[own: Json, contract: Json, elsewhere: boolean, path: string]>([
    [[{ url: '/other' }], AT_HOST, false, '/other'],
    [[{ url: '/other/' }], AT_PATH, false, '/other'],
    [[{ url: 'https://API.shop.example:443/other' }], AT_HOST, false, '/other'],
    [[{ url: 'https://files.shop.example/other' }], AT_PATH, false, '/other'],
    [[{ url: 'https://files.shop.example/other' }], [], false, '/other'],
    [[{ url: 'https://files.shop.example/other' }], AT_HOST, true, '/other'],
    [[{ url: 'http://api.shop.example/other' }], AT_HOST, true, '/other'],
    [[{ url: '//files.shop.example/other' }], AT_HOST, true, '/other'],
    [[{ url: '//api.shop.example/other' }], AT_HOST, false, '/other'],
    [[{ url: 'https://{x}.shop.example/b' }], [{ url: 'https://{x}.shop.example/a' }], false, '/b'],
    [[{ url: 'https://files.shop.example' }], [{ url: 'api.shop.example/v1' }], true, ''],
    // What is no address is not the target either.
    [[{ url: 'ftp://files.shop.example/other' }], AT_PATH, true, ''],
    [[{ url: 'files.shop.example/other' }], AT_PATH, true, ''],
    [[{ url: 'https://files.shop.example/{x}' }], AT_PATH, true, ''],
    [[{ url: 'ftp://files.shop.example' }, { url: '/other' }], AT_HOST, false, '/other'],
  ])('%j in a contract with %j', (list, contract, elsewhere, path) => {
    expect(own(list, contract)).toEqual([elsewhere, path]);
  });

  test.each<[Json]>([[[]], [[null]], [[{}]], ['/other']])(
    '%j says nothing: then the contract counts',
    (list) => {
      expect(own(list)).toBeUndefined();
    },
  );

  test('the server of the operation goes before that of its path, and both before that of the contract', () => {
    const operations = operationsOf({
      servers: AT_HOST,
      paths: {
        '/a': { servers: [{ url: '/path' }], get: {}, put: { servers: [{ url: '/own' }] } },
        '/b': { get: {} },
      },
    });
    expect(operations.map(({ id }) => id)).toEqual(['GET /path/a', 'PUT /own/a', 'GET /v1/b']);
  });
});

describe('what is wrong with servers is reported with its line', () => {
  const load = async (text: string) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'openapi.yaml');
    await writeFile(file, text);
    const { operations, repairs } = await loadContract(file);
    return {
      ids: operations.map(({ id }) => id),
      repairs: repairs
        .filter(({ kind }) => kind === 'server')
        .map(({ place, what, assumed }) => `${place.line ?? ''} ${what}: ${assumed}`),
    };
  };

  test('at the contract, a path and an operation', async () => {
    const { ids, repairs } = await load(`openapi: 3.0.3
info: { title: Shop, version: '7' }
servers:
  - url: https://api.shop.example/v{number}
    variables:
      number: { default: 2 }
paths:
  /a:
    servers:
      - url: ftp://files.shop.example
    get: { operationId: a, responses: {} }
  /b:
    get:
      operationId: b
      servers: [7]
      responses: {}
`);
    expect(ids).toEqual(['GET /a', 'GET /v2/b']);
    expect(repairs).toEqual([
      '6 the server variable “number” has a default that is no text: the text “2”',
      '10 the server “ftp://files.shop.example” is neither http nor https: it is left out, and nothing is asked there',
      '15 a server has no url: it is left out',
    ]);
  });

  test('two paths that are one with the paths of their servers', async () => {
    const { ids, repairs } = await load(`openapi: 3.0.3
info: { title: Shop, version: '7' }
servers: [{ url: /v1 }]
paths:
  /a:
    get: { operationId: a, responses: {} }
  /v1/a:
    servers: [{ url: / }]
    get: { operationId: b, responses: {} }
`);
    expect(ids).toEqual(['GET /v1/a']);
    expect(repairs).toEqual([
      '9 with the paths of their servers, two operations are GET /v1/a: the first of them',
    ]);
  });

  test('in Swagger 2.0, whose host and base path are one server', async () => {
    const swagger = (members: string) =>
      load(`swagger: '2.0'
info: { title: Shop, version: '7' }
${members}
paths:
  /a:
    get: { operationId: a, responses: { 200: { description: ok } } }
`);
    expect(await swagger('host: api.shop.example\nbasePath: /v1')).toEqual({
      ids: ['GET /v1/a'],
      repairs: [],
    });
    expect((await swagger('basePath: /v1/')).ids).toEqual(['GET /v1/a']);
    expect(await swagger('host: https://us:secret-for-tests@api.shop.example/v1')).toEqual({
      ids: ['GET /a'],
      repairs: ['3 the host is not the name of one: it is left out'],
    });
    expect(await swagger('host: 5\nbasePath: api/v3')).toEqual({
      ids: ['GET /api/v3/a'],
      repairs: [
        '3 the host is not the name of one: it is left out',
        '4 the basePath does not begin with a slash: “/api/v3”',
      ],
    });
    expect(await swagger('basePath: [v1]')).toEqual({
      ids: ['GET /a'],
      repairs: ['3 the basePath is no text: it is left out'],
    });
  });
});
