import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { valueForms } from './value-forms.js';

const PATHS = (name: string, schema = '{ type: string }') =>
  `/boats: { get: { parameters: [{ name: ${name}, in: query, schema: ${schema} }] } }`;
const BOATS = ['red', 'blue', 'green'].map((colour, index) => ({
  ...{ resourceType: 'Boat', id: `b${index}` },
  owner: { reference: `Crew/c${index}` },
  paint: { coding: [{ system: 'urn:paints', code: colour }] },
}));
type Boat = (typeof BOATS)[number];
const bundle = (boats: readonly Boat[]) =>
  answer(200, { resourceType: 'Bundle', entry: boats.map((resource) => ({ resource })) });
const hostOf =
  (name: string, keeps: (boat: Boat, value: string) => boolean) =>
  ({ url }: Sent) => {
    const value = new URL(url).searchParams.get(name);
    return bundle(BOATS.filter((boat) => value === null || keeps(boat, value)));
  };
const of = (name: string, host: (sent: Sent) => ReturnType<typeof answer>) =>
  checkOn(valueForms, { paths: PATHS(name), operation: 'GET /boats', host });
const codeOf = ({ paint }: Boat) => paint.coding[0]?.code ?? '';

test.each<[what: string, name: string, keeps: (boat: Boat, value: string) => boolean, gives: string]>([
  [
    'takes both forms',
    'owner',
    ({ owner }, value) => owner.reference.split('/').includes(value.replace('Crew/', '')),
    'passed',
  ],
  ['takes an id only', 'owner', ({ owner }, value) => owner.reference === `Crew/${value}`, 'loses-reference'],
  [
    'takes an id with its type only',
    'owner',
    ({ owner }, value) => owner.reference === value,
    'loses-reference',
  ],
  ['ignores it', 'owner', () => true, 'inconclusive'],
  ['finds nothing', 'owner', () => false, 'passed'],
  ['takes a code with its system', 'paint', (boat, value) => value.endsWith(codeOf(boat)), 'passed'],
  ['takes a code alone only', 'paint', (boat, value) => value === codeOf(boat), 'loses-system'],
  ['wants the system', 'paint', (boat, value) => value === `urn:paints|${codeOf(boat)}`, 'passed'],
  ['has no such member', 'colour', () => true, 'not-applicable'],
])('a search that %s (%s)', async (_, name, keeps, gives) => {
  expect((await of(name, hostOf(name, keeps))).gives).toBe(gives);
});

