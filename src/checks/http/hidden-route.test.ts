import { expect, test } from 'vitest';
import { chooseChecks, settleChoices } from '../select.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence } from '../../testing/host.js';
import { hiddenRoute } from './hidden-route.js';

type Reply = ReturnType<typeof answer> | ReturnType<typeof silence>;
const on = (routes: Record<string, Reply>, other: Reply = answer(404), paths = '') =>
  checkOn(hiddenRoute, {
    ...{ paths: `/boats: { get: {} }\n${paths}`, operation: 'GET /boats' },
    host: ({ path }) => (path === '/boats' ? answer(200, []) : (routes[path] ?? other)),
  });
const text = (body: string) => answer(200, body, { 'content-type': 'text/plain' });

test.each<[path: string, body: string]>([
  ['/.env', '# settings\nDB_PASSWORD=for-tests\n'],
  ['/.git/config', '[core]\n\trepositoryformatversion = 0\n'],
  ['/actuator/env', '{"activeProfiles":[],"propertySources":[]}'],
  ['/debug/pprof/', '<p>Types of profiles available:</p>'],
  ['/metrics', '# HELP boats_total Boats.\n# TYPE boats_total counter\nboats_total 3\n'],
  ['/openapi.json', '{"openapi":"3.0.3","info":{}}'],
  ['/phpinfo.php', '<title>PHP 8 - phpinfo()</title>'],
  ['/server-status', '<h1>Apache Server Status for localhost</h1>'],
  ['/swagger/index.html', '<div id="swagger-ui"></div>'],
])('%s that is open is found, and nothing of it is shown', async (path, body) => {
  const { gives, messages } = await on({ [path]: text(body) });
  expect([gives, ...messages]).toEqual([
    'open',
    `it answers ${path}, which the contract does not describe, to everybody who asks without credentials`,
  ]);
});

test.each<[what: string, routes: Record<string, Reply>, gives: string]>([
  ['has none of them', {}, 'passed'],
  ['guards one', { '/metrics': answer(401) }, 'passed'],
  [
    'has another thing there',
    { '/metrics': answer(200, { boats: 3 }), '/.env': text('<html>') },
    'inconclusive',
  ],
  ['sends half of one', { '/metrics': answer(200, '# HELP a b\n', {}, 'cut off') }, 'inconclusive'],
  ['fails at one', { '/metrics': answer(500) }, 'inconclusive'],
  ['is too busy', { '/metrics': answer(429) }, 'inconclusive'],
  ['does not answer one', { '/metrics': silence('ECONNRESET') }, 'inconclusive'],
])('a host that %s', async (_, routes, gives) => {
  expect((await on(routes)).gives).toBe(gives);
});

test('who answers everything is not asked any further', async () => {
  const found = await on({}, text('# HELP a b\n'));
  expect(found.gives).toBe('inconclusive');
  expect(found.calls).toHaveLength(1);
});

test('a route that the contract describes is no hidden one', async () => {
  const routes = { '/metrics': text('# HELP a b\n') };
  expect((await on(routes, answer(404), '/metrics: { get: {} }')).gives).toBe('passed');
});

test('a route that the contract describes is no hidden one below a base URL with a path either', async () => {
  const { gives } = await checkOn(hiddenRoute, {
    ...{ paths: '/boats: { get: {} }\n/metrics: { get: {} }', operation: 'GET /boats' },
    base: 'https://api.shop.example/v2',
    host: ({ path }) => (path === '/v2/metrics' ? text('# HELP a b\n') : answer(404)),
  });
  expect(gives).toBe('passed');
});

test('is asked without credentials, and reads only', async () => {
  const { sent } = await on({});
  expect(new Set(sent.map(({ method, token }) => `${method} ${token}`))).toEqual(new Set(['GET none']));
});

test('is on only where it is named itself', () => {
  const isOn = (...names: string[]) => chooseChecks(names).reads.some(({ id }) => id === hiddenRoute.id);
  expect([isOn('all'), isOn('http/*'), isOn('http/hidden-route'), isOn('all', 'http/hidden-route')]).toEqual([
    false,
    false,
    true,
    true,
  ]);
  const without = settleChoices({ on: ['http/hidden-route'] }, { off: ['http/*'] });
  expect(without.reads).toEqual([]);
});
