import { Ajv } from 'ajv';
import type { Json, JsonObject } from '../../json.js';
import type { Credential } from './credentials.js';
import type { Bodies, ContractHabits, Creation } from './habits.js';
import { idsOf } from './ids.js';

/** One operation, as the judge knows it. */
export interface ContractOperation {
  /** `GET /v1/items/{item_id}/` */
  id: string;
  method: string;
  /** The segments of its path, `undefined` for a parameter. */
  segments: readonly (string | undefined)[];
  /** Whether its path ends with a slash. */
  slash: boolean;
  /** Whether asking it can change nothing, by the method and by what the contract says. */
  safe: boolean;
  /** Whether every way to ask it needs a credential. */
  guarded: boolean;
  /** Undefined when it takes none. */
  body: { required: boolean; allows: (value: unknown) => boolean } | undefined;
}

/** A contract as a vendor publishes it, and as the judge reads it. */
export interface Contract {
  document: JsonObject;
  operations: readonly ContractOperation[];
  samples: JsonObject;
}

/** What the table of operations says of one of them. */
interface Draft {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  /** Public whatever the rest of the contract says. */
  open?: true;
  /** Its path ends as it is written, whatever the others do. */
  exact?: true;
  /** `x-safe`. */
  mark?: boolean;
  body?: { required: boolean; schema: JsonObject; example: Json };
  answers: JsonObject;
  parameters?: JsonObject[];
}

/** Where the contract has an endpoint for tokens that no credential of the target is for. */
export const TOKEN_PATH = 'oauth/token';

/** Writes the contract of a vendor who does as the habits say. */
export function contractOf(habits: ContractHabits, creates: Creation, credential: Credential): Contract {
  const drafts = draftsOf(habits, creates, credential.token?.path ?? TOKEN_PATH);
  const schemes: JsonObject = {
    ...credential.schemes,
    ...(habits.security === 'several'
      ? { other: { type: 'apiKey', in: 'header', name: 'X-Other-Key' } }
      : {}),
  };
  const whole: JsonObject = Object.fromEntries(Object.keys(credential.schemes).map((name) => [name, []]));
  const requirement = requirementOf(habits, whole);
  const paths: Record<string, JsonObject> = {};
  const operations: ContractOperation[] = [];
  for (const draft of drafts) {
    const path = draft.exact ? draft.path : withSlash(draft.path, habits);
    const own = securityOf(draft, habits, requirement);
    const effective = own ?? (habits.security === 'each' ? undefined : requirement);
    paths[path] = {
      ...paths[path],
      [draft.method]: {
        operationId: `${draft.method} ${draft.path}`.replaceAll(/\W+/g, '_').replaceAll(/^_|_$/g, ''),
        tags: [draft.path.split('/')[2] ?? 'rest'],
        ...(draft.mark === undefined ? {} : { 'x-safe': draft.mark }),
        ...(own === undefined ? {} : { security: own }),
        parameters: [
          ...pathParameters(draft.path, habits),
          ...(draft.parameters ?? []),
          ...keyOf(credential),
        ],
        ...(draft.body === undefined ? {} : { requestBody: requestBody(draft.body) }),
        responses: draft.answers,
      },
    };
    operations.push(judged(draft, path, effective));
  }
  const named = habits.security !== 'silent' && Object.keys(schemes).length > 0;
  return {
    document: {
      openapi: '3.0.3',
      info: { title: 'Recording vendor', version: '1' },
      ...(requirement === undefined || habits.security === 'each' ? {} : { security: requirement }),
      paths,
      components: {
        ...(named ? { securitySchemes: schemes } : {}),
        schemas: { Item: itemSchema(habits) },
      },
    },
    operations,
    samples: samplesOf(habits, credential),
  };
}

function requirementOf({ security }: ContractHabits, whole: JsonObject): JsonObject[] | undefined {
  if (security === 'silent' || security === 'schemes-only' || Object.keys(whole).length === 0)
    return undefined;
  if (security === 'optional') return [whole, {}];
  return security === 'several' ? [whole, { other: [] }] : [whole];
}

function securityOf(
  draft: Draft,
  { security }: ContractHabits,
  requirement: JsonObject[] | undefined,
): JsonObject[] | undefined {
  if (security === 'silent' || security === 'schemes-only' || requirement === undefined) return undefined;
  if (draft.open) return [];
  if (security === 'some-public' && draft.path.startsWith('/v1/tags')) return [];
  return security === 'each' ? requirement : undefined;
}

/**
 * What method, path and `x-safe` alone say of an operation.
 * @param name of the method, as contracts write it
 */
