import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { foreignParent } from './foreign-parent.js';

const TRAY = { id: 8, boatId: 'b1', size: 3 };
const PATHS = `
/boats: { get: {} }
/boats/{boatId}/trays: { get: {} }
/boats/{boatId}/trays/{trayId}: { get: {} }
`;

interface Answers {
  boats?: Json;
  trays?: Json | Answer | NoAnswer;
  own?: Json;
  foreign: Answer | NoAnswer;
  more?: Partial<CheckedHost>;
}

const isReply = (one: Json | Answer | NoAnswer): one is Answer | NoAnswer =>
  one !== null && typeof one === 'object' && 'kind' in one;

function checkTray({
  boats = [{ id: 'b1' }, { id: 'b2' }],
  trays = null,
  own = TRAY,
  foreign,
  more = {},
}: Answers) {
  const listing = { operation: 'GET /boats/{boatId}/trays', path: '/boats/b1/trays' };
  return checkOn(foreignParent, {
    paths: PATHS,
    operation: 'GET /boats/{boatId}/trays/{trayId}',
    path: '/boats/b1/trays/8',
    others: [{ operation: 'GET /boats', path: '/boats' }, ...(trays === null ? [] : [listing])],
    host: ({ path }) => {
      if (path === '/boats') return answer(200, boats);
      if (path === '/boats/b1/trays/8') return answer(200, own);
      if (path === '/boats/b1/trays') return answer(200, [own]);
      if (path !== '/boats/b2/trays') return foreign;
      return isReply(trays) ? trays : answer(200, trays);
    },
    ...more,
  });
}

const UNNAMED = { id: 8, size: 3 };

test.each<[what: string, answers: Answers, gives: string]>([
  ['does not find it', { foreign: answer(404) }, 'passed'],
  ['says that it is gone', { foreign: answer(410) }, 'passed'],
  ['forbids it', { foreign: answer(403) }, 'passed'],
  ['shows it, with its own parent', { foreign: answer(200, TRAY) }, 'found-below-another'],
  ['shows it and does not list it', { trays: [], foreign: answer(200, TRAY) }, 'found-below-another'],
  [
    'shows it without a parent, and does not list it',
    { own: UNNAMED, trays: [{ id: 7 }], foreign: answer(200, UNNAMED) },
    'found-below-another',
  ],
  ['shows it without a parent', { own: UNNAMED, foreign: answer(200, UNNAMED) }, 'inconclusive'],
  [
    'lists it below both',
    { own: UNNAMED, trays: [{ id: 8 }], foreign: answer(200, UNNAMED) },
    'inconclusive',
  ],
  [
    'has a list that goes on',
    { own: UNNAMED, trays: { data: [{ id: 7 }], next: '/x' }, foreign: answer(200, UNNAMED) },
    'inconclusive',
  ],
  [
    'counts from 1 below each',
    { own: UNNAMED, trays: [{ id: 7 }], foreign: answer(200, { id: 8, size: 4 }) },
    'inconclusive',
  ],
  [
    'has another one with the same id',
    { foreign: answer(200, { ...TRAY, boatId: 'b2', size: 9 }) },
    'inconclusive',
  ],
  [
    'lists it below both, and names its parent',
    { trays: [TRAY], foreign: answer(200, TRAY) },
    'inconclusive',
  ],
  [
    'lists the ids alone, and that one',
    { own: UNNAMED, trays: [7, 8], foreign: answer(200, UNNAMED) },
    'inconclusive',
  ],
  [
    'lists the ids alone, and not that one',
    { own: UNNAMED, trays: [7], foreign: answer(200, UNNAMED) },
    'found-below-another',
  ],
  [
    'has more than it lists',
    { own: UNNAMED, trays: { data: [{ id: 7 }], total: 3 }, foreign: answer(200, UNNAMED) },
    'inconclusive',
  ],
  [
    'has as many as it lists',
    { own: UNNAMED, trays: { data: [{ id: 7 }], total: 1 }, foreign: answer(200, UNNAMED) },
    'found-below-another',
  ],
  [
    'does not list anything there',
    { own: UNNAMED, trays: answer(500, []), foreign: answer(200, UNNAMED) },
    'inconclusive',
  ],
  [
    'does not answer there with its list',
    { own: UNNAMED, trays: silence('ECONNRESET'), foreign: answer(200, UNNAMED) },
    'inconclusive',
  ],
  [
    'answers there with no list',
    { own: UNNAMED, trays: answer(200, { size: 3 }), foreign: answer(200, UNNAMED) },
    'inconclusive',
  ],
  ['leaves its parent open', { foreign: answer(200, { ...TRAY, boatId: null }) }, 'inconclusive'],
  ['shows it in an error', { foreign: answer(400, TRAY) }, 'inconclusive'],
  [
    'has a second id for it',
    { own: { ...TRAY, trayId: 'T-8' }, foreign: answer(200, { ...TRAY, trayId: 'T-8' }) },
    'found-below-another',
  ],
  [
    'lists the parents by their ids alone',
    { boats: ['b1', 'b2'], foreign: answer(200, TRAY) },
    'found-below-another',
  ],
  [
    'lists another one that cannot be in a path',
    { boats: ['b1', 'b/2'], foreign: answer(200, TRAY) },
    'not-applicable',
  ],
  ['shows another one', { foreign: answer(200, { id: 9, boatId: 'b2' }) }, 'inconclusive'],
  ['knows no other parent', { boats: [{ id: 'b1' }], foreign: answer(200, TRAY) }, 'not-applicable'],
  [
    'lists the parent under another id',
    { boats: [{ id: 'x1' }, { id: 'x2' }], foreign: answer(200, TRAY) },
    'not-applicable',
  ],
  ['shows no id', { own: { size: 3 }, foreign: answer(200, { size: 3 }) }, 'not-applicable'],
  ...[400, 401, 429, 500].map((status): [string, Answers, string] => [
    `answers ${status}`,
    { foreign: answer(status) },
    'inconclusive',
  ]),
  ['breaks off', { foreign: answer(200, '{"a"', {}, 'cut off') }, 'inconclusive'],
  [
    'breaks off as it says that it is not there',
    { foreign: answer(404, '{"a"', {}, 'cut off') },
    'inconclusive',
  ],
])('a host that %s', async (_, answers, gives) => {
  expect((await checkTray(answers)).gives).toBe(gives);
});

