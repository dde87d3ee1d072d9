import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
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
const statement = (...resource: Json[]): Json => ({
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

const SLOT = statement(claims('Slot', ['create', 'search-type']));
const TASK = statement(claims('Task', ['search-type', 'read']));
const BY = (...names: string[]) =>
  statement(
    claims('Patient', ['search-type', 'read'], Object.fromEntries(names.map((name) => [name, 'token']))),
  );

test.each<[what: string, says: Json, own: Record<string, ReturnType<typeof answer>>, gives: string]>([
  ['is another one', { resourceType: 'Patient', rest: [] }, {}, 'not-applicable'],
  ['claims nothing', statement(), {}, 'not-applicable'],
  ['claims what the contract describes', BY('name'), {}, 'not-applicable'],
  [
    'claims what the contract is not about',
    statement(claims('Group', ['search-type'])),
    {},
    'not-applicable',
  ],
  ['claims a search that is there', SLOT, {}, 'passed'],
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

test('a search is asked for with credentials, where the statement needs none', async () => {
  const { sent } = await on(SLOT);
  expect(sent.map(({ path, token }) => `${path} ${token}`)).toEqual(['/fhir/Slot?_count=1 valid']);
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
