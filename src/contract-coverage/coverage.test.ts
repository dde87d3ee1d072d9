import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import { answer, contractOf, silence } from '../testing/host.js';
import { capability, runOf } from '../testing/runs.js';
import type { Reply } from '../targets/reply.js';
import { coverageView } from '../documents/coverage-view.js';
import { createCoverage, type Aspect, type Coverage } from './cover.js';
import { createListener } from './listen.js';
import { memberName, membersOf } from './members.js';
import { inWords, emptyCoverage } from './seen.js';

const CONTRACT = contractOf(`
/trays/:
  get:
    parameters:
      - { name: limit, in: query, schema: { type: integer } }
      - { name: sort, in: query, schema: { type: string, enum: [asc, desc] } }
      - { name: state, in: query, explode: false, schema: { type: array, items: { type: string, enum: [open, full, gone] } } }
      - { name: at, in: query, style: deepObject, schema: { type: object, properties: { row: { type: integer } } } }
      - { name: X-Tray, in: header, schema: { type: string } }
      - { name: Authorization, in: header, schema: { type: string } }
    responses:
      '200':
        description: trays
        content:
          application/json:
            schema:
              type: object
              properties:
                next: { type: string }
                items:
                  type: array
                  items:
                    allOf:
                      - { type: object, properties: { id: { type: string }, secret: { type: string, writeOnly: true } } }
                      - oneOf:
                          - { type: object, required: [kind], properties: { kind: { type: string, enum: [flat] }, width: { type: integer } } }
                          - { type: object, required: [kind], properties: { kind: { type: string, enum: [deep] }, width: { type: integer }, depth: { type: integer } } }
          text/csv: {}
      '4XX': { description: refused }
  post:
    requestBody:
      content:
        application/json:
          schema:
            type: object
            required: [name]
            properties: { name: { type: string }, note: { type: string }, id: { type: string, readOnly: true } }
    responses: { '201': { description: made } }
/trays/{id}/:
  get: { responses: { '200': { description: one }, '404': { description: none } } }
/trays/all/:
  get: { responses: { '200': { description: all of them } } }
`);

const BASE = 'https://api.shop.example';

/** A request, and what it was answered. */
type Case = [call: string, reply: Reply, body?: Json | undefined, headers?: Record<string, string>];

function coverageOf(...cases: Case[]): Coverage {
  const listener = createListener(CONTRACT, [{ baseUrl: BASE, operations: CONTRACT.operations }]);
  for (const [call, reply, body, headers = {}] of cases) {
    const [method = '', path = ''] = call.split(' ');
    const request = { method, url: BASE + path, headers };
    listener.hear(
      body === undefined
        ? request
        : {
            ...request,
            headers: { ...headers, 'content-type': 'application/json' },
            body: JSON.stringify(body),
          },
      reply,
    );
  }
  const operations = CONTRACT.operations.map(({ id }) => {
    const seen = listener.seenOf(id);
    return capability({ id, ...(seen ? { seen } : {}) });
  });
  const coverage = createCoverage(CONTRACT, 'live');
  coverage.add(runOf(operations));
  const sum = coverage.sum();
  if (!sum) throw new Error('nothing was seen');
  return sum;
}

function missing(coverage: Coverage, operation: string, aspect: Aspect): string[] {
  const found = coverage.byOperation.find((one) => one.operation === operation);
  return (found?.aspects[aspect].missing ?? ['no such operation']).map((one) =>
    aspect.endsWith('Members') ? memberName(one) : one,
  );
}

const LIST = 'GET /trays/';
const PAGE = { items: [] };

describe('parameters', () => {
  test('count where a request with them was answered with a success', () => {
    const coverage = coverageOf(
      ['GET /trays/?limit=1', answer(200, PAGE)],
      ['GET /trays/?sort=asc', answer(400, {})],
    );
    expect(missing(coverage, LIST, 'parameters')).toEqual([
      'query sort',
      'query state',
      'query at',
      'header X-Tray',
    ]);
  });

  test('are found in the query in their styles, and in headers; what a request has anyway is none', () => {
    const coverage = coverageOf([
      'GET /trays/?at%5Brow%5D=1&state=open,full',
      answer(200, PAGE),
      undefined,
      { 'x-tray': '1', authorization: 'Bearer of-a-test' },
    ]);
    expect(missing(coverage, LIST, 'parameters')).toEqual(['query limit', 'query sort']);
    expect(missing(coverage, LIST, 'values')).toEqual([
      'query sort: asc',
      'query sort: desc',
      'query state: gone',
    ]);
  });

  test('of a path count for the operation whose path it is: literal ones go first', () => {
    const coverage = coverageOf(['GET /trays/all/', answer(200, {})]);
    expect(missing(coverage, 'GET /trays/{id}/', 'parameters')).toEqual(['path id']);
    expect(missing(coverage, 'GET /trays/all/', 'statuses')).toEqual([]);
  });
});

