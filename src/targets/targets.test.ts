import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { temporaryFolder } from '../testing/folder.js';
import { contractOf, targetOf } from '../testing/host.js';
import { misnamed, misnamedProblem } from './named.js';
import { otherHostOf, readHosts } from './targets.js';

describe('the targets of this package', () => {
  test('production goes to “route”, to “validate” when it is unlocked, and never further', async () => {
    const { targets } = await readHosts(join(PACKAGE_ROOT, 'spec'));
    expect(targets.find(({ name }) => name === 'production')?.writes).toEqual({
      default: 'route',
      most: 'route',
      unlocked: 'validate',
    });
  });

  test('no live host is written to for real unless somebody asks for it', async () => {
    const { targets } = await readHosts(join(PACKAGE_ROOT, 'spec'));
    const live = targets.filter(({ serve }) => serve === undefined);
    expect(live.length).toBeGreaterThan(2);
    for (const { name, writes } of live) expect(['none', 'route'], name).toContain(writes.default);
  });
});

test('where nothing is said of unlocking, nothing can be unlocked', async () => {
  await using folder = await temporaryFolder();
  const entry =
    'about: a host\n    standing: assumed\n    authorization: x\n    writes: { default: none, most: route }\n';
  await writeFile(join(folder.path, 'targets.yaml'), `targets:\n  live:\n    ${entry}`);
  const [live] = (await readHosts(folder.path)).targets;
  expect(live?.writes).toEqual({ default: 'none', most: 'route', unlocked: 'route' });
});

/** The targets that such a file names; `members` is what is below one of them. */
async function read(members: string) {
  await using folder = await temporaryFolder();
  const lines = ['about: a host', 'standing: assumed', 'writes: { default: none, most: none }', members];
  const text = lines.join('\n').replaceAll('\n', '\n    ');
  await writeFile(join(folder.path, 'targets.yaml'), `targets:\n  live:\n    ${text}\n`);
  return (await readHosts(folder.path)).targets[0];
}

describe('how we say who we are', () => {
  const OAUTH = 'url: /token, body: form, clientId: ID, clientSecret: SECRET';
  const FIELDS = 'tokenField: access_token, lifetimeField: expires_in';

  test.each([
    [
      `oauth: { ${OAUTH}, ${FIELDS} }\nauthorization: 'Token t={token}'`,
      `credentials: [{ oauth: { ${OAUTH}, header: 'Token t={token}' } }]`,
    ],
    [`oauth: { ${OAUTH}, ${FIELDS} }`, `credentials: [{ oauth: { ${OAUTH} } }]`],
    ['authorization: Bearer fixed', 'credentials: [{ header: { value: Bearer fixed } }]'],
    [
      `oauth: { ${OAUTH}, ${FIELDS} }\nauthorization: Bearer fixed`,
      'credentials: [{ header: { value: Bearer fixed } }]',
    ],
    ['', 'credentials: []'],
  ])('means the same in the former form: %j', async (former, form) => {
    const [one, other] = [await read(former), await read(form)];
    expect(one?.credentials).toEqual(other?.credentials);
    expect(one?.authorization).toBe(other?.authorization);
  });

  test('every kind has its defaults', async () => {
    const target = await read(
      `credentials:
  - { scheme: One, oauth: { url: /token, clientId: ID, clientSecret: SECRET } }
  - bearer: { token: TOKEN, headerName: X-Auth-Token, header: '{token}' }
  - apiKey: { in: header, name: X-API-Key, value: KEY }
  - apiKey: { in: query, name: Key, value: KEY }
  - basic: { user: USER, password: PASSWORD }
  - login: { path: /login, fields: { name: us, password: { env: PASSWORD } }, tokenAt: /data/token }
  - header: { name: X-Fixed, value: x }`,
    );
    const bearer = { header: 'Bearer {token}', headerName: 'authorization' };
    expect(target?.credentials).toEqual([
      {
        ...{ kind: 'oauth', scheme: 'One', ...bearer, url: '/token', clientId: 'ID', clientSecret: 'SECRET' },
        ...{ body: 'form', clientAuthentication: 'body', scope: undefined, audience: undefined },
        ...{ tokenField: 'access_token', lifetimeField: 'expires_in' },
      },
      { kind: 'bearer', scheme: undefined, token: 'TOKEN', header: '{token}', headerName: 'x-auth-token' },
      { kind: 'api-key', scheme: undefined, in: 'header', name: 'x-api-key', value: 'KEY' },
      { kind: 'api-key', scheme: undefined, in: 'query', name: 'Key', value: 'KEY' },
      { kind: 'basic', scheme: undefined, user: 'USER', password: 'PASSWORD' },
      {
        ...{ kind: 'login', scheme: undefined, ...bearer, method: 'POST', path: '/login', body: 'json' },
        ...{ fields: { name: 'us', password: { env: 'PASSWORD' } }, tokenAt: '/data/token' },
        lifetimeSeconds: 3600,
      },
      { kind: 'fixed-header', scheme: undefined, name: 'x-fixed', value: 'x' },
    ]);
    expect([target?.guarded, target?.unsecuredContract]).toEqual([[], 'send']);
  });

  test('other callers are read in the same way, and what is known of guards', async () => {
    const target = await read(
      `identities: { reader: [{ bearer: { token: READER } }] }
guarded: [GET /things]
unsecuredContract: omit`,
    );
    expect(target?.identities.reader?.[0]).toMatchObject({ kind: 'bearer', token: 'READER' });
    expect(target?.identities.other).toBeUndefined();
    expect([target?.guarded, target?.unsecuredContract]).toEqual([['GET /things'], 'omit']);
  });

  test.each([
    ['credentials: []\nauthorization: x', 'has “credentials” and also “authorization”', 7],
    [`oauth: { ${OAUTH}, ${FIELDS} }\ncredentials: []`, 'has “credentials” and also “oauth”', 6],
    ['credentials:\n  - { scheme: One }', 'exactly one kind', 7],
    ['credentials:\n  - { basic: { user: A, password: B }, bearer: { token: C } }', 'exactly one kind', 7],
    ['credentials:\n  - bearer: { token: C, header: Bearer }', 'must hold “{token}”', 7],
    ['credentials:\n  - bearer: { token: C, headerName: a b }', '“a b” cannot be the name of a header', 7],
    ['credentials:\n  - apiKey: { in: cookie, name: a=b, value: C }', 'cannot be the name of a cookie', 7],
    ['credentials:\n  - header: { value: "a\\r\\nb" }', 'characters that no header can hold', 7],
    ['credentials:\n  - login: { path: login, fields: {}, tokenAt: /t }', 'starts with “/”', 7],
    ['credentials:\n  - login: { path: /login, fields: {}, tokenAt: t }', 'JSON Pointer', 7],
    ['identities:\n  other:\n    - { scheme: One }', 'exactly one kind', 8],
    ['credentials:\n  - apiKey: { in: body, name: a, value: C }', 'live/credentials/0/apiKey/in', 7],
    ['credentials:\n  - basic: { user: A, password: B, realm: C }', 'unknown member: “realm”', 7],
  ])('what is wrong with it is reported with its line: %j', async (members, says, line) => {
    await expect(read(members)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(says) as string,
      place: { line },
    });
  });
});

