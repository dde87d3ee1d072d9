import { expect, test } from 'vitest';
import { parseJson, type Json, type JsonObject } from '../json.js';
import { answer, contractOf } from '../testing/host.js';
import { limitOf } from './limits.js';
import { startMock } from './mock.js';

const THINGS = `
/things/:
  get: { responses: { '200': { description: ok, content: { application/json: { example: [7] } } } } }
`;

/** Serves paths while something is done with the mock. @param schemas the components */
async function withMock(
  paths: string,
  use: (url: string) => Promise<void>,
  schemas: JsonObject = {},
): Promise<void> {
  const contract = contractOf(paths, '[]');
  const document = { ...contract.document, components: { schemas } };
  const mock = await startMock({ ...contract, document });
  try {
    await use(mock.url);
  } finally {
    await mock.close();
  }
}

const things = async (url: string) => parseJson(await (await fetch(`${url}/things/`)).text());

test('the mock goes on where a request accepts what is no media type', async () => {
  await withMock(THINGS, async (url) => {
    const odd = await fetch(`${url}/things/`, { headers: { accept: 'things' } });
    const body = parseJson(await odd.text());
    expect([odd.status, body]).toMatchObject([500, { title: 'invalid media type' }]);
    expect(limitOf(answer(odd.status, body), false)).toBe('it fails on it');
    expect(await things(url)).toEqual([7]);
  });
});

test('a path of the contract that begins without a slash keeps nobody from the others', async () => {
  await withMock(
    `${THINGS}\nthings:\n  get: { responses: { '200': { description: ok } } }\n`,
    async (url) => {
      expect((await fetch(`${url}/things`)).status).toBe(404);
      expect(await things(url)).toEqual([7]);
    },
  );
});

test.each<[what: string, next: (schema: JsonObject) => JsonObject]>([
  ['members', (schema) => ({ type: 'object', properties: { next: schema } })],
  ['schemas of the same value', (schema) => ({ allOf: [schema] })],
])('a contract is served in which thousands of schemas refer to one another: %s', async (_, next) => {
  const count = 5_000;
  const schemas = Array.from({ length: count }, (_, index): [string, Json] => [
    `Thing${index}`,
    next({ $ref: `#/components/schemas/Thing${(index + 1) % count}` }),
  ]);
  const body = '{ content: { application/json: { schema: { $ref: "#/components/schemas/Thing0" } } } }';
  const paths = `${THINGS}  post: { requestBody: ${body}, responses: { '201': { description: made } } }\n`;
  const use = async (url: string): Promise<void> => {
    expect(await things(url)).toEqual([7]);
    const made = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    expect((await fetch(`${url}/things/`, made)).status).toBe(201);
  };
  await withMock(paths, use, Object.fromEntries(schemas));
});
