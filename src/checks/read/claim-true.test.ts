import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { claimTrue } from './claim-true.js';

const NAME = '[{ name: name, in: query, schema: { type: string } }]';
const PATHS = `
/fhir/metadata: { get: { security: [] } }
/fhir/Patient: { get: { parameters: ${NAME} } }
/fhir/Patient/{id}: { get: {} }
/fhir/Slot: { post: {} }
/fhir/Task: { get: {} }`;
const OTHERS = [
  { operation: 'GET /fhir/Patient', path: '/fhir/Patient' },
  { operation: 'GET /fhir/Task', path: '/fhir/Task' },
];

const claims = (type: string, codes: string[], parameters: Record<string, string> = {}): Json => ({
  type,
  interaction: codes.map((code) => ({ code })),
  searchParam: Object.entries(parameters).map(([name, kind]) => ({ name, type: kind })),
});
const statement = (...resource: Json[]): JsonObject => ({
  resourceType: 'CapabilityStatement',
  rest: [
    { mode: 'client', resource: [claims('Slot', ['search-type'])] },
    { mode: 'server', resource },
  ],
});
const bundle = (type: string, size: number) =>
  answer(200, {
    resourceType: 'Bundle',
    entry: Array.from({ length: size }, (_, index) => ({
      resource: { resourceType: type, id: `${type.toLowerCase()}-${index + 1}` },
    })),
  });

/** A host that finds by these parameters, with answers of its own for some paths. */
const on = (
  says: Json,
  own: Record<string, ReturnType<typeof answer>> = {},
  finds: readonly string[] = ['_id', 'identifier', 'birthdate'],
  more: Partial<CheckedHost> = {},
) =>
  checkOn(claimTrue, {
    ...{ paths: PATHS, operation: 'GET /fhir/metadata', others: OTHERS },
    host: ({ url }: Sent) => {
      const { pathname, searchParams } = new URL(url);
      if (pathname === '/fhir/metadata') return answer(200, says);
      const wanted = own[pathname];
      if (wanted) return wanted;
      const [, , type = '', id] = pathname.split('/');
      if (id !== undefined) return answer(200, { resourceType: type, id });
      return bundle(type, finds.some((name) => searchParams.has(name)) ? 0 : 3);
    },
    ...more,
  });

const SLOT: JsonObject = statement(claims('Slot', ['create', 'search-type']));
const TASK = statement(claims('Task', ['search-type', 'read']));
const BY = (...names: string[]) =>
  statement(
    claims('Patient', ['search-type', 'read'], Object.fromEntries(names.map((name) => [name, 'token']))),
  );

