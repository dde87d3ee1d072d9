import type { Json, JsonObject } from '../../json.js';

const RESPONSES: JsonObject = {
  '200': {
    description: 'ok',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/It' } } },
  },
};

/** A contract with these schemas and paths, beside one path that is as it should be. */
function contract(schemas: JsonObject, paths: JsonObject = {}, root: JsonObject = {}): string {
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Odd', version: '1' },
    paths: { '/honest/': { get: { responses: RESPONSES } }, ...paths },
    components: { schemas: { It: { type: 'object' }, ...schemas } },
    ...root,
  });
}

const ofOperation = (members: JsonObject) =>
  contract({}, { '/odd/': { get: { responses: RESPONSES, ...members } } });
const ofSchema = (schema: Json) => contract({ It: schema });
const repeated = (count: number, make: (index: number) => [string, Json]): JsonObject =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => make(index)));
/** An object with one member, also `__proto__`. */
const only = (name: string, value: Json) => Object.fromEntries([[name, value]]);
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** `x0`, and then each twice the one before, as a schema of YAML. */
const bomb = (doublings: number) =>
  [
    'openapi: 3.0.3',
    'info: { title: Bomb, version: "1" }',
    'components:',
    '  schemas:',
    '    x0: &x0 { type: object }',
    ...Array.from(
      { length: doublings },
      (_, index) => `    x${index + 1}: &x${index + 1} { properties: { a: *x${index}, b: *x${index} } }`,
    ),
    'paths: { /honest/: { get: { responses: { "200": { description: ok } } } } }',
  ].join('\n');

const INHERITED = ['hasOwnProperty', 'constructor', 'toString', 'valueOf', '__proto__', 'then', 'length'];
const NO_OBJECTS: readonly Json[] = [null, 7, 'x', [], [null], { x: null }];

const nameCases = INHERITED.flatMap((name): [string, string][] => [
  [`a property ${name}`, ofSchema({ type: 'object', properties: only(name, { type: 'string' }) })],
  [`a schema ${name}`, contract({ ...only(name, { type: 'string' }), It: reference(name) })],
  [`a path ${name}`, contract({}, only(name, { get: { responses: RESPONSES } }))],
  [`a member of an operation ${name}`, ofOperation(only(name, 'x'))],
  [`a media type ${name}`, ofOperation({ responses: { '200': { content: only(name, { schema: {} }) } } })],
  [`a scheme ${name}`, contract({}, {}, { security: [only(name, [])] })],
]);

const shapeCases = NO_OBJECTS.flatMap((value): [string, string][] => {
  const text = JSON.stringify(value);
  return [
    ...['parameters', 'requestBody', 'responses', 'security', 'tags', 'servers'].map(
      (member): [string, string] => [
        `an operation with ${member}: ${text}`,
        ofOperation({ [member]: value }),
      ],
    ),
    ...['info', 'paths', 'components', 'servers', 'security', 'openapi'].map((member): [string, string] => [
      `a document with ${member}: ${text}`,
      contract({}, {}, { [member]: value }),
    ]),
    ...[
      'type',
      'properties',
      'items',
      'required',
      'enum',
      'allOf',
      'pattern',
      'format',
      'minimum',
      '$id',
    ].map((member): [string, string] => [`a schema with ${member}: ${text}`, ofSchema({ [member]: value })]),
  ];
});

const referenceCases = [
  ...['#', '', '#/%zz', 'a%zz.yaml#/%', 'http://127.0.0.1:1/x', 'file:///nowhere', '../../../x', 'a\u0000b'],
  ...[
    'openapi.json',
    '#/components/schemas/It',
    '//',
    '#/components/schemas/It/properties/x',
    'x'.repeat(50_000),
  ],
].map((to): [string, string] => [
  `a reference to ${JSON.stringify(to.slice(0, 40))}`,
  ofSchema({ $ref: to }),
]);

