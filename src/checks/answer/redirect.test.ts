import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import { redirect } from './redirect.js';

type Reply = ReturnType<typeof answer> | ReturnType<typeof silence>;
const PATHS = `
/boats: { get: {} }
/plan: { get: { responses: { '3XX': { description: elsewhere }, '200': { description: a plan } } } }
/map: { get: { responses: { '200': { description: a map } } } }
`;
const on = (first: Reply, again: Reply = first, path = '/plan', base?: string) => {
  let asked = 0;
  return checkOn(redirect, {
    ...{ paths: PATHS, operation: 'GET /boats', others: [{ operation: `GET ${path}`, path }] },
    ...(base === undefined ? {} : { base }),
    host: (sent) => {
      if (sent.path === '/boats') return answer(200, []);
      asked += 1;
      return asked === 1 ? first : again;
    },
  });
};
const to = (location: string, status = 302) => answer(status, undefined, { location });

test.each<[what: string, reply: Reply, gives: string]>([
  ['to the same host', to('/plans/7'), 'passed'],
  ['to a store of files', to('https://files.shop.example/7'), 'passed'],
  ['without TLS', to('http://api.shop.example/plans/7'), 'leaves-tls'],
  ['without TLS, to another host', to('http://files.shop.example/7', 301), 'leaves-tls'],
  ['to another host permanently', to('https://new.shop.example/plan', 301), 'moved-elsewhere'],
  ['to another path permanently', to('/v2/plan', 308), 'passed'],
  ['to nowhere', answer(302), 'passed'],
  ['to what is no address of the web', to('app://plan'), 'passed'],
  ['nothing', answer(200), 'not-applicable'],
])('a redirect %s', async (_, reply, gives) => {
  expect((await on(reply)).gives).toBe(gives);
});

const DOWN = to('http://api.shop.example/plans/7');

test.each<[what: string, again: Reply, gives: string]>([
  ['leads there again', DOWN, 'leaves-tls'],
  ...[200, 400, 401, 404, 429, 500].map((status): [string, Reply, string] => [
    `is answered ${status}`,
    answer(status),
    'inconclusive',
  ]),
  ['is not answered', silence('ECONNRESET'), 'inconclusive'],
])('one that %s when it is asked again', async (_, again, gives) => {
  expect((await on(DOWN, again)).gives).toBe(gives);
});

test('of a redirect that is not described the outcome speaks', async () => {
  expect((await on(DOWN, DOWN, '/map')).gives).toBe('not-applicable');
});

test('a host without TLS has none to leave', async () => {
  const base = 'http://api.shop.example';
  expect((await on(DOWN, DOWN, '/plan', base)).gives).toBe('passed');
});

test('nothing is followed', async () => {
  expect((await on(DOWN)).calls).toEqual(['GET /plan']);
});

test('of several that lead so the first is said, and at most four are asked again', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const found = await checkOn(redirect, {
    paths: names
      .map((name) => `/${name}: { get: { responses: { '3XX': { description: elsewhere } } } }\n`)
      .join('')
      .concat('/boats: { get: {} }\n'),
    operation: 'GET /boats',
    others: names.map((name) => ({ operation: `GET /${name}`, path: `/${name}` })),
    host: ({ path }) => (path === '/boats' ? answer(200, []) : DOWN),
  });
  expect(found.gives).toBe('leaves-tls');
  expect(found.calls.length).toBeLessThan(names.length);
  expect(found.sent.every(({ role, purpose }) => role === 'control' && purpose === 'where it leads')).toBe(
    true,
  );
});

test('one that leads elsewhere in another way when it is asked again is not blamed', async () => {
  expect((await on(DOWN, to('https://new.shop.example/plan', 301))).gives).toBe('inconclusive');
  expect((await on(DOWN, to('/plans/7'))).gives).toBe('inconclusive');
});

test('each way in which redirects are wrong is said once, with what shows it', async () => {
  const wrong = new Map([
    ['/plan', DOWN],
    ['/chart', to('https://new.shop.example/', 301)],
  ]);
  const on = (paths: string[]) =>
    checkOn(redirect, {
      paths: `${PATHS}
/chart: { get: { responses: { '3XX': { description: elsewhere } } } }
/table: { get: { responses: { '3XX': { description: elsewhere } } } }`,
      ...{ operation: 'GET /boats', times: 2 },
      others: paths.map((path) => ({ operation: `GET ${path}`, path })),
      host: ({ path }) => (path === '/boats' ? answer(200, []) : (wrong.get(path) ?? DOWN)),
    });
  const several = await on(['/plan', '/chart']);
  expect(several.gives).toBe('leaves-tls, moved-elsewhere');
  expect(several.broken.map(({ at }) => at?.seen.map(({ exchange }) => exchange.status))).toEqual([
    [302],
    [301],
  ]);
  expect(several.calls).toEqual(['GET /plan', 'GET /chart']);
  expect((await on(['/plan', '/table'])).gives).toBe('leaves-tls');
});

test('what a search by POST is answered with is not judged', async () => {
  const found = await checkOn(redirect, {
    paths: `${PATHS}\n/find: { post: { x-safe: true, responses: { '3XX': { description: elsewhere } } } }`,
    ...{ operation: 'GET /boats', others: [{ operation: 'POST /find', path: '/find' }] },
    host: ({ path }) => (path === '/boats' ? answer(200, []) : DOWN),
  });
  expect(found.gives).toBe('not-applicable');
});