test('it is read below the other one', async () => {
  const { calls } = await checkTray({ trays: [], foreign: answer(200, TRAY) });
  expect(calls).toEqual(['GET /boats/b2/trays/8', 'GET /boats/b2/trays']);
});

test('what does not answer is said not to', async () => {
  const { gives, why } = await checkTray({ foreign: silence('ECONNRESET') });
  expect([gives, why]).toEqual(['inconclusive', 'it did not answer to the end']);
});

test('of a list of which a page may show a part, only an empty page shows that the thing is not in it', async () => {
  const limit = '{ parameters: [{ name: limit, in: query, schema: { type: integer } }] }';
  const more = { paths: PATHS.replace('trays: { get: {} }', () => `trays: { get: ${limit} }`) };
  const on = (trays: Json) => checkTray({ own: UNNAMED, trays, foreign: answer(200, UNNAMED), more });
  expect((await on([])).gives).toBe('found-below-another');
  expect((await on([{ id: 7 }])).gives).toBe('inconclusive');
});

test('ids are the same in other letters', async () => {
  const tray = { id: 'AB-8', boatId: 'B1' };
  const found = await checkOn(foreignParent, {
    ...{ paths: PATHS, operation: 'GET /boats/{boatId}/trays/{trayId}', path: '/boats/b1/trays/ab-8' },
    others: [{ operation: 'GET /boats', path: '/boats' }],
    host: ({ path }) => answer(200, path === '/boats' ? [{ id: 'b1' }, { id: 'b2' }] : tray),
  });
  expect(found.gives).toBe('found-below-another');
});

