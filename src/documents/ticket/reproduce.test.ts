import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { loadContract } from '../../contract/load.js';
import { samplesOf } from '../../probe/samples.js';
import { capability } from '../../testing/runs.js';
import { vendorSpec } from '../../testing/vendor.js';
import { SHOP } from '../../testing/shop.js';
import { temporaryFolder } from '../../testing/folder.js';
import { join } from 'node:path';
import { INVALID } from '../../request/security/credential.js';
import { reproductionOf, stepOf } from './reproduce.js';

const OAUTH = {
  ...{ url: '/token$(touch canary)', tokenField: '.*"/p;e touch canary;', lifetimeField: 'expires_in' },
  ...{ clientId: 'CLIENT_ID', clientSecret: 'CLIENT_SECRET', body: 'form' as const },
};

/** The script of an operation of the shop whose body is a text. */
async function scriptOf(body: Json, origin = 'https://api.shop.example', type = 'text/plain') {
  await using folder = await temporaryFolder();
  const contract = await loadContract(join(await vendorSpec(folder.path, origin, SHOP), 'openapi.yaml'));
  const operation = contract.operations.find(({ method }) => method === 'POST');
  const [exchange] = capability({ id: operation?.id ?? '' }).exchanges;
  if (!operation || !exchange) throw new Error('the shop has no such operation');
  const content = {
    [type]: { encoding: {}, schema: undefined, schemaPointer: undefined, example: body },
  };
  return reproductionOf(
    [
      {
        exchange: {
          ...exchange,
          ...{ url: `${origin}/v2/documents/`, requestHeaders: ['authorization', 'content-type'] },
        },
        description: {
          operation: { ...operation, body: { ...operation.body, required: true, content } },
          contract,
          samples: samplesOf({ operations: { [operation.id]: { body } } }),
        },
      },
    ],
    { oauth: OAUTH },
  ).script;
}

test('no line of a body ends it', async () => {
  expect(await scriptOf('a\nBODY\ntouch canary\nBODY_')).toContain(
    "cat > body.json <<'BODY__'\na\nBODY\ntouch canary\nBODY_\nBODY__\ncurl -i -X POST ",
  );
});

test('what a terminal obeys is written by number', async () => {
  expect(await scriptOf('a\tb')).toContain(`printf '%s\\n' "a"$'\\x09'"b" > body.json\ncurl -i -X POST `);
});