export function asJudged(
  name: string,
  path: string,
  mark: Json | undefined,
): Pick<ContractOperation, 'id' | 'method' | 'segments' | 'slash' | 'safe'> {
  const method = name.toUpperCase();
  return {
    id: `${method} ${path}`,
    method,
    segments: path
      .split('/')
      .filter(Boolean)
      .map((segment) => (segment.startsWith('{') ? undefined : segment)),
    slash: path.endsWith('/'),
    safe: mark !== false && (method === 'GET' || (method === 'POST' && mark === true)),
  };
}

function judged(draft: Draft, path: string, security: JsonObject[] | undefined): ContractOperation {
  const { body } = draft;
  const allows = body && validatorOf(body.schema);
  return {
    ...asJudged(draft.method, path, draft.mark),
    guarded:
      security !== undefined &&
      security.length > 0 &&
      security.every((alternative) => Object.keys(alternative).length > 0),
    body: body && allows ? { required: body.required, allows } : undefined,
  };
}

const ajv = new Ajv({ strict: false });
const validators = new Map<string, (value: unknown) => boolean>();

/** What a schema allows; each schema is compiled once, for there are many contracts and few schemas. */
function validatorOf(schema: JsonObject): (value: unknown) => boolean {
  const key = JSON.stringify(schema);
  const known = validators.get(key);
  if (known) return known;
  const validate = ajv.compile(schema);
  const allows = (value: unknown): boolean => validate(value);
  validators.set(key, allows);
  return allows;
}

function withSlash(path: string, { slash }: ContractHabits): string {
  return slash ? `${path}/` : path;
}

function pathParameters(path: string, { ids }: ContractHabits): JsonObject[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { ...idsOf(ids).schema },
  }));
}

function keyOf({ parameter }: Credential): JsonObject[] {
  if (parameter === undefined) return [];
  return [{ name: parameter.name, in: parameter.in, required: true, schema: { type: 'string' } }];
}

function requestBody({ required, schema, example }: NonNullable<Draft['body']>): JsonObject {
  return { required, content: { 'application/json': { schema, example } } };
}

function samplesOf({ extra, ids, slash }: ContractHabits, { parameter }: Credential): JsonObject {
  const [first] = idsOf(ids).listed;
  const end = slash ? '/' : '';
  const operations: JsonObject = {
    ...(extra === 'removed-by-post'
      ? { [`POST /v1/items${end}`]: { removedBy: `POST /v1/items/{item_id}/archive${end}` } }
      : {}),
    ...(extra === 'literal-ids'
      ? Object.fromEntries(
          ['PUT', 'PATCH', 'DELETE', 'GET'].map((method) => [
            `${method} /v1/items/{item_id}${end}`,
            { path: { item_id: first } },
          ]),
        )
      : {}),
  };
  return {
    ...(parameter === undefined ? {} : { parameters: { [parameter.name]: { env: parameter.variable } } }),
    ...(Object.keys(operations).length === 0 ? {} : { operations }),
  };
}

const ANSWER = (schema: JsonObject): JsonObject => ({
  description: 'ok',
  content: { 'application/json': { schema } },
});
const ITEM: JsonObject = { $ref: '#/components/schemas/Item' };
const EMPTY: JsonObject = { '204': { description: 'done' } };

function itemSchema({ ids }: ContractHabits): JsonObject {
  return {
    type: 'object',
    required: ['id'],
    properties: { id: { ...idsOf(ids).schema }, name: { type: 'string' }, note: { type: 'string' } },
  };
}

const LISTING: JsonObject = {
  '200': ANSWER({
    type: 'object',
    required: ['items'],
    properties: { items: { type: 'array', items: ITEM } },
  }),
};
const READ: JsonObject = { '200': ANSWER(ITEM), '404': { description: 'absent' } };

function bodyOf(bodies: Bodies, changes: boolean): NonNullable<Draft['body']> {
  const example = { name: 'Sample', note: 'For tests.' };
  const properties = { name: { type: 'string', maxLength: 80 }, note: { type: 'string' } };
  if (bodies === 'free') return { required: false, schema: {}, example };
  if (bodies === 'optional' || changes) {
    return { required: bodies === 'strict', schema: { type: 'object', properties }, example };
  }
  return { required: true, schema: { type: 'object', required: ['name'], properties }, example };
}

function createdAnswer(creates: Creation): JsonObject {
  switch (creates) {
    case '200-id':
    case 'listed-200':
    case 'hidden-200':
      return { '200': ANSWER(ITEM) };
    case '202':
      return { '202': { description: 'will be made' } };
    case 'wrapped':
      return { '201': ANSWER({ type: 'object', properties: { data: ITEM } }) };
    case 'location':
    case 'location-elsewhere':
    case 'location-dots':
    case 'location-existing':
      return { '201': { description: 'made', headers: { Location: { schema: { type: 'string' } } } } };
    default:
      return { '201': ANSWER(ITEM) };
  }
}