test.each<[what: string, says: Json, own: Record<string, ReturnType<typeof answer>>, gives: string]>([
  ['is another one', { resourceType: 'Patient', rest: [] }, {}, 'not-applicable'],
  ['is another one that claims', { ...SLOT, resourceType: 'Slot' }, {}, 'not-applicable'],
  ['is a list', [SLOT], {}, 'not-applicable'],
  [
    'is not well-formed',
    {
      resourceType: 'CapabilityStatement',
      rest: [
        null,
        1,
        { mode: 'server', resource: [null, { type: 'Slot', interaction: [null, 'read', { code: 3 }] }] },
      ],
    },
    {},
    'not-applicable',
  ],
  [
    'has a parameter that is not well-formed',
    statement({ type: 'Patient', searchParam: [null, { name: 'email' }, { type: 'token' }] }),
    {},
    'not-applicable',
  ],
  ['claims nothing', statement(), {}, 'not-applicable'],
  ['claims what the contract describes', BY('name'), {}, 'not-applicable'],
  [
    'claims what the contract is not about',
    statement(claims('Group', ['search-type'])),
    {},
    'not-applicable',
  ],
  ['claims a search that is there', SLOT, {}, 'passed'],
  [
    'claims a search whose answer breaks off',
    SLOT,
    { '/fhir/Slot': answer(200, '{"a"', {}, 'cut off') },
    'inconclusive',
  ],
  ['claims a search that needs more', SLOT, { '/fhir/Slot': answer(400) }, 'inconclusive'],
  ['claims a read that is there', TASK, {}, 'passed'],
  ['claims a read of what was removed', TASK, { '/fhir/Task/task-1': answer(404) }, 'passed'],
  [
    'claims a read of one thing only that is shown',
    TASK,
    { '/fhir/Task': bundle('Task', 1), '/fhir/Task/task-1': answer(404) },
    'inconclusive',
  ],
  [
    'claims a read that is not there',
    TASK,
    { '/fhir/Task/task-1': answer(404), '/fhir/Task/task-2': answer(404) },
    'read-not-there',
  ],
  [
    'claims a read that is forbidden',
    TASK,
    { '/fhir/Task/task-1': answer(403), '/fhir/Task/task-2': answer(403) },
    'inconclusive',
  ],
  ['claims a parameter that finds', BY('identifier'), {}, 'passed'],
  ['claims a parameter that is ignored', BY('email'), {}, 'parameter-ignored'],
  [
    'claims a parameter of one thing only',
    BY('email'),
    { '/fhir/Patient': bundle('Patient', 1) },
    'inconclusive',
  ],
  [
    'claims a parameter of two things that is ignored',
    BY('email'),
    { '/fhir/Patient': bundle('Patient', 2) },
    'parameter-ignored',
  ],
  ['claims a parameter of a name of its own', BY('muster'), {}, 'not-applicable'],
  [
    'claims a parameter of another type',
    statement(claims('Patient', ['search-type'], { email: 'special' })),
    {},
    'not-applicable',
  ],
  ['claims a date that finds', statement(claims('Patient', [], { birthdate: 'date' })), {}, 'passed'],
  [
    'claims a date that is ignored',
    statement(claims('Patient', [], { date: 'date' })),
    {},
    'parameter-ignored',
  ],
  ['claims two that are ignored', BY('email', '_id', 'phone'), {}, 'parameter-ignored, parameter-ignored'],
])('a statement that %s', async (_, says, own, gives) => {
  expect((await on(says, own)).gives).toBe(gives);
});

test.each([404, 405, 410, 501])(
  'a search that is claimed and answered with %s is not there',
  async (status) => {
    expect((await on(SLOT, { '/fhir/Slot': answer(status) })).gives).toBe('search-not-there');
  },
);

test.each([400, 401, 403, 429, 500])('a search that is answered with %s may be there', async (status) => {
  expect((await on(SLOT, { '/fhir/Slot': answer(status) })).gives).toBe('inconclusive');
});

test('an older statement is read as well', async () => {
  const { gives } = await on({
    resourceType: 'Conformance',
    rest: [{ mode: 'server', resource: [claims('Slot', ['search-type'])] }],
  });
  expect(gives).toBe('passed');
});

const tokensOf = async (more: Partial<CheckedHost>) =>
  (await on(SLOT, {}, [], more)).sent.map(({ method, path, token }) => `${method} ${path} ${token}`);
const PATIENT = { operation: 'GET /fhir/Patient', path: '/fhir/Patient' };

test('a search is asked for with credentials, where the statement needs none', async () => {
  const others = [{ ...PATIENT, token: 'valid' as const }];
  expect(await tokensOf({ token: 'none', others })).toEqual(['GET /fhir/Slot?_count=1 valid']);
});

test('it is asked for like the statement where no list beside it was read with credentials', async () => {
  const paths = `${PATHS}
/fhir/_search: { post: { x-safe: true } }
/shop/Patient: { get: {} }`;
  const token = 'valid' as const;
  const others = [
    { operation: 'POST /fhir/_search', path: '/fhir/_search', token },
    { operation: 'GET /shop/Patient', path: '/shop/Patient', token },
    { operation: 'GET /fhir/Patient/{id}', path: '/fhir/Patient/a', token },
    PATIENT,
  ];
  expect(await tokensOf({ paths, token: 'none', others })).toEqual(['GET /fhir/Slot?_count=1 none']);
});

test('what is asked for is below the base of the statement, and is of the operation that is claimed', async () => {
  const found = await checkOn(claimTrue, {
    paths: `
/api/fhir/metadata: { get: {} }
/api/fhir/Slot: { post: {} }
/api/fhir/Task: { get: {} }`,
    operation: 'GET /api/fhir/metadata',
    others: [{ operation: 'GET /api/fhir/Task', path: '/api/fhir/Task' }],
    host: ({ path }) =>
      path.endsWith('metadata')
        ? answer(200, statement(claims('Slot', ['search-type']), claims('Task', ['read'])))
        : path.endsWith('Task')
          ? bundle('Task', 2)
          : answer(404),
  });
  expect(found.gives).toBe('search-not-there, read-not-there');
  expect(found.sent.map(({ operation, path }) => `${operation}: ${path}`)).toEqual([
    'GET /api/fhir/Slot: /api/fhir/Slot?_count=1',
    'GET /api/fhir/Task/{id}: /api/fhir/Task/task-1',
    'GET /api/fhir/Task/{id}: /api/fhir/Task/task-2',
  ]);
  expect(found.broken.map(({ at }) => at?.seen.map(({ exchange }) => exchange.status))).toEqual([
    [404],
    [404, 404],
  ]);
});

