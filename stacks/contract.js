// The contract of the shop, as OpenAPI, and the values that its requests need.
import { IDS_OF_NOTHING, OPERATIONS } from './operations.js';

const text = { type: 'string' };
const item = {
  type: 'object',
  required: ['id', 'name', 'price'],
  properties: { id: text, name: { type: 'string', minLength: 1 }, price: { type: 'number', minimum: 0 } },
};
const draft = {
  type: 'object',
  required: ['name', 'price'],
  additionalProperties: false,
  properties: { name: { type: 'string', minLength: 1 }, price: { type: 'number', minimum: 0 } },
};
const change = {
  type: 'object',
  minProperties: 1,
  additionalProperties: false,
  properties: draft.properties,
};
const thing = { type: 'object' };
const list = (/** @type {object} */ items) => ({ type: 'array', items });

/** What a success of each operation looks like; the rest answers with any object. @type {Record<string, object>} */
const ANSWERS = {
  'GET /items': list(item),
  'GET /items/{itemId}': item,
  'POST /items': item,
  'PUT /items/{itemId}': item,
  'PATCH /items/{itemId}': item,
  'GET /search': { type: 'object', required: ['results'], properties: { results: list(item) } },
  'GET /settings': {
    type: 'object',
    required: ['currency', 'taxes'],
    properties: { currency: { type: 'string' }, taxes: { type: 'boolean' } },
  },
};

/** @type {Record<string, string>} */
const STATUS = { 'POST /items': '201', 'DELETE /items/{itemId}': '204', 'GET /latest': '302' };

/** The bodies that operations take. @type {Record<string, object>} */
const BODIES = { 'PATCH /items/{itemId}': change };

/** @returns {object} the contract, as it is given to conform */
export function contract() {
  /** @type {Record<string, Record<string, object>>} */
  const paths = {};
  for (const operation of OPERATIONS) {
    const { id, method, path, isPublic, takesBody } = operation;
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      schema: text,
    }));
    const query =
      id === 'GET /search' ? [{ name: 'q', in: 'query', required: true, schema: text, example: 'lamp' }] : [];
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        operationId: id.replace(/\W+(\w?)/g, (_, letter) => letter.toUpperCase()),
        tags: ['shop'],
        ...(isPublic ? { security: [] } : {}),
        parameters: [...parameters, ...query],
        ...(takesBody
          ? {
              requestBody: {
                required: true,
                content: { 'application/json': { schema: BODIES[id] ?? draft } },
              },
            }
          : {}),
        responses: { [STATUS[id] ?? '200']: successOf(id) },
      },
    };
  }
  return {
    openapi: '3.0.3',
    info: { title: 'Shop', version: '1.0.0' },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  };
}

/** @param {string} id */
function successOf(id) {
  if (STATUS[id] === '204') return { description: 'Removed' };
  if (STATUS[id] === '302') {
    return { description: 'Found', headers: { Location: { required: true, schema: text } } };
  }
  return { description: 'Success', content: { 'application/json': { schema: ANSWERS[id] ?? thing } } };
}

/** Ids of nothing: what they are, by the variables of the environment that hold them. @returns {Record<string, string>} */
export function idVariables() {
  return Object.fromEntries(Object.entries(IDS_OF_NOTHING).map(([name, id]) => [variableOf(name), id]));
}

/** @param {string} name */
function variableOf(name) {
  return `SHOP_${name.toUpperCase()}`;
}

/** What `samples.yaml` says. The id of an item comes from the list of items. */
export function samples() {
  const ids = Object.keys(IDS_OF_NOTHING).map((name) => [name, { env: variableOf(name) }]);
  const body = { name: 'Conform-Test', price: 5 };
  return {
    parameters: Object.fromEntries(ids),
    operations: {
      'POST /items': { body },
      'PUT /items/{itemId}': { body },
      'PATCH /items/{itemId}': { body: { name: 'Conform-Test changed' } },
    },
  };
}