test('a host, a path and the name of a member stay texts', async () => {
  const lines = (await scriptOf('a', 'https://$(id)`id`.shop.example')).split('\n');
  expect(lines[0]).toBe("BASE_URL='https://$(id)`id`.shop.example'");
  expect(lines[2]).toMatch(
    /^TOKEN=\$\(curl -s "https:\/\/\\\$\(id\)\\`id\\`.shop.example\/token\\\$\(touch canary\)" -d /,
  );
  expect(lines[3]).toBe(String.raw`  sed -n 's/.*"\.\*\\"\/p;e touch canary;" *: *"\([^"]*\)".*/\1/p')`);
});

test('requests that have to be sent before are before, with the token that all of them want', () => {
  const [exchange] = capability({ id: 'GET /things' }).exchanges;
  if (!exchange) throw new Error('there is no exchange');
  const page = (number: number) => ({
    ...exchange,
    ...{ method: 'GET', url: `https://api.shop.example/things?page=${number}`, curl: '' },
    requestHeaders: ['authorization'],
  });
  const lines = reproductionOf([{ exchange: page(3), before: [page(1), page(2)] }], undefined).script.split(
    '\n',
  );
  expect(lines.map((line) => /page=\d|TOKEN:|BASE_URL=/.exec(line)?.[0])).toEqual([
    ...['BASE_URL=', 'TOKEN:', 'page=1', 'page=2', 'page=3'],
  ]);
});

test('several requests are numbered, each with its body, the token once, and the host where it changes', () => {
  const [exchange] = capability({ id: 'GET /things' }).exchanges;
  if (!exchange) throw new Error('there is no exchange');
  const step = (url: string, more: object = {}) => ({
    exchange: { ...exchange, url, curl: '', requestHeaders: ['authorization'], ...more },
  });
  const { script, pseudonyms } = reproductionOf(
    [
      step('https://api.shop.example/things?owner=people-1&month=2026-01', { status: 403 }),
      step('https://api.shop.example/others', { status: null }),
      step('https://files.shop.example/things', { status: 403 }),
      { ...step('https://files.shop.example/made-up', { status: 404 }), why: 'for comparison' },
    ],
    undefined,
  );
  const found = script.split('\n').map((line) => /^#.*|BASE_URL=.*|TOKEN:|\/[\w-]+(?=[?"])/.exec(line)?.[0]);
  expect(found).toEqual([
    ...['BASE_URL=https://api.shop.example', 'TOKEN:', '# 1 of 3: we got 403', '/things'],
    ...['# 2 of 3: we got no answer', '/others'],
    ...['BASE_URL=https://files.shop.example', '# 3 of 3: we got 403', '/things'],
    ...['# for comparison: we got 404', '/made-up'],
  ]);
  expect(pseudonyms).toEqual(['people-1']);
});

test.each([
  ['application/json', '"client_secret": "<client_secret>"', '"scope": "read"'],
  ['application/x-www-form-urlencoded', 'client_secret=<client_secret>', 'scope=read'],
])(
  'a body of %s names its credentials, though the contract has an example of them',
  async (type, ...shown) => {
    const body = {
      client_id: 'client-id-for-tests',
      client_secret: 'client-secret-for-tests',
      scope: 'read',
    };
    const script = await scriptOf(body, undefined, type);
    for (const text of shown) expect(script).toContain(text);
    expect(script).not.toContain('-for-tests');
  },
);

test('what was asked with a token that was invalid on purpose is not repeated with a good one', () => {
  const asked = (curl: string) => {
    const operation = capability({ id: 'POST /things', manner: 'invalid-token' });
    const exchanges = operation.exchanges.map((one) => ({
      ...one,
      ...{ method: 'POST', url: 'https://api.shop.example/things', curl },
      requestHeaders: ['authorization', 'content-type'],
    }));
    return stepOf({ ...operation, exchanges }, undefined);
  };
  const command = (token: string) =>
    `curl -i -X POST "$BASE_URL/things" -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" -d @body.json`;
  expect(asked(command('$TOKEN'))).toBeUndefined();
  expect(asked('')).toBeUndefined();
  const step = asked(command(INVALID));
  if (!step) throw new Error('there is no step');
  const { script } = reproductionOf([step], { oauth: OAUTH });
  expect(script).toContain(`-H "Authorization: Bearer ${INVALID}"`);
  expect(script).not.toContain('TOKEN');
});

test('in the place of a body that was forbidden on purpose stands none that could change something', async () => {
  await using folder = await temporaryFolder();
  const origin = 'https://api.shop.example';
  const contract = await loadContract(join(await vendorSpec(folder.path, origin, SHOP), 'openapi.yaml'));
  const operation = contract.operations.find(({ method }) => method === 'POST');
  if (!operation) throw new Error('the shop has no such operation');
  const samples = samplesOf({ operations: { [operation.id]: { body: { name: 'sample' } } } });
  const scriptFor = (manner: 'real' | 'forbidden-body') => {
    const judged = capability({ id: operation.id, manner });
    const exchanges = judged.exchanges.map((one) => ({
      ...one,
      ...{ method: 'POST', url: `${origin}/v2${operation.path}`, curl: '' },
      requestHeaders: ['authorization', 'content-type'],
    }));
    const step = stepOf({ ...judged, exchanges }, { operation, contract, samples });
    return step ? reproductionOf([step], { oauth: OAUTH }).script : '';
  };
  expect(scriptFor('real')).toContain('"name": "sample"');
  expect(scriptFor('forbidden-body')).not.toContain('sample');
  expect(scriptFor('forbidden-body')).toContain('# body.json: a body that the documentation forbids');
});
