import { expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn, resultOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { requiredParameter } from './required-parameter.js';

const pathsOf = (...parameters: string[]) => `/things: { get: { parameters: [${parameters.join(', ')}] } }`;
const SHOP = '{ name: shop, in: query, required: true, schema: { type: string } }';
const YEAR = '{ name: year, in: query, required: true, schema: { type: integer } }';

const on = (
  host: (sent: Sent) => Answer | NoAnswer,
  paths = pathsOf(SHOP),
  path = '/things?shop=a&limit=2',
) => checkOn(requiredParameter, { paths, operation: 'GET /things', path, host });
const without = (came: Answer | NoAnswer) =>
  on(({ path }) => (path.includes('shop=') ? answer(200, []) : came));

test.each<[what: string, came: Answer | NoAnswer, gives: string]>([
  ['refuses', answer(400), 'passed'],
  ['cannot process it', answer(422), 'passed'],
  ['answers all the same', answer(200, []), 'taken'],
  ['answers nothing', answer(204), 'taken'],
  ['wants credentials', answer(401), 'inconclusive'],
  ['forbids', answer(403), 'inconclusive'],
  ['finds nothing', answer(404), 'inconclusive'],
  ['is asked too often', answer(429), 'inconclusive'],
  ['fails', answer(500), 'inconclusive'],
  ['is silent', silence('ECONNRESET'), 'inconclusive'],
])('a host that %s', async (_, came, gives) => {
  expect((await without(came)).gives).toBe(gives);
});

test('leaves out one at a time', async () => {
  const found = await on(
    ({ path }) => answer(path.includes('year=') ? 200 : 400, []),
    pathsOf(SHOP, YEAR),
    '/things?shop=a&year=7',
  );
  expect(found).toMatchObject({
    gives: 'taken',
    calls: ['GET /things?year=7', 'GET /things?shop=a'],
    messages: [expect.stringContaining('the parameter shop')],
  });
});

test.each([
  ['it has a default', pathsOf('{ name: shop, in: query, required: true, schema: { default: a } }')],
  [
    'its description says what stands in for it',
    pathsOf('{ name: shop, in: query, required: true, description: By default your own., schema: {} }'),
  ],
  ['it is not required', pathsOf('{ name: shop, in: query, schema: {} }')],
  ['it is not in the query', pathsOf('{ name: shop, in: header, required: true, schema: {} }')],
  ['it was not sent', pathsOf(YEAR)],
])('does not apply where %s', async (_, paths) => {
  expect(await on(() => answer(200, []), paths)).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each<[what: string, place: 'query' | 'header', parameter: string, calls: string[]]>([
  ['is one of its credentials', 'query', 'shop', []],
  ['is called like one in a header', 'header', 'shop', ['GET /things']],
  ['is beside one in the query', 'query', 'key', ['GET /things']],
])('a parameter that %s', async (_, place, parameter, calls) => {
  const key = { name: 'key', type: 'apiKey' as const, in: place, parameter };
  const bearer = { name: 'bearer', type: 'http' as const, scheme: 'bearer' };
  const found = await resultOn(
    ({ operation, ...subject }) =>
      requiredParameter.run({ ...subject, operation: { ...operation, security: [[bearer, key]] } }),
    {
      ...{ paths: pathsOf(SHOP), operation: 'GET /things', path: '/things?shop=a' },
      host: ({ path }) => (path.includes('shop=') ? answer(200, []) : answer(400)),
    },
  );
  expect(found.calls).toEqual(calls);
});

test('of many parameters only two are left out', async () => {
  const town = '{ name: town, in: query, required: true, schema: { type: string } }';
  const host = ({ path }: Sent) => (path === '/things?shop=a&year=7&town=b' ? answer(200, []) : answer(400));
  const { gives, calls } = await on(host, pathsOf(SHOP, YEAR, town), '/things?shop=a&year=7&town=b');
  expect([gives, calls.length]).toEqual(['passed', 2]);
});
