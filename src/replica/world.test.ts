import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseJson } from '../json.js';
import { standingClock } from '../testing/clock.js';
import { temporaryFolder } from '../testing/folder.js';
import { contractOf } from '../testing/host.js';
import { startReplica } from './replica.js';
import { readWorlds } from './world.js';

const WORLD = `about: x
seed: 1
people: { given: [Ada], family: [Muster], city: [Northport] }
gateway:
  prefix: ''
  slash: exact
  credential: { in: query, name: key, form: 'k-{token}', accepts: [right] }
  unrouted: { status: 404, body: { message: nothing } }
  tokenRefused: { status: 401, body: { message: key } }
  throttled: { status: 429 }
  methods: { HEAD: as GET, OPTIONS: { status: 204, headers: { allow: '{allow}' } }, others: { status: 405 } }
missing: { status: 404, body: { message: missing } }
answers: { read: { status: 200, body: '{record}' }, create: { status: 201, body: { id: '{id}', note: '{note?}' } } }
resources:
  trays:
    count: 5
    ids: { first: 1, text: 't{number}' }
    record: { id: '{id}', size: '{index}' }
    filters: { least: { at: size, match: at-least }, ids: { at: id, separator: ',' } }
    sort: { parameter: sort, fields: { size: size } }
    listing: { answer: { status: 200, body: '{items}' } }
routes:
  GET /trays: { does: list, of: trays, standing: assumed }
  POST /trays: { does: create, of: trays, standing: assumed }
  GET /trays/{tray}: { does: read, of: trays, standing: assumed }
expect: {}
`;

/** The worlds of these files, by their dates. */
async function worlds(...files: string[]) {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'worlds'));
  for (const [index, text] of files.entries())
    await writeFile(join(folder.path, `worlds/2026-01-0${index + 1}.yaml`), text);
  return await readWorlds(folder.path);
}

/** What the newest of these worlds answers. */
async function asking(calls: readonly string[], ...files: string[]) {
  const replica = await startReplica({ world: (await worlds(...files)).of(), clock: standingClock() });
  try {
    const answers = [];
    for (const call of calls) {
      const [method = '', path = ''] = call.split(' ');
      const key = path.includes('?') ? '&key=k-right' : '?key=k-right';
      const body = method === 'POST' ? { body: '{}' } : {};
      const response = await fetch(`${replica.url}${path}${key}`, { method, ...body });
      answers.push({
        status: response.status,
        allow: response.headers.get('allow'),
        link: response.headers.get('link'),
        json: parseJson(await response.text()),
      });
    }
    return answers;
  } finally {
    await replica.close();
  }
}

const extended = (change: string) => `about: y\nextends: '2026-01-01'\n${change}`;

test('a list is a bare array, or is in any member, with what the world says of it', async () => {
  const bare = await asking(['GET /trays?sort=-size&least=3', 'GET /trays?ids=t1,t3'], WORLD);
  expect(bare.map(({ json }) => json)).toEqual([
    [
      { id: 't5', size: 4 },
      { id: 't4', size: 3 },
    ],
    [
      { id: 't1', size: 0 },
      { id: 't3', size: 2 },
    ],
  ]);
  const change = extended(`resources:
  trays:
    listing:
      answer:
        status: 200
        headers: { link: '<{next?}>; rel="next"' }
        body: { things: '{items}', of: '{total}', links: [{ rel: self }, { rel: next, href: '{next?}' }] }
      each: { tray: '{item}' }
      paging: { kind: offset, parameter: from, origin: 0, size: take, default: 2, largest: 2 }
`);
  const [first, last] = await asking(['GET /trays?least=1', 'GET /trays?least=1&from=2'], WORLD, change);
  const things = (...sizes: number[]) => sizes.map((size) => ({ tray: { id: `t${size + 1}`, size } }));
  const next = '/trays?least=1&key=k-right&from=2';
  expect(first).toMatchObject({ link: `<${next}>; rel="next"` });
  expect(first?.json).toEqual({
    things: things(1, 2),
    of: 4,
    links: [{ rel: 'self' }, { rel: 'next', href: next }],
  });
  expect(last).toMatchObject({ link: null, json: { things: things(3, 4), of: 4, links: [{ rel: 'self' }] } });
});

test('pages lead from one to the next by a cursor', async () => {
  const change = extended(`resources:
  trays:
    listing:
      answer: { status: 200, body: { things: '{items}', after: '{nextPage?}' } }
      paging: { kind: cursor, parameter: after, origin: 0, default: 3, largest: 3 }
`);
  const [first] = await asking(['GET /trays'], WORLD, change);
  const after = String(Reflect.get(Object(first?.json), 'after'));
  const [second] = await asking([`GET /trays?after=${after}`], WORLD, change);
  expect(second?.json).toEqual({
    things: [
      { id: 't4', size: 3 },
      { id: 't5', size: 4 },
    ],
  });
});