test.each([
  ['/trays/{trayId}', '/trays/8'],
  ['/boats/{boatId}/trays/latest', '/boats/b1/trays/latest'],
  ['/boats/mine/trays/{trayId}', '/boats/mine/trays/8'],
  ['/boats/{boatId}/{kind}/{trayId}', '/boats/b1/trays/8'],
  ['/{group}/{boatId}/trays/{trayId}', '/boats/b1/trays/8'],
  ['/{boatId}/trays/{trayId}', '/b1/trays/8'],
])('%s is not the path of a thing below another one', async (template, path) => {
  const host = () => answer(200, TRAY);
  const found = await checkOn(foreignParent, {
    paths: `/boats: { get: {} }\n${template}: { get: {} }`,
    ...{ operation: `GET ${template}`, path, others: [{ operation: 'GET /boats', path: '/boats' }], host },
  });
  expect(found.why).toBe('its path is not that of a thing below another one');
});

test('what is read by POST is not judged', async () => {
  const found = await checkOn(foreignParent, {
    paths: PATHS.replace('{trayId}: { get: {} }', '{trayId}: { post: { x-safe: true } }'),
    operation: 'POST /boats/{boatId}/trays/{trayId}',
    path: '/boats/b1/trays/8',
    others: [{ operation: 'GET /boats', path: '/boats' }],
    host: ({ path }) => answer(200, path === '/boats' ? [{ id: 'b1' }, { id: 'b2' }] : TRAY),
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

const onPort = ({ path }: Sent) => {
  if (path.endsWith('/crews/')) return answer(200, [{ id: 'b1' }, { id: 'c1' }]);
  if (path.endsWith('/boats/')) return answer(200, [{ id: 'b1' }, { id: 'b2' }]);
  return answer(200, path.endsWith('/trays/') ? [{ id: 7 }] : UNNAMED);
};

test('the things that have such things are those of the path, below whatever they are, and below the base', async () => {
  const port = '/ports/{portId}/boats/';
  const found = await checkOn(foreignParent, {
    paths: `
/ports/{portId}/crews/: { get: {} }
${port}: { get: {} }
${port}{boatId}/trays/: { get: {}, post: {} }
${port}{boatId}/trays/{trayId}/: { get: {} }`,
    base: 'https://api.shop.example/v1',
    operation: `GET ${port}{boatId}/trays/{trayId}/`,
    path: '/ports/p1/boats/b1/trays/8/',
    others: [
      { operation: 'GET /ports/{portId}/crews/', path: '/ports/p1/crews/' },
      { operation: `GET ${port}`, path: '/ports/p1/boats/' },
      { operation: `POST ${port}{boatId}/trays/`, path: '/ports/p1/boats/b1/trays/' },
      { operation: `GET ${port}{boatId}/trays/`, path: '/ports/p1/boats/b1/trays/' },
    ],
    host: onPort,
  });
  expect(found).toMatchObject({
    gives: 'found-below-another',
    calls: ['GET /v1/ports/p1/boats/b2/trays/8/', 'GET /v1/ports/p1/boats/b2/trays/'],
  });
});

test('such things may be below a prefix, without a slash at the end', async () => {
  const boats = '/v2/fleet/boats';
  const found = await checkOn(foreignParent, {
    paths: `${boats}: { get: {} }\n${boats}/{boatId}/trays/{trayId}: { get: {} }`,
    ...{ operation: `GET ${boats}/{boatId}/trays/{trayId}`, path: `${boats}/b1/trays/8` },
    others: [{ operation: `GET ${boats}`, path: boats }],
    host: ({ path }) => answer(200, path === boats ? [{ id: 'b1' }, { id: 'b2' }] : TRAY),
  });
  expect(found).toMatchObject({ gives: 'found-below-another', calls: [`GET ${boats}/b2/trays/8`] });
});

test.each<[what: string, boats: Json, gives: string]>([
  ['one that has no id', [{ name: 'Anna' }, { id: 'b1' }, { id: 'b2' }], 'found-below-another'],
  ['nothing at all', { name: 'Anna' }, 'not-applicable'],
])('the list of the parents may show %s', async (_, boats, gives) => {
  expect((await checkTray({ boats, foreign: answer(200, TRAY) })).gives).toBe(gives);
});