function draftsOf({ bodies, extra }: ContractHabits, creates: Creation, tokenPath: string): Draft[] {
  const body = bodyOf(bodies, false);
  const change = bodyOf(bodies, true);
  const made = createdAnswer(creates);
  const lies = extra === 'x-safe-lies' ? { mark: true } : {};
  const collection = (path: string, id: string): Draft[] => [
    { method: 'get', path, answers: LISTING },
    { method: 'post', path, body, answers: made },
    ...(extra === 'no-read-back'
      ? []
      : [{ method: 'get', path: `${path}/{${id}}`, answers: READ } satisfies Draft]),
    { method: 'put', path: `${path}/{${id}}`, body, answers: READ, ...lies },
    { method: 'patch', path: `${path}/{${id}}`, body: change, answers: READ },
    ...(extra === 'removed-by-post'
      ? []
      : [{ method: 'delete', path: `${path}/{${id}}`, answers: EMPTY, ...lies } satisfies Draft]),
  ];
  const override: JsonObject = {
    name: 'X-HTTP-Method-Override',
    in: 'header',
    required: true,
    schema: { type: 'string', enum: ['DELETE'] },
  };
  return [
    { method: 'get', path: '/v1/health', open: true, answers: { '200': ANSWER({ type: 'object' }) } },
    ...collection('/v1/items', 'item_id').map((draft) =>
      extra === 'override' && draft.method === 'get' && draft.path.endsWith('}')
        ? { ...draft, parameters: [override] }
        : draft,
    ),
    { method: 'post', path: '/v1/items/search', mark: true, body: searchBody(), answers: LISTING },
    ...collection('/v1/items/{item_id}/parts', 'part_id'),
    ...collection('/v1/tags', 'tag_id'),
    { method: 'post', path: '/v1/admin/reset', answers: EMPTY },
    { method: 'post', path: '/v1/shutdown', answers: EMPTY },
    ...(creates === 'composite' ? links(body) : []),
    ...(extra === 'unsafe-get'
      ? [{ method: 'get', path: '/v1/export', mark: false, answers: LISTING } satisfies Draft]
      : []),
    ...(extra === 'bulk-delete'
      ? [{ method: 'delete', path: '/v1/items', answers: EMPTY } satisfies Draft]
      : []),
    ...(extra === 'removed-by-post'
      ? [{ method: 'post', path: '/v1/items/{item_id}/archive', answers: EMPTY } satisfies Draft]
      : []),
    ...(extra === 'token-endpoint'
      ? [
          {
            method: 'post',
            path: `/${tokenPath}`,
            open: true,
            exact: true,
            mark: true,
            body: { required: true, schema: { type: 'object' }, example: {} },
            answers: { '200': ANSWER({ type: 'object' }) },
          } satisfies Draft,
        ]
      : []),
  ];
}

/** A collection whose records have a key of two members. */
function links(body: NonNullable<Draft['body']>): Draft[] {
  return [
    { method: 'get', path: '/v1/links', answers: { '200': ANSWER({ type: 'object' }) } },
    {
      method: 'post',
      path: '/v1/links',
      body,
      answers: {
        '201': ANSWER({
          type: 'object',
          required: ['left', 'right'],
          properties: { left: { type: 'string' }, right: { type: 'string' } },
        }),
      },
    },
    {
      method: 'get',
      path: '/v1/links/{left}/{right}',
      answers: { '200': ANSWER({ type: 'object' }), '404': { description: 'absent' } },
    },
    { method: 'delete', path: '/v1/links/{left}/{right}', answers: EMPTY },
  ];
}

function searchBody(): NonNullable<Draft['body']> {
  const schema = { type: 'object', properties: { name: { type: 'string' } } };
  return { required: true, schema, example: { name: 'First' } };
}

/**
 * The operation that a request asks, or undefined when it is none. A slash more or less at the end makes no
 * difference here, as it makes none to many hosts; a word goes before a parameter.
 */
export function operationAt(
  operations: readonly ContractOperation[],
  method: string,
  path: readonly string[],
): ContractOperation | undefined {
  const candidates = operations.filter(
    (operation) =>
      operation.method === method &&
      operation.segments.length === path.length &&
      operation.segments.every((segment, index) => segment === undefined || segment === path[index]),
  );
  const words = ({ segments }: ContractOperation) => segments.filter((one) => one !== undefined).length;
  return candidates.sort((one, other) => words(other) - words(one))[0];
}

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Whether a request can change nothing. A read is one whatever is at the end of its path; another method only under
 * the very path that the contract marks: with a slash more or less the contract has said nothing of it.
 */
export function isSafe(method: string, slash: boolean, operation: ContractOperation | undefined): boolean {
  if (READS.includes(method)) return operation?.safe ?? true;
  return operation?.safe === true && operation.slash === slash;
}
