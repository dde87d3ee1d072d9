/** Small contracts as vendors write them, one for each way to say who is asking. */

const thing = { type: 'object', required: ['id'], properties: { id: { type: 'string', example: 't-1' } } };
const list = {
  200: { description: 'ok', content: { 'application/json': { schema: { type: 'array', items: thing } } } },
};
const one = { 200: { description: 'ok', content: { 'application/json': { schema: thing } } } };
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

/** OpenAPI 3.1, client credentials, a sandbox beside the live host, a stated rate, and a value that nothing gives. */
export const WITH_OAUTH: object = {
  openapi: '3.1.0',
  info: {
    title: 'Lantern Hire API',
    version: '2',
    description: 'At most 1,200 requests per minute. Trials: 10 requests per second.',
  },
  servers: [{ url: 'https://api.lanterns.example/v2' }, { url: 'https://sandbox.lanterns.example/v2' }],
  security: [{ partner: [] }],
  paths: {
    '/lanterns': {
      get: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } }],
        responses: list,
      },
      post: { responses: one },
    },
    '/lanterns/{lantern_id}': { parameters: [inPath('lantern_id')], get: { responses: one } },
    '/cellars/{cellar}/shelves': { parameters: [inPath('cellar')], get: { responses: list } },
    '/prices': {
      get: {
        parameters: [{ name: 'on', in: 'query', required: true, schema: { type: 'string', format: 'date' } }],
        responses: list,
      },
    },
    '/photos': {
      post: { servers: [{ url: 'https://files.lanterns.example/up' }], responses: one },
    },
  },
  components: {
    securitySchemes: {
      partner: {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: 'https://api.lanterns.example/token', scopes: {} } },
      },
    },
  },
};

/** Swagger 2.0, an API key in a header. */
export const WITH_KEY: object = {
  swagger: '2.0',
  info: { title: 'The Kiln Service', version: '1.4' },
  host: 'kilns.example',
  basePath: '/api',
  schemes: ['https'],
  securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'X-Kiln-Key' } },
  security: [{ api_key: [] }],
  paths: {
    '/kilns': {
      get: {
        produces: ['application/json'],
        responses: { 200: { description: 'ok', schema: { type: 'array', items: thing } } },
      },
    },
    '/kilns/{id}': {
      get: {
        produces: ['application/json'],
        parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }],
        responses: { 200: { description: 'ok', schema: thing } },
      },
    },
  },
};

/** OpenAPI 3.0 that says neither where it stands nor who may ask. */
export const WITH_NOTHING: object = {
  openapi: '3.0.3',
  info: { title: 'Tides', version: '1' },
  paths: { '/tides': { get: { responses: list } } },
};

/** OpenAPI 3.0 whose tokens are given to persons: only the endpoint of another flow is named. */
export const WITH_LOGIN: object = {
  ...WITH_NOTHING,
  servers: [{ url: 'https://tides.example' }],
  security: [{ seal: [] }, { app: [] }],
  components: {
    securitySchemes: {
      seal: { type: 'mutualTLS' },
      app: {
        type: 'oauth2',
        flows: { authorizationCode: { authorizationUrl: '/a', tokenUrl: '/token', scopes: {} } },
      },
    },
  },
};
