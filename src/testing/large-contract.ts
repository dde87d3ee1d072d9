import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json, JsonObject } from '../json.js';

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

/**
 * A contract of many operations: five for each resource, whose schema has members of its own and refers to shared ones.
 * @param operations how many, in steps of five
 */
export function largeContract(operations: number): JsonObject {
  const paths: JsonObject = {};
  const schemas: JsonObject = { ...SHARED };
  for (let index = 0; index * OPERATIONS_OF_EACH < operations; index++) {
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
        before: reference(`Thing${Math.max(index - 1, index - (index % LINKED))}`),
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

/** Where the contract is asked; a rate that is no limit here, and writes that are not asked. */
export function largeTargets(url: string): string {
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
