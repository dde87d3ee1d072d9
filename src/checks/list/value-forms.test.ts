import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
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