describe('the other servers of a contract', () => {
  test('are named by URL or origin, and are where their base URLs say', async () => {
    const target = await read(
      "servers:\n  'https://Files.shop.example:443/': http://127.0.0.1:9301/f/\n  https://b.shop.example/b: https://b",
    );
    expect(target?.servers).toEqual(
      new Map([
        ['https://files.shop.example', 'http://127.0.0.1:9301/f'],
        ['https://b.shop.example/b', 'https://b'],
      ]),
    );
    expect((await read('baseUrl: https://h'))?.servers).toEqual(new Map());
    expect((await read('serve: mock'))?.servers).toBe('here');
  });

  test.each<[members: string, says: string, line: number]>([
    ['servers:\n  https://f: https://us:secret-for-tests@f', 'holds a user name or a password', 7],
    ['servers:\n  https://f: ftp://f', 'neither http nor https', 7],
    ['servers:\n  https://f: f', 'is not a URL', 7],
    ['servers: [https://f]', 'live/servers', 6],
    ['serve: mock\nservers: { https://f: https://f }', 'the mock stands for all of them', 7],
  ])('%j is reported with its line', async (members, says, line) => {
    const error: unknown = await read(members).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ message: expect.stringContaining(says) as string, place: { line } });
    expect(String(error)).not.toContain('secret-for-tests');
  });

  test('are names that the contract has to have', () => {
    const contract = contractOf(
      '/a: { servers: [{ url: "https://f.shop.example/f" }], get: {} }',
      '[]',
      '[{ url: "https://h" }]',
    );
    const faultsOf = (name: string) =>
      misnamed([{ kind: 'server', name, bears: 'requests', place: { file: 'targets.yaml', line: 3 } }], {
        contract,
      }).map((one) => misnamedProblem(one).message);
    expect(faultsOf('https://f.shop.example')).toEqual([]);
    expect(faultsOf('https://f.shop.example/f')).toEqual([]);
    for (const name of ['https://h', 'https://f.shop.example/g', 'f.shop.example'])
      expect(faultsOf(name)).toEqual([`the contract has no server “${name}”`]);
  });
});

test('the other host of a target is one that has an address', () => {
  const here = targetOf({ name: 'here', otherHost: 'there' });
  const there = targetOf({ name: 'there', baseUrl: 'https://there.shop.example' });
  expect(otherHostOf(here, [here, there])?.baseUrl).toBe('https://there.shop.example');
  expect(otherHostOf(there, [here, there])).toBeUndefined();
  expect(() => otherHostOf(here, [here])).toThrow('there is no target “there”');
  expect(() => otherHostOf(here, [here, { ...there, baseUrl: undefined }])).toThrow('which has no baseUrl');
});
