import { createServer } from 'node:http';
import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { isObject, type Json, type JsonObject } from '../json.js';

const reference = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const text: JsonObject = { type: 'string' };

/** Schemas that all resources share, as those of large vendors do: some in turn refer to others, one to itself. */
const SHARED: JsonObject = {
  Reference: { type: 'object', required: ['id'], properties: { id: text, display: text } },
  Address: { type: 'object', properties: { line: { type: 'array', items: text }, city: text, code: text } },
  Money: {
    type: 'object',
    required: ['amount', 'currency'],
    properties: { amount: { type: 'number' }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } },
  },
  Owner: {
    type: 'object',
    properties: { self: reference('Reference'), address: reference('Address'), above: reference('Owner') },
  },
  Note: {
    oneOf: [
      { type: 'object', required: ['text'], properties: { text } },
      { type: 'object', required: ['link'], properties: { link: { type: 'string', format: 'uri' } } },
    ],
  },
  Problem: { type: 'object', properties: { title: text, status: { type: 'integer' }, detail: text } },
};

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });

const OPERATIONS_OF_EACH = 5;
/** So many resources refer to one another in a row; the first of them refers to itself. */
const LINKED = 10;

/** To which resource each of so many refers: to one of few, or each to the one before it in a ring. */
const BEFORE = {
  few: (index: number) => Math.max(index - 1, index - (index % LINKED)),
  all: (index: number, count: number) => (index + count - 1) % count,
};

/**
 * A contract of many operations: five for each resource, whose schema has members of its own and refers to shared ones.
 * @param operations how many, in steps of five
 * @param linked whether from each resource few others can be reached, or all of them
 */
export function largeContract(operations: number, linked: keyof typeof BEFORE = 'few'): JsonObject {
  const paths: JsonObject = {};
  const schemas: JsonObject = { ...SHARED };
  const count = Math.ceil(operations / OPERATIONS_OF_EACH);
  for (let index = 0; index < count; index++) {
    const [name, path] = [`Thing${index}`, `/area-${index % 40}/things-${index}`];
    schemas[name] = {
      type: 'object',
      required: ['id', 'status'],
      properties: {
        id: text,
        status: { type: 'string', enum: ['open', 'shut', `state-${index}`] },
        created: { type: 'string', format: 'date-time' },
        count: { type: 'integer', minimum: 0, maximum: 1000 + index },
        owner: reference('Owner'),
        price: reference('Money'),
        address: reference('Address'),
        notes: { type: 'array', items: reference('Note'), maxItems: 20 },
        before: reference(`Thing${BEFORE[linked](index, count)}`),
      },
    };
    const failures = {
      '401': { description: 'no token', content: json(reference('Problem')) },
      '404': { description: 'none', content: json(reference('Problem')) },
    };
    const one: JsonObject = { '200': { description: 'it', content: json(reference(name)) }, ...failures };
    const body: JsonObject = { required: true, content: json(reference(name)) };
    const about = (method: string): JsonObject => ({
      operationId: `${method}Thing${index}`,
      tags: [`area-${index % 40}`],
      summary: `What is done with a thing of kind ${index}`,
    });
    paths[path] = {
      get: {
        ...about('list'),
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
          { name: 'status', in: 'query', schema: { type: 'string', enum: ['open', 'shut'] } },
        ],
        responses: {
          '200': { description: 'all', content: json({ type: 'array', items: reference(name) }) },
          ...failures,
        },
      },
      post: { ...about('create'), requestBody: body, responses: one },
    };
    paths[`${path}/{id}`] = {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      get: { ...about('read'), responses: one },
      put: { ...about('change'), requestBody: body, responses: one },
      delete: { ...about('remove'), responses: one },
    };
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Large', version: '1' },
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } }, schemas },
    paths,
  };
}

/** An application that needs every operation: a feature for each path. */
function largeConsumer({ paths }: JsonObject): JsonObject {
  const features = Object.entries(isObject(paths) ? paths : {}).map(([path, item], index) => ({
    name: `what is done at ${path}`,
    critical: index % 2 === 0,
    operations: Object.keys(isObject(item) ? item : {})
      .filter((method) => method !== 'parameters')
      .map((method) => ({ operation: `${method.toUpperCase()} ${path}`, loss: 'stops' })),
  }));
  const maxAge = { read: '36h', route: '36h', validate: '36h', full: '36h', bench: '36h' };
  const lets = { stale: 'blocks', skipped: 'warns', deviates: 'warns' };
  return {
    name: 'Large',
    policy: { targets: ['live'], writes: 'route', maxAge, ...lets },
    features,
  };
}

/**
 * Writes a spec folder with such a contract, a host that it is asked of, and the consumer `large`.
 * @param url where the host is
 * @param form how the contract is written down
 */
export async function writeLargeSpec(
  folder: string,
  contract: JsonObject,
  url: string,
  form: 'json' | 'yaml' = 'json',
): Promise<void> {
  await mkdir(join(folder, 'consumers'), { recursive: true });
  const text = form === 'json' ? JSON.stringify(contract) : dump(contract, { noRefs: true });
  await writeFile(join(folder, `openapi.${form}`), text);
  await writeFile(join(folder, 'targets.yaml'), largeTargets(url));
  await writeFile(join(folder, 'signatures.yaml'), 'signatures: []\n');
  await writeFile(join(folder, 'consumers', 'large.yaml'), dump(largeConsumer(contract)));
}

/** Where the contract is asked; a rate that is no limit here, and writes that are not asked. */
function largeTargets(url: string): string {
  return `targets:
  live:
    about: a host with very many operations
    standing: assumed
    baseUrl: ${url}
    authorization: Bearer token-for-tests
    requestsPerSecond: 100000
    writes: { default: none, most: none }
`;
}

/** A host that answers as the contract says, and refuses whoever has no token; every hundredth resource fails. */
export async function startLarge(): Promise<{ url: string; [Symbol.asyncDispose]: () => Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume();
    const [, index, id] = /^\/area-\d+\/things-(\d+)(?:\/(\w+))?(?:\?.*)?$/.exec(request.url ?? '') ?? [];
    const send = (status: number, value: Json): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (request.headers.authorization !== 'Bearer token-for-tests') {
      send(401, { title: 'Unauthorized', status: 401 });
    } else if (index === undefined) {
      send(404, { title: 'No such route', status: 404 });
    } else if (Number(index) % 100 === 99) {
      send(500, { title: 'Internal Server Error', status: 500 });
    } else {
      const thing = {
        id: `t${index}`,
        status: 'open',
        created: '2026-03-01T09:00:00Z',
        count: 3,
        notes: [{ text: 'x' }],
      };
      send(200, id === undefined ? [thing] : thing);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}