test('what is no FHIR, or is to have one form only, is not tried', async () => {
  const plain = await of('owner', () => answer(200, { data: BOATS }));
  expect(plain).toMatchObject({ gives: 'not-applicable', calls: [] });
  const one = await checkOn(valueForms, {
    ...{ paths: PATHS('owner', '{ type: string, pattern: ^c }'), operation: 'GET /boats' },
    host: () => bundle(BOATS),
  });
  expect(one).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each([
  ...[400, 401, 404, 429, 500].map((status) => [String(status), answer(status)] as const),
  ['a body that is cut off', answer(200, '{"a"', {}, 'cut off')] as const,
])('%s shows nothing', async (_, reply) => {
  const { gives, sent } = await of('owner', ({ url }) => (url.includes('?') ? reply : bundle(BOATS)));
  expect(gives).toBe('inconclusive');
  expect(sent.map(({ shown }) => shown).join(' ')).not.toMatch(/c\d/);
});

/** What comes of a search where things of one member are sought by two forms of its value. */
const formsOf = (
  name: string,
  values: readonly Json[],
  comes: (value: string) => ReturnType<typeof answer>,
  schema?: string,
  more: Partial<CheckedHost> = {},
) =>
  checkOn(valueForms, {
    ...{ paths: PATHS(name, schema), operation: 'GET /boats' },
    host: ({ url }) => {
      const value = new URL(url).searchParams.get(name);
      const entry = values.map((own, id) => ({
        resource: { resourceType: 'Boat', id: `b${id}`, [name]: own },
      }));
      return value === null ? answer(200, { resourceType: 'Bundle', entry }) : comes(value);
    },
    ...more,
  });
const OWNERS = ['Crew/c0', 'Crew/c1', 'Crew/c2'].map((reference) => ({ reference }));
const PAINTS = ['red', 'blue', 'green'].map((code) => ({ system: 'urn:paints', code }));
const FIRST = bundle(BOATS.slice(0, 1));
const SECOND = bundle(BOATS.slice(1, 2));

test.each<
  [
    what: string,
    name: string,
    values: readonly Json[],
    comes: (value: string) => ReturnType<typeof answer>,
    gives: string,
  ]
>([
  ['refuses one form', 'owner', OWNERS, (value) => (value === 'c0' ? FIRST : answer(400)), 'inconclusive'],
  [
    'finds another thing by one form',
    'owner',
    OWNERS,
    (value) => (value === 'c0' ? SECOND : FIRST),
    'loses-reference',
  ],
  ['refuses the system', 'paint', PAINTS, (value) => (value === 'red' ? FIRST : answer(400)), 'inconclusive'],
  ['finds no code', 'paint', PAINTS, () => bundle([]), 'passed'],
  [
    'may have it on a further page',
    'owner',
    OWNERS,
    (value) =>
      value === 'c0'
        ? answer(200, {
            ...{ resourceType: 'Bundle', entry: [{ resource: BOATS[1] ?? null }] },
            link: [{ relation: 'next', url: '/boats?page=2' }],
          })
        : FIRST,
    'inconclusive',
  ],
])('a search that %s (%s)', async (_, name, values, comes, gives) => {
  expect((await formsOf(name, values, comes)).gives).toBe(gives);
});

test('the forms are asked for one after the other, and not shown', async () => {
  const codings = PAINTS.map((coding) => ({ coding: [coding] }));
  const identifiers = PAINTS.map(({ system, code }) => [{ system, value: code }]);
  for (const values of [PAINTS, codings, identifiers]) {
    const { sent } = await formsOf('paint', values, () => FIRST);
    expect(sent.map(({ url }) => new URL(url).searchParams.get('paint'))).toEqual(['red', 'urn:paints|red']);
    expect(sent.map(({ shown }) => new URL(shown).searchParams.get('paint'))).toEqual(['‹paint›', '‹paint›']);
  }
});

test.each<[what: string, values: Json[]]>([
  ['a reference to another host', [{ reference: 'https://other.example/Crew/c0' }]],
  ['a reference to a version', [{ reference: 'Crew/c0/_history/1' }]],
  ['several references', [[{ reference: 'Crew/c0' }, { reference: 'Crew/c1' }]]],
  ['a code without a system', [{ code: 'red' }]],
  ['a system without a code', [{ system: 'urn:paints' }]],
  ['a code that is a number', [{ system: 'urn:paints', code: 7 }]],
  ['a code of two words', [{ system: 'urn:paints', code: 'dark red' }]],
  ['a code with what separates', [{ system: 'urn:paints', code: 'red|blue' }]],
  ['a system with what separates', [{ system: 'urn:paints|7', code: 'red' }]],
  ['no coding', [{ coding: [] }]],
  ['two codings', [{ coding: PAINTS.slice(0, 2) }]],
  ['a text', ['red']],
  ['null', [null]],
])('%s has no two forms', async (_, values) => {
  expect(await formsOf('paint', values, () => FIRST)).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each<[schema: string, isTried: boolean]>([
  ['{}', true],
  ['{ type: integer }', false],
  ['{ type: string, enum: [c0] }', false],
  ['{ type: string, format: uuid }', false],
  ['{ type: string, maxLength: 9 }', false],
])('a parameter of the schema %s is for both forms: %s', async (schema, isTried) => {
  const { calls } = await formsOf('owner', OWNERS, () => FIRST, schema);
  expect(calls).toHaveLength(isTried ? 2 : 0);
});

test.each<[what: string, more: Partial<CheckedHost>]>([
  ['is required', { paths: PATHS('owner').replace('in: query', 'in: query, required: true') }],
  ['was sent already', { path: '/boats?owner=c0', host: () => bundle(BOATS) }],
  ['is of things that cannot be distinguished', { host: () => bundle([...BOATS, ...BOATS]) }],
  ['is of what is no list', { host: () => answer(200, { resourceType: 'Bundle' }) }],
])('a parameter that %s is not tried', async (_, more) => {
  expect(await formsOf('owner', OWNERS, () => FIRST, undefined, more)).toMatchObject({
    ...{ gives: 'not-applicable', calls: [] },
  });
});

test('of many parameters only some are tried', async () => {
  const names = ['aa', 'bb', 'cc', 'dd'];
  const parameters = names.map((name) => `{ name: ${name}, in: query, schema: { type: string } }`).join(', ');
  const entry = OWNERS.map((owner, id) => ({
    resource: { id: `b${id}`, ...Object.fromEntries(names.map((name) => [name, owner])) },
  }));
  const { calls } = await checkOn(valueForms, {
    ...{ paths: `/boats: { get: { parameters: [${parameters}] } }`, operation: 'GET /boats' },
    host: () => answer(200, { resourceType: 'Bundle', entry }),
  });
  expect(calls).toHaveLength(6);
});
