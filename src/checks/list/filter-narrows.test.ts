import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { filterNarrows } from './filter-narrows.js';

const PATHS = (description = '') => `/boats:
  get:
    parameters:
      - { name: kind, in: query, description: '${description}', schema: { type: string, enum: [sail, row, motor] } }
      - { name: colour, in: query, schema: { type: string, enum: [red, blue, green] } }`;
const BOATS = [
  { id: 'b1', kind: 'sail', colour: 'red' },
  { id: 'b2', kind: 'row', colour: 'red' },
  { id: 'b3', kind: 'sail', colour: 'blue' },
  { id: 'b4', kind: 'motor', colour: 'green' },
];
type Boat = (typeof BOATS)[number];

/** Whether a boat comes for what was asked; each is null where it was not asked for. */
type Comes = (boat: Boat, kind: string | null, colour: string | null) => boolean;
const BOTH: Comes = (boat, kind, colour) =>
  (kind === null || boat.kind === kind) && (colour === null || boat.colour === colour);
const hostOf =
  (comes: Comes) =>
  ({ url }: Sent) => {
    const asked = new URL(url).searchParams;
    return answer(200, { data: BOATS.filter((boat) => comes(boat, asked.get('kind'), asked.get('colour'))) });
  };

test.each<[what: string, comes: Comes, gives: string]>([
  ['takes both', BOTH, 'passed'],
  [
    'takes one or the other',
    (boat, kind, colour) =>
      (kind === null && colour === null) || boat.kind === kind || boat.colour === colour,
    'forgets-one',
  ],
  [
    'takes the first one only',
    (boat, kind, colour) => BOTH(boat, kind, kind === null ? colour : null),
    'forgets-one',
  ],
  [
    'takes the last one only',
    (boat, kind, colour) => BOTH(boat, colour === null ? kind : null, colour),
    'forgets-one',
  ],
  [
    'finds nothing with both',
    (boat, kind, colour) => (kind === null || colour === null) && BOTH(boat, kind, colour),
    'loses',
  ],
  ['ignores one of them anyway', (boat, kind) => BOTH(boat, kind, null), 'inconclusive'],
])('a host that %s', async (_, comes, gives) => {
  const of = { paths: PATHS(), operation: 'GET /boats', host: hostOf(comes) };
  expect((await checkOn(filterNarrows, of)).gives).toBe(gives);
});

test('a filter that is said not to go with others is not tried beside one', async () => {
  const of = { operation: 'GET /boats', host: hostOf(BOTH) };
  const found = await checkOn(filterNarrows, { ...of, paths: PATHS('Cannot be combined with colour') });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('a full page may have lost what is on a further one', async () => {
  const host = (sent: Sent) =>
    sent.url.includes('&')
      ? answer(200, { data: [{ id: 'b9', kind: 'sail', colour: 'red' }], next: '/boats?page=2' })
      : hostOf(BOTH)(sent);
  const of = { paths: PATHS(), operation: 'GET /boats', host };
  expect((await checkOn(filterNarrows, of)).gives).toBe('inconclusive');
});

test.each([
  ...[400, 401, 404, 429, 500].map((status) => [String(status), answer(status)] as const),
  ['a body that is cut off', answer(200, '{"a"', {}, 'cut off')] as const,
])('%s shows nothing', async (_, reply) => {
  for (const part of ['?', '&']) {
    const host = (sent: Sent) => (sent.url.includes(part) ? reply : hostOf(BOTH)(sent));
    const of = { paths: PATHS(), operation: 'GET /boats', host };
    expect((await checkOn(filterNarrows, of)).gives).toBe('inconclusive');
  }
});

test('a thing that shows only one of the filters is passed over', async () => {
  const boats = [{ id: 'b0', colour: 'red' }, { id: 'b9', kind: 'hull', colour: 'grey' }, ...BOATS];
  const host = ({ url }: Sent) => {
    const asked = [...new URL(url).searchParams];
    return answer(200, {
      data: boats.filter((boat) =>
        asked.every(([name, value]) =>
          Object.entries(boat).some((one) => one[0] === name && one[1] === value),
        ),
      ),
    });
  };
  const { gives, calls } = await checkOn(filterNarrows, { paths: PATHS(), operation: 'GET /boats', host });
  expect([gives, calls]).toEqual([
    'passed',
    ['GET /boats?kind=sail', 'GET /boats?colour=red', 'GET /boats?kind=sail&colour=red'],
  ]);
});

test('a page with as many things as one may have may have lost what is on a further one', async () => {
  const full = ['b6', 'b7', 'b8', 'b9'].map((id) => ({ id, kind: 'sail', colour: 'red' }));
  const host = (sent: Sent) => (sent.url.includes('&') ? answer(200, { data: full }) : hostOf(BOTH)(sent));
  const of = { paths: PATHS(), operation: 'GET /boats', host };
  expect((await checkOn(filterNarrows, of)).gives).toBe('inconclusive');
});

test.each([
  ['things that cannot be distinguished', { data: [...BOATS, BOATS[0] ?? null] }],
  ['what is no list', { name: 'Anna' }],
])('of %s nothing is asked', async (_, body) => {
  const of = { paths: PATHS(), operation: 'GET /boats', host: () => answer(200, body) };
  expect(await checkOn(filterNarrows, of)).toMatchObject({ gives: 'not-applicable', calls: [] });
});