test('a read of something else below the things is not that of a thing', async () => {
  const paths = `${PATHS}\n/fhir/Task/history: { get: {} }`;
  expect((await on(TASK, {}, [], { paths })).calls).toEqual(['GET /fhir/Task/task-1']);
});

test('only ids that can be in a path are read', async () => {
  const entry = ['a/b', undefined, 't1', 't2'].map((id) => ({
    resource: { resourceType: 'Task', ...(id === undefined ? {} : { id }) },
  }));
  const own = { '/fhir/Task': answer(200, { resourceType: 'Bundle', entry }), '/fhir/Task/t1': answer(404) };
  expect((await on(TASK, own)).calls).toEqual(['GET /fhir/Task/t1', 'GET /fhir/Task/t2']);
});

test('what is no list shows nothing that could be read', async () => {
  const found = await on(TASK, { '/fhir/Task': answer(200, { resourceType: 'OperationOutcome' }) });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('a search by a parameter shows nothing where it is refused or not answered', async () => {
  const refusing =
    (other: Answer | NoAnswer) =>
    ({ url }: Sent) => {
      const { pathname, searchParams } = new URL(url);
      if (pathname === '/fhir/metadata') return answer(200, BY('email'));
      return searchParams.has('email') ? other : bundle('Patient', 3);
    };
  const same = { ...bundle('Patient', 3), status: 400 };
  for (const other of [same, answer(500), answer(200, 'no JSON'), silence('ECONNRESET')])
    expect((await on(BY('email'), {}, [], { host: refusing(other) })).gives).toBe('inconclusive');
});

test('a search that does not answer shows nothing', async () => {
  const host = ({ path }: Sent) =>
    path === '/fhir/metadata'
      ? answer(200, SLOT)
      : path.includes('Slot')
        ? silence('ETIMEDOUT')
        : bundle('Task', 2);
  expect((await on(SLOT, {}, [], { host })).gives).toBe('inconclusive');
});

test('what a parameter finds is an evidence of the finding', async () => {
  const { broken } = await on(BY('email'));
  expect(broken.map(({ at }) => at?.seen.map(({ exchange }) => exchange.status))).toEqual([[200]]);
});

test('of many types only some are tried', async () => {
  const types = ['Slot', 'Group', 'Goal', 'Flag', 'List'];
  const paths = `/fhir/metadata: { get: {} }\n${types.map((type) => `/fhir/${type}: { post: {}, get: {} }`).join('\n')}`;
  const others = types.map((type) => ({ operation: `GET /fhir/${type}`, path: `/fhir/${type}` }));
  const reads = statement(...types.map((type) => claims(type, ['read'])));
  expect((await on(reads, {}, [], { paths, others })).calls).toHaveLength(3);
  const writes = paths.replaceAll(', get: {}', '');
  const searches = statement(...types.map((type) => claims(type, ['search-type'])));
  expect((await on(searches, {}, [], { paths: writes, others: [] })).calls).toHaveLength(3);
});

test('of many claims only some are tried', async () => {
  const all = ['_id', 'identifier', 'birthdate', 'email', 'phone'];
  expect((await on(BY(...all))).calls).toHaveLength(3);
});

test('what is claimed is named where the contract or the standard names it, and no id is shown', async () => {
  const { sent, messages } = await on(TASK, {
    '/fhir/Task/task-1': answer(404),
    '/fhir/Task/task-2': answer(404),
  });
  expect(sent.map(({ shown }) => shown).join(' ')).not.toContain('task-');
  expect(messages).toEqual([
    'it claims that each Task can be read by its id, and two that its list shows are answered with 404',
  ]);
  expect((await on(BY('email'))).messages).toEqual([
    'it claims that Patient can be searched by ‘email’, and the same things come for a value that none has',
  ]);
});