/** Contracts that no vendor would write. Each is loaded with its repairs, or refused with its place. */
export const HOSTILE_CONTRACTS: readonly (readonly [what: string, text: string])[] = [
  ...nameCases,
  ...shapeCases,
  ...referenceCases,
  ['two schemas that refer to each other', contract({ It: reference('B'), B: reference('It') })],
  ['a chain of 3000 references', contract(chain(3000, (to) => to))],
  ['a chain of 1500 members', contract(chain(1500, (to) => ({ type: 'object', properties: { a: to } })))],
  ['a path that refers to itself', contract({}, { '/odd/': { $ref: '#/paths/~1odd~1' } })],
  ['a schema nested 400 deep', ofSchema(nested(200))],
  ['a schema nested 8000 deep', deepText(4000)],
  ['a schema nested 200,000 deep', deepText(100_000)],
  [
    'blocks nested 3000 deep',
    Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  ],
  ['lists nested 30,000 deep', `openapi: 3.0.3\npaths: ${'['.repeat(30_000)}`],
  ['aliases that unfold into 2^12 schemas', bomb(12)],
  ['aliases that unfold into 2^22 schemas', bomb(22)],
  ['aliases that unfold into 2^60 schemas', bomb(60)],
  ['an alias of what is around it', 'openapi: 3.0.3\npaths: &p { /odd/: *p }\n'],
  [
    '50,000 values of an enumeration',
    ofSchema({ enum: Array.from({ length: 50_000 }, (_, at) => `v${at}`) }),
  ],
  [
    '1000 operations with one operationId',
    contract(
      {},
      repeated(1000, (at) => [`/p${at}/`, { get: { operationId: 'x' } }]),
    ),
  ],
  ['3000 parameters without a place', ofOperation({ parameters: parameters(3000) })],
  ['a path of very many braces', contract({}, { [`/${'{'.repeat(200_000)}`]: { get: {} } })],
  [
    'a path of 300 parameters',
    contract({}, { [Array.from({ length: 300 }, (_, at) => `/{p${at}}`).join('')]: { get: {} } }),
  ],
  [
    'odd paths',
    contract(
      {},
      Object.fromEntries(
        ['', 'x y', '/\u0000', '/a?b#c', '/%zz', '//host.example/x', '/../..', '/{', '/}{', '/{}'].map(
          (path) => [path, { get: { responses: RESPONSES } }],
        ),
      ),
    ),
  ],
  [
    'odd statuses',
    ofOperation({
      responses: Object.fromEntries(
        ['0', '999', '2xx', 'XXX', '-1', '', 'Infinity', '200 '].map((status) => [
          status,
          { description: 'x' },
        ]),
      ),
    }),
  ],
  [
    'odd media types',
    ofOperation({
      responses: {
        '200': {
          content: Object.fromEntries(
            ['', '*', '*/*', 'a/b; c="d', 'JSON', '\n'].map((type) => [type, { schema: {} }]),
          ),
        },
      },
    }),
  ],
  [
    'odd parameters',
    ofOperation({
      parameters: [
        null,
        7,
        {},
        { name: 7, in: 'query' },
        { name: 'a\r\nb', in: 'header' },
        { name: 'x', in: 'nowhere' },
        { name: 'y', in: 'query', schema: null },
      ],
    }),
  ],
  ['texts of megabytes', ofSchema({ description: 'x'.repeat(3_000_000), title: 'y'.repeat(1_000_000) })],
  ['a slow pattern, and an example for it', slowExample('^(a+)+$')],
  ['a slow pattern that looks ahead, and an example for it', slowExample('^(?=a)(a+)+$')],
  ['a pattern of very many groups', ofSchema({ pattern: '(?:a|'.repeat(20_000) + ')'.repeat(20_000) })],
  ['a pattern of a megabyte', ofSchema({ pattern: 'a'.repeat(1_000_000) })],
  ['a pattern that is none', ofSchema({ type: 'string', pattern: '(' })],
  [
    'a schema that contains itself ten times',
    ofSchema({
      type: 'object',
      required: repeatedNames(10),
      properties: repeated(10, (at) => [`m${at}`, reference('It')]),
    }),
  ],
  [
    'two schemas with one $id',
    contract(
      { It: { $id: 'http://host.example/x' }, B: { $id: 'http://host.example/x' } },
      {},
      { openapi: '3.1.0' },
    ),
  ],
  [
    'Swagger 2.0 of nothing',
    JSON.stringify({
      swagger: '2.0',
      info: null,
      paths: { '/a': { get: { responses: { '200': null }, parameters: [null, 7] } } },
    }),
  ],
  [
    'Swagger 2.0 that refers to itself',
    JSON.stringify({
      swagger: '2.0',
      info: {},
      paths: { '/a': { get: { responses: {} } } },
      definitions: { A: { $ref: '#/definitions/A' } },
    }),
  ],
  ['nothing', ''],
  ['blanks', ' \n'.repeat(1000)],
  ['bytes that are no text', '\u0000\u0001\ufffd\u0007'.repeat(1000)],
  ['quotes', '"'.repeat(50_000)],
  ['keys of keys', 'a: '.repeat(20_000)],
  ['lists of lists', '- '.repeat(20_000)],
  ['two documents', 'openapi: 3.0.3\n---\nopenapi: 3.0.3\n'],
  ['a member twice', '{"openapi":"3.0.3","openapi":"3.0.3","paths":{}}'],
  ['a byte order mark', `\ufeff${contract({})}`],
];

function chain(length: number, wrap: (to: JsonObject) => JsonObject): JsonObject {
  return {
    It: wrap(reference('S0')),
    ...repeated(length, (at) => [`S${at}`, at === length - 1 ? {} : wrap(reference(`S${at + 1}`))]),
  };
}

function nested(depth: number): JsonObject {
  let schema: JsonObject = {};
  for (let level = 0; level < depth; level++) schema = { type: 'object', properties: { a: schema } };
  return schema;
}

/** What is too deep to be printed by `JSON.stringify`. */
function deepText(depth: number): string {
  const inner = `${'{"type":"object","properties":{"a":'.repeat(depth)}{}${'}}'.repeat(depth)}`;
  return contract({ It: 'HERE' }).replace('"HERE"', () => inner);
}

function parameters(count: number): Json[] {
  return Array.from({ length: count }, (_, at) => ({ name: `p${at}`, in: 'path', schema: {} }));
}

function repeatedNames(count: number): string[] {
  return Array.from({ length: count }, (_, at) => `m${at}`);
}

function slowExample(pattern: string): string {
  const media = { schema: { type: 'string', pattern }, example: `${'a'.repeat(60)}!` };
  return ofOperation({ responses: { '200': { description: 'ok', content: { 'application/json': media } } } });
}
