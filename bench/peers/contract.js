// The API that all are measured on: 30 operations of an invented library of sheet music, 24 of them reads.

/** @typedef {'text' | 'count' | 'flag' | 'time' | readonly string[]} Kind what a member holds; a list is an enumeration */

/**
 * The collections: what one thing of each is called, what it holds beside an id and a name, and whether it can be added.
 * @type {Record<string, { one: string, members: Record<string, Kind>, added?: boolean }>}
 */
export const COLLECTIONS = {
  composers: { one: 'Composer', members: { country: 'text', born: 'count', living: 'flag' } },
  scores: { one: 'Score', members: { key: 'text', pages: 'count', printed: 'time' }, added: true },
  editions: { one: 'Edition', members: { publisher: 'text', binding: ['cloth', 'paper'], year: 'count' } },
  players: { one: 'Player', members: { instrument: 'text', joined: 'time', active: 'flag' }, added: true },
  ensembles: { one: 'Ensemble', members: { size: 'count', kind: ['duo', 'trio', 'quartet', 'orchestra'] } },
  rehearsals: { one: 'Rehearsal', members: { starts: 'time', ends: 'time', open: 'flag' }, added: true },
  concerts: { one: 'Concert', members: { starts: 'time', seats: 'count', programme: 'text' }, added: true },
  halls: { one: 'Hall', members: { city: 'text', seats: 'count', organ: 'flag' } },
  instruments: { one: 'Instrument', members: { family: ['strings', 'winds', 'brass'], built: 'count' } },
  loans: { one: 'Loan', members: { since: 'time', until: 'time', returned: 'flag' }, added: true },
  seasons: { one: 'Season', members: { begins: 'time', finishes: 'time', theme: 'text' } },
  recordings: {
    one: 'Recording',
    members: { minutes: 'count', medium: ['disc', 'tape', 'file'] },
    added: true,
  },
};

/** How many things a page holds where nothing is asked for, and at most. */
export const PAGE = { usual: 20, most: 50 };

const PROBLEM = 'application/problem+json';

/**
 * The contract as an OpenAPI document.
 * @param {string} url where it is served
 * @returns {{ paths: Record<string, Record<string, { operationId: string }>> } & Record<string, unknown>}
 */
export function contract(url) {
  return {
    openapi: '3.0.3',
    info: { title: 'Sheet music library', version: '1.0.0' },
    servers: [{ url }],
    tags: Object.keys(COLLECTIONS).map((name) => ({ name, description: `The ${name}` })),
    security: [],
    paths: Object.fromEntries(Object.entries(COLLECTIONS).flatMap(pathsOf)),
    components: {
      schemas: {
        Problem: {
          type: 'object',
          required: ['title', 'status'],
          properties: { title: { type: 'string' }, status: { type: 'integer' } },
        },
        ...Object.fromEntries(Object.values(COLLECTIONS).flatMap(schemasOf)),
      },
    },
  };
}

/** The contract without what changes something: what the peers are given. @param {string} url */
export function readsOf(url) {
  const whole = contract(url);
  return {
    ...whole,
    paths: Object.fromEntries(Object.entries(whole.paths).map(([path, { get }]) => [path, { get }])),
  };
}

/** @param {[string, (typeof COLLECTIONS)[string]]} collection @returns {[string, Record<string, any>][]} */
function pathsOf([name, { one, added = false }]) {
  const common = { tags: [name] };
  const list = {
    ...common,
    operationId: `list${one}s`,
    summary: `A page of the ${name}`,
    parameters: [
      {
        name: 'limit',
        in: 'query',
        schema: { type: 'integer', minimum: 1, maximum: PAGE.most, default: PAGE.usual },
      },
    ],
    responses: { 200: answer('A page', `${one}Page`), 400: problem('The limit is none') },
  };
  const read = {
    ...common,
    operationId: `get${one}`,
    summary: `One of the ${name}`,
    parameters: [
      { name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: `${name}-1` },
    ],
    responses: { 200: answer(one, one), 404: problem('There is none') },
  };
  const add = {
    ...common,
    operationId: `add${one}`,
    summary: `Adds to the ${name}`,
    requestBody: { required: true, ...contentOf('application/json', `${one}Draft`) },
    responses: { 201: answer('Added', one), 400: problem('It cannot be added') },
  };
  return [
    [`/${name}`, { get: list, ...(added ? { post: add } : {}) }],
    [`/${name}/{id}`, { get: read }],
  ];
}

/** @param {(typeof COLLECTIONS)[string]} collection @returns {[string, object][]} */
function schemasOf({ one, members, added = false }) {
  const own = Object.fromEntries(Object.entries(members).map(([name, kind]) => [name, schemaOf(kind)]));
  const draft = { name: { type: 'string', minLength: 1 }, ...own };
  const required = Object.keys(draft);
  return [
    [
      one,
      {
        type: 'object',
        required: ['id', ...required, 'changed'],
        properties: { id: { type: 'string' }, ...draft, changed: schemaOf('time') },
      },
    ],
    [
      `${one}Page`,
      {
        type: 'object',
        required: ['items', 'total'],
        properties: {
          items: { type: 'array', items: reference(one) },
          total: { type: 'integer', minimum: 0 },
        },
      },
    ],
    ...(added
      ? [/** @type {[string, object]} */ ([`${one}Draft`, { type: 'object', required, properties: draft }])]
      : []),
  ];
}

/** @param {Kind} kind */
function schemaOf(kind) {
  switch (kind) {
    case 'text':
      return { type: 'string' };
    case 'count':
      return { type: 'integer', minimum: 0 };
    case 'flag':
      return { type: 'boolean' };
    case 'time':
      return { type: 'string', format: 'date-time' };
    default:
      return { type: 'string', enum: kind };
  }
}

/** @param {string} description @param {string} schema */
function answer(description, schema) {
  return { description, ...contentOf('application/json', schema) };
}

/** @param {string} description */
function problem(description) {
  return { description, ...contentOf(PROBLEM, 'Problem') };
}

/** @param {string} type @param {string} schema */
function contentOf(type, schema) {
  return { content: { [type]: { schema: reference(schema) } } };
}

/** @param {string} schema */
function reference(schema) {
  return { $ref: `#/components/schemas/${schema}` };
}
