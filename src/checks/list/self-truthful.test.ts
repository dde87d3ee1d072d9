import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { selfTruthful } from './self-truthful.js';

const PATHS =
  '/boats: { get: { parameters: [{ name: kind, in: query, schema: { type: string, enum: [sail, row] } }] } }';
const BOATS = [
  { id: 1, kind: 'sail' },
  { id: 2, kind: 'row' },
];

/** A host whose link to itself is made so. */
function host(linked: (path: string) => JsonObject, isFiltering = true) {
  return ({ url, path }: Sent) => {
    const kind = isFiltering ? new URL(url).searchParams.get('kind') : null;
    return answer(200, {
      data: BOATS.filter((boat) => kind === null || boat.kind === kind),
      ...linked(path),
    });
  };
}
const on = async (given: (sent: Sent) => ReturnType<typeof answer>) =>
  (await checkOn(selfTruthful, { paths: PATHS, operation: 'GET /boats', host: given })).gives;

test.each<[what: string, linked: (path: string) => JsonObject, gives: string]>([
  ['has all', (path) => ({ self: path }), 'passed'],
  ['has all, among the links', (path) => ({ _links: { self: { href: path } } }), 'passed'],
  ['has it under another name', (path) => ({ self: path.replace('kind', 'filter') }), 'passed'],
  ['leaves it out', () => ({ self: '/boats' }), 'leaves-out'],
  ['leaves it out, among the links', () => ({ _links: { self: { href: '/boats' } } }), 'leaves-out'],
  [
    'leaves it out, in a list',
    () => ({ link: [{ relation: 'self', url: 'https://inner.example/v1/boats' }] }),
    'leaves-out',
  ],
  [
    'leaves it out, with the page in it',
    () => ({ links: [{ rel: 'self', href: '/boats?page=1' }] }),
    'leaves-out',
  ],
  ['is a number of the search', () => ({ self: '/searches/7' }), 'inconclusive'],
  ['is sealed', () => ({ self: '/boats?state=a8Zk29xPq0aLmVt7' }), 'inconclusive'],
  ['is not there', () => ({}), 'not-applicable'],
])('a link that %s', async (_, linked, gives) => {
  expect(await on(host(linked))).toBe(gives);
});

test('a filter that was not applied', async () => {
  expect(await on(host(() => ({ self: '/boats' }), false))).toBe('inconclusive');
});

test.each([
  ...[400, 401, 404, 429, 500].map((status) => [String(status), answer(status)] as const),
  ['a body that breaks off', answer(200, '{"a"', {}, 'cut off')] as const,
])('%s', async (_, other) => {
  const right = host((path) => ({ self: path }));
  expect(await on((sent) => (sent.url.includes('?') ? other : right(sent)))).toBe('inconclusive');
});

test('a link that leaves out only one of several filters', async () => {
  const paths = `/boats: { get: { parameters: [
    { name: kind, in: query, schema: { type: string, enum: [sail, row] } },
    { name: afloat, in: query, schema: { type: boolean } }] } }`;
  const boats = [
    { id: 1, kind: 'sail', afloat: true },
    { id: 2, kind: 'row', afloat: false },
  ];
  const { gives, messages } = await checkOn(selfTruthful, {
    ...{ paths, operation: 'GET /boats' },
    host: ({ url, path }) => {
      const [[name, value] = []] = new URL(url).searchParams;
      const shown = boats.filter(
        (boat) =>
          name === undefined || String(Object.entries(boat).find(([own]) => own === name)?.[1]) === value,
      );
      return answer(200, { data: shown, self: name === 'afloat' ? '/boats' : path });
    },
  });
  expect([gives, messages.join()]).toEqual(['leaves-out', expect.stringContaining('‘afloat’')]);
});

test.each<[what: string, linked: (path: string) => JsonObject, gives: string]>([
  ['is an object with an address', (path) => ({ self: { href: path } }), 'passed'],
  ['is an object with a URL', () => ({ self: { url: '/boats' } }), 'leaves-out'],
  ['is empty', () => ({ self: '' }), 'not-applicable'],
  ['is a number', () => ({ self: 7 }), 'not-applicable'],
  ['is an object without an address', () => ({ self: { title: 'boats' } }), 'not-applicable'],
  ['is empty, beside one among the links', (path) => ({ self: '', _links: { self: path } }), 'passed'],
  ['is among other links', () => ({ links: { next: '/hulls', self: '/boats' } }), 'leaves-out'],
  [
    'is behind other links',
    () => ({ _links: { next: '/hulls' }, link: [{ rel: 'self', href: '/boats' }] }),
    'leaves-out',
  ],
  [
    'is one of several',
    () => ({ links: [null, { rel: 'next', href: '/hulls' }, { rel: 'self', href: '/boats' }] }),
    'leaves-out',
  ],
  ['is none to itself', () => ({ links: [{ rel: 'next', href: '/boats' }] }), 'not-applicable'],
  ['has a slash at its end', () => ({ self: '/boats/' }), 'leaves-out'],
  ['is no URL', () => ({ self: 'https://[/boats' }), 'inconclusive'],
])('a link to itself that %s', async (_, linked, gives) => {
  expect(await on(host(linked))).toBe(gives);
});

const whyOn = async (given: (sent: Sent) => ReturnType<typeof answer>) => {
  const { gives, why } = await checkOn(selfTruthful, { paths: PATHS, operation: 'GET /boats', host: given });
  return [gives, why];
};

test('why it is not known is said', async () => {
  const self = { self: '/boats' };
  expect(await whyOn(host(() => self, false))).toEqual([
    'inconclusive',
    'it is not seen that the filter was applied',
  ]);
  const others = ({ url }: Sent) =>
    answer(200, { ...self, data: url.includes('?') ? [...BOATS, { id: 3, kind: 'row' }] : BOATS });
  expect(await whyOn(others)).toEqual(['inconclusive', 'it is not seen that the filter was applied']);
  const refusing = ({ url }: Sent) =>
    url.includes('?') ? answer(500) : answer(200, { ...self, data: BOATS });
  expect(await whyOn(refusing)).toEqual(['inconclusive', 'it did not answer with a page']);
  expect(await whyOn(host(() => ({ self: '/searches/7' })))).toEqual([
    'inconclusive',
    'only the host can read its link to itself',
  ]);
  const alike = () => answer(200, { ...self, data: BOATS.slice(0, 1) });
  expect(await whyOn(alike)).toEqual([
    'not-applicable',
    'it has no filter that some of its things meet and others do not',
  ]);
  expect(await whyOn(() => answer(200, BOATS))).toEqual([
    'not-applicable',
    'its answers have no link to themselves',
  ]);
});

test('null has no link to itself', async () => {
  expect(await on(() => answer(200, null))).toBe('not-applicable');
});