test('ids, answers and other methods are as the world says', async () => {
  const calls = [
    'POST /trays',
    'GET /trays/t2',
    'GET /trays/t9',
    'HEAD /trays',
    'OPTIONS /trays',
    'PUT /trays',
  ];
  const answers = await asking(calls, WORLD);
  expect(answers.map(({ status, json, allow }) => [status, json, allow])).toEqual([
    [201, { id: 't6' }, null],
    [200, { id: 't2', size: 1 }, null],
    [404, { message: 'missing' }, null],
    [200, undefined, null],
    [204, undefined, 'GET, POST'],
    [405, undefined, null],
  ]);
});

test('a world that extends another one says only what is otherwise', async () => {
  const change = extended(`resources: { trays: { count: 3, filters: { least: null } } }
routes: { 'GET /trays/{tray}': { standing: observed }, 'POST /trays': null }
`);
  const world = (await worlds(WORLD, change)).of();
  expect(world.resources['trays']).toMatchObject({ count: 3, filters: { ids: { at: 'id' } } });
  expect(world.resources['trays']?.filters).not.toHaveProperty('least');
  expect(world.routes['GET /trays/{tray}']).toEqual({ does: 'read', of: 'trays', standing: 'observed' });
  expect(world.routes).not.toHaveProperty('POST /trays');
});

test.each([
  ['routes: { GET /x: { does: list, of: no, standing: a } }', /resource “no”/, 3],
  [
    'routes:\n  GET /x:\n    does: read\n    of: trays\n    standing: a\n    id: other',
    /no parameter “other”/,
    8,
  ],
  [
    'routes:\n  GET /x/{a}:\n    does: list\n    of: trays\n    standing: a\n    where: { at: "{b}" }',
    /“b”/,
    8,
  ],
  ['routes: { GET /x: { standing: a } }', /does not say what it does/, 3],
  ['gateway: { slash: both }', /“gateway\/slash”/, 3],
  ['resources: { boxes: { count: 1 } }', /lacks resources\.boxes/, 3],
])('what is wrong in a world has its line: %s', async (change, message, line) => {
  const reading = worlds(WORLD, extended(change));
  await expect(reading).rejects.toThrow(message);
  await expect(reading).rejects.toMatchObject({ place: { line } });
});

test('a body that the contract forbids has an answer of its own, after all that was recorded', async () => {
  const tray = '{ type: object, required: [size], properties: { size: { type: integer } } }';
  const contract = contractOf(`
/trays: { post: { requestBody: { content: { application/json: { schema: ${tray} } } } } }
/trays/{tray}: { put: { requestBody: { content: { application/json: { schema: ${tray} } } } } }
/{any}: { post: { requestBody: { content: { application/json: { schema: { type: string } } } } } }`);
  const malformed = 'malformed: { status: 422, body: { message: malformed } }';
  const rules = 'rules: [{ needs: [label], answer: { status: 400, body: { message: label } } }]';
  const there = (change = '') => extended(`${malformed}\n${change}`);
  const routes = (trays: string) => `routes: { POST /trays: { ${trays} } }`;
  const sent = async (file: string, body: string, given?: typeof contract, call = 'POST /trays') => {
    const [method = '', path = ''] = call.split(' ');
    const replica = await startReplica({
      world: (await worlds(WORLD, file)).of(),
      contract: given,
      clock: standingClock(),
    });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${replica.url}${path}?key=k-right`, { method, headers, body });
    await replica.close();
    return response.status;
  };
  expect(await sent(there(), '{}', contract)).toBe(422);
  expect(await sent(there(), '{"size":"large"}', contract)).toBe(422);
  expect(await sent(there(), '{"size":3}', contract)).toBe(201);
  expect(await sent(there(), '{}')).toBe(201);
  expect(await sent(extended(''), '{}', contract)).toBe(201);
  expect(await sent(there(routes(rules)), '{}', contract)).toBe(400);
  expect(await sent(there(routes('takes: anything')), '{}', contract)).toBe(201);
  expect(await sent(there(routes('then: { status: 500 }')), '{}', contract)).toBe(500);
  // Of what is not there, nothing can be wrong.
  const put = there('routes:\n  PUT /trays/{tray}: { does: update, of: trays, standing: assumed }');
  expect(await sent(put, '{}', contract, 'PUT /trays/t1')).toBe(422);
  expect(await sent(put, '{}', contract, 'PUT /trays/t99')).toBe(404);
});
