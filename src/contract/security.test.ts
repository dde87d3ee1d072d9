import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.js';
import { loadContract } from './load.js';
import { scopesOf } from './security.js';

async function load(text: string) {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'contract.yaml');
  await writeFile(file, text);
  return await loadContract(file);
}

const RESPONSES = `responses: { '200': { description: ok } }`;

const SWAGGER = `
swagger: '2.0'
info: { title: Shop, version: '1' }
host: shop.example
securityDefinitions:
  key: { type: apiKey, in: header, name: X-API-Key }
  password: { type: basic }
  token: { type: oauth2, flow: application, tokenUrl: 'https://shop.example/token', scopes: {} }
security: [{ key: [] }, { password: [], token: [] }]
paths:
  /things: { get: { ${RESPONSES} } }
`;

const openapi = (version: string) => `
openapi: ${version}
info: { title: Shop, version: '1' }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-API-Key }
    password: { type: http, scheme: Basic }
    token:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: 'https://shop.example/token', scopes: {} } }
security: [{ key: [] }, { password: [], token: [] }]
paths:
  /things: { get: { ${RESPONSES} } }
`;

describe('who may ask', () => {
  test.each([
    ['Swagger 2.0', SWAGGER],
    ['OpenAPI 3.0', openapi('3.0.3')],
    ['OpenAPI 3.1', openapi('3.1.0')],
  ])('is read alike from %s', async (_, text) => {
    const contract = await load(text);
    expect(contract.silentAboutSecurity).toBe(false);
    expect(contract.operations[0]).toMatchObject({
      guarded: true,
      secured: true,
      security: [
        [{ name: 'key', type: 'apiKey', in: 'header', parameter: 'X-API-Key' }],
        [
          { name: 'password', type: 'http', scheme: 'basic' },
          { name: 'token', type: 'oauth2' },
        ],
      ],
    });
  });

  test.each([
    ['what the operation says goes before what is said of all', '[{ other: [] }]', true, ['other']],
    ['nobody has to say who it is', '[]', false, []],
    ['a way in that asks for nothing is no guard', '[{ key: [] }, {}]', false, ['key']],
    ['a way in that cannot be read is no guard', '[{ key: [] }, key]', false, ['key']],
  ])('%s', async (_, security, guarded, names) => {
    const { operations } = await load(
      `${openapi('3.0.3')}  /other: { get: { security: ${security}, ${RESPONSES} } }\n`,
    );
    expect(operations[1]?.guarded).toBe(guarded);
    expect(operations[1]?.security.flat().map(({ name }) => name)).toEqual(names);
  });

  test('a scheme that the contract names and does not describe is unknown', async () => {
    const { operations } = await load(openapi('3.0.3').replace('[{ key: [] }', '[{ nothing: [] }'));
    expect(operations[0]?.security[0]).toEqual([{ name: 'nothing', type: 'unknown' }]);
    expect(operations[0]?.guarded).toBe(true);
  });

  test.each([
    ['schemes alone say nothing of who may ask', /^security:.*$/m, '', true],
    ['“everybody” is a word', /^security:.*$/m, 'security: []', false],
    ['one operation is enough', /^security:.*\n([^]*get: \{)/m, ' security: [{ key: [] }],', false],
  ])('a contract is silent when it says nothing at all: %s', async (_, from, to, silent) => {
    const contract = await load(
      openapi('3.0.3').replace(
        from,
        (_found, kept: unknown) => `${typeof kept === 'string' ? kept : ''}${to}`,
      ),
    );
    expect(contract.silentAboutSecurity).toBe(silent);
  });

  test.each<[what: string, security: string, scopes: string[]]>([
    ['of the operation', '[{ token: [read, write] }]', ['read', 'write']],
    ['of all its alternatives, once', '[{ token: [read] }, { other: [read, all] }]', ['read', 'all']],
    ['none, where it says so', '[]', []],
    ['none, where there are none', '[{ key: [] }]', []],
    ['only those that are texts', '[{ token: [1, read] }, token]', ['read']],
  ])('scopes are those %s', async (_, security, scopes) => {
    const { document, operations } = await load(
      `${openapi('3.0.3').replace('token: [] }]', 'token: [of-all] }]')}  /other: { get: { security: ${security}, ${RESPONSES} } }\n`,
    );
    expect(operations.map((operation) => scopesOf(document, operation))).toEqual([['of-all'], scopes]);
  });
});