describe('members', () => {
  test('count where they are present in a success: an empty list shows none of its items', () => {
    const empty = coverageOf([LIST, answer(200, PAGE)]);
    expect(missing(empty, LIST, 'answeredMembers')).toEqual([
      'next',
      'items[].id',
      'items[].kind',
      'items[].width',
      'items[].kind',
      'items[].width',
      'items[].depth',
    ]);
    const refused = coverageOf([LIST, answer(404, { next: '', items: [{ id: '1' }] })]);
    expect(refused.totals.answeredMembers.seen).toBe(0);
  });

  test('of alternatives count where the value could be of that alternative', () => {
    const coverage = coverageOf([LIST, answer(200, { items: [{ id: '1', kind: 'flat', width: 2 }] })]);
    expect(missing(coverage, LIST, 'answeredMembers')).toEqual([
      'next',
      'items[].kind',
      'items[].width',
      'items[].depth',
    ]);
  });

  test('that only forbidden bodies hold do not count, even where a host takes the body', () => {
    const forbidden = coverageOf(['POST /trays/', answer(201), { note: 'without a name' }]);
    expect(missing(forbidden, 'POST /trays/', 'sentMembers')).toEqual(['name', 'note']);
    expect(missing(forbidden, 'POST /trays/', 'mediaTypes')).toEqual(['request application/json']);
    const allowed = coverageOf(['POST /trays/', answer(201), { name: 'a tray' }]);
    expect(missing(allowed, 'POST /trays/', 'sentMembers')).toEqual(['note']);
    const refused = coverageOf(['POST /trays/', answer(401), { name: 'a tray', note: 'a note' }]);
    expect(missing(refused, 'POST /trays/', 'sentMembers')).toEqual(['name', 'note']);
  });
});

test('where every schema leads to every other, all members count for each operation, and a hundred are listed', () => {
  const size = 50;
  const schemaOf = (index: number) =>
    `/paths/~1t${index % size}/get/responses/200/content/application~1json/schema`;
  const paths = Array.from({ length: size }, (_, index): [string, Json] => {
    const properties = { own: {}, other: {}, next: { $ref: `#${schemaOf(index + 1)}` } };
    const content = { 'application/json': { schema: { properties } } };
    return [`/t${index}`, { get: { responses: { '200': { description: 'it', content } } } }];
  });
  const contract = contractOf(JSON.stringify(Object.fromEntries(paths)));
  const coverage = createCoverage(contract, 'live');
  const answeredMembers = [`${schemaOf(3)}/properties/own`, `${schemaOf(0)}/properties/own`];
  const seen = { ...inWords(emptyCoverage()), statuses: [200], answeredMembers };
  coverage.add(runOf([capability({ id: 'GET /t3', seen })]));
  const sum = coverage.sum();
  expect(sum?.totals.answeredMembers).toEqual({ of: size * 3 * size, seen: 2 });
  const third = sum?.byOperation.find(({ operation }) => operation === 'GET /t3')?.aspects.answeredMembers;
  expect(third).toMatchObject({ of: 150, seen: 2 });
  expect(third?.missing.length).toBe(100);
  expect(third?.missing.slice(0, 3)).toEqual([
    `${schemaOf(3)}/properties/other`,
    `${schemaOf(3)}/properties/next`,
    `${schemaOf(4)}/properties/own`,
  ]);
  const [line] = sum ? coverageView(sum).partly.flatMap(({ parts }) => parts) : [];
  expect(line).toMatchObject({ what: '148 of 150 members of answers never in a success', more: 108 });
});

describe('statuses and media types', () => {
  test('count by the key of the contract; what it does not have is listed apart', () => {
    const coverage = coverageOf(
      [LIST, answer(200, PAGE)],
      [LIST, answer(403)],
      [LIST, answer(503)],
      [LIST, silence('ECONNRESET')],
    );
    expect(missing(coverage, LIST, 'statuses')).toEqual([]);
    expect(missing(coverage, LIST, 'mediaTypes')).toEqual(['200 text/csv']);
    expect(coverage.byOperation.find(({ operation }) => operation === LIST)?.undocumented).toEqual([503]);
  });

  test('an operation that was only refused was answered, and not with a success', () => {
    const coverage = coverageOf([LIST, answer(401)]);
    expect(coverage.operations).toEqual({ of: 4, answered: 1, succeeded: 0 });
  });
});

test('what a run keeps of what it has seen is names of the contract, and no value that came', () => {
  const listener = createListener(CONTRACT, [{ baseUrl: BASE, operations: CONTRACT.operations }]);
  listener.hear(
    { method: 'GET', url: `${BASE}/trays/?sort=Zerlinda&limit=77&Quackenbush=1`, headers: {} },
    answer(200, {
      'Zerlinda Quackenbush': 1,
      items: [{ id: '3035550142', kind: 'flat', phone: '555-0142' }],
    }),
  );
  expect(JSON.stringify(listener.seenOf(LIST))).not.toMatch(/Zerlinda|Quackenbush|77|303|0142|phone/);
});

test('what is asked is heard of the operation that its path is one of, whatever it was asked for', () => {
  const listener = createListener(CONTRACT, [{ baseUrl: BASE, operations: CONTRACT.operations }]);
  listener.hear({ method: 'GET', url: `${BASE}/trays/all/`, headers: {} }, answer(200, {}));
  expect(listener.seenOf('GET /trays/all/')?.statuses).toEqual([200]);
  expect(listener.seenOf('GET /trays/{id}/')).toBeUndefined();
});

describe('several runs', () => {
  const seen = { ...inWords(emptyCoverage()), statuses: [200], parameters: ['query limit'] };
  const sumOf = (...runs: ReturnType<typeof runOf>[]) => {
    const coverage = createCoverage(CONTRACT, 'live');
    for (const run of runs) coverage.add(run);
    return coverage.sum();
  };

  test('of a target are joined; those of another target, and those that hold nothing, are left out', () => {
    const sum = sumOf(
      runOf([capability({ id: LIST, seen })], { startedAt: '2026-02-01T00:00:00.000Z' }),
      runOf([capability({ id: LIST, seen: { ...seen, parameters: ['query sort'] } })]),
      runOf([capability({ id: LIST })]),
      runOf([capability({ id: LIST, seen: { ...seen, parameters: ['query at'] } })], { target: 'other' }),
    );
    expect(sum).toMatchObject({ runs: 2, from: '2026-02-01T00:00:00.000Z', to: '2026-02-26T17:40:00.000Z' });
    expect(sum && missing(sum, LIST, 'parameters')).toEqual(['query state', 'query at', 'header X-Tray']);
  });

  test('what was seen by another edition of the contract of an operation does not count', () => {
    const sum = sumOf(runOf([capability({ id: LIST, seen, definition: 'another' })]));
    expect(sum?.totals.parameters.seen).toBe(0);
  });

  test('what answers where an operation is not routed shows nothing of it', () => {
    const sum = sumOf(runOf([capability({ id: LIST, seen, outcome: 'unrouted' })]));
    expect(sum?.operations.answered).toBe(0);
  });

  test('names that the contract does not have add nothing', () => {
    const sum = sumOf(runOf([capability({ id: LIST, seen: { ...seen, parameters: ['query none'] } })]));
    expect(sum?.totals.parameters.seen).toBe(0);
  });

  test('without any there is no coverage', () => {
    expect(sumOf(runOf([capability({ id: LIST })]))).toBeUndefined();
  });
});

test('a schema that refers to itself has each of its members once', () => {
  const contract = contractOf(`
/nodes:
  get:
    responses:
      '200':
        description: a tree
        content: { application/json: { schema: { $ref: '#/paths/~1nodes/x-node' } } }
  x-node: { type: object, properties: { name: {}, below: { type: array, items: { $ref: '#/paths/~1nodes/x-node' } } } }
`);
  const coverage = createCoverage(contract, 'live');
  coverage.add(runOf([capability({ id: 'GET /nodes', seen: inWords(emptyCoverage()) })]));
  expect(coverage.sum()?.totals.answeredMembers).toEqual({ of: 2, seen: 0 });
});

test.each([
  ['/components/schemas/Thing/properties/owner/properties/name', 'Thing.owner.name'],
  ['/components/schemas/Thing/allOf/1/properties/tags/items/properties/id', 'Thing.tags[].id'],
  ['/paths/~1a/get/responses/200/content/application~1json/schema/items/properties/id', '[].id'],
])('a person reads %s as %s', (pointer, name) => {
  expect(memberName(pointer)).toBe(name);
});

test('the members of a body are found where thousands of schemas refer to one another', () => {
  const count = 20_000;
  const schemas = Array.from({ length: count }, (_, index): [string, Json] => [
    `Tray${index}`,
    {
      properties: { [`row${index}`]: { type: 'integer' } },
      allOf: [{ $ref: `#/components/schemas/Tray${(index + 1) % count}` }],
    },
  ]);
  const document = { components: { schemas: Object.fromEntries(schemas) } };
  const found: string[] = [];
  membersOf(document, 'answer').present('/components/schemas/Tray0', { row0: 1, row19999: 2 }, (one) => {
    found.push(one);
  });
  expect(found.sort()).toEqual([
    '/components/schemas/Tray0/properties/row0',
    '/components/schemas/Tray19999/properties/row19999',
  ]);
});
