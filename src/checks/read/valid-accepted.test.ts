import { expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { validAccepted } from './valid-accepted.js';

const pathsOf = (...parameters: string[]) => `/things: { get: { parameters: [${parameters.join(', ')}] } }`;
const COLOUR = '{ name: colour, in: query, schema: { type: string, enum: [red, blue, dark green] } }';
const SIZES = '{ name: sizes, in: query, schema: { type: array, items: { enum: [1, 2, null] } } }';

const on = (host: (sent: Sent) => Answer | NoAnswer, paths = pathsOf(COLOUR), path = '/things?limit=2') =>
  checkOn(validAccepted, { paths, operation: 'GET /things', path, host });
const blue = (came: Answer | NoAnswer) => on(({ path }) => (path.includes('blue') ? came : answer(200, [])));

test.each<[what: string, came: Answer | NoAnswer, gives: string]>([
  ['takes it', answer(200, []), 'passed'],
  ['refuses it', answer(400), 'refused'],
  ['cannot process it', answer(422), 'refused'],
  ['fails', answer(500), 'fails'],
  ['wants credentials', answer(401), 'inconclusive'],
  ['forbids', answer(403), 'inconclusive'],
  ['finds nothing', answer(404), 'inconclusive'],
  ['is in conflict', answer(409), 'inconclusive'],
  ['is asked too often', answer(429), 'inconclusive'],
  ['is silent', silence('ECONNRESET'), 'inconclusive'],
])('a host that %s', async (_, came, gives) => {
  expect((await blue(came)).gives).toBe(gives);
});

test('asks for the values one at a time, and says which is refused', async () => {
  const found = await on(({ path }) => (path.includes('green') ? answer(400) : answer(200, [])));
  expect(found.calls).toEqual([
    'GET /things?limit=2&colour=red',
    'GET /things?limit=2&colour=blue',
    'GET /things?limit=2&colour=dark%20green',
    'GET /things?limit=2',
  ]);
  expect(found.messages).toEqual([expect.stringContaining('the value dark green of colour')]);
});

test('a parameter of which no value is taken may need another one', async () => {
  const refuses = ({ path }: Sent) => (path.includes('colour=') ? answer(400) : answer(200, []));
  expect((await on(refuses)).gives).toBe('inconclusive');
});

test('the value that was sent is known to be taken', async () => {
  const found = await on(
    ({ path }) => (path === '/things?colour=red' ? answer(200, []) : answer(400)),
    pathsOf(COLOUR),
    '/things?colour=red',
  );
  expect(found).toMatchObject({ gives: 'refused, refused' });
});

test('what does not work otherwise either is not blamed', async () => {
  let asked = 0;
  expect((await on(() => ((asked += 1) === 1 ? answer(200, []) : answer(500)))).gives).toBe('inconclusive');
});

test('asks for a few of all parameters', async () => {
  const many = `{ name: many, in: query, schema: { type: integer, enum: [${Array.from({ length: 20 }, (_, i) => i).join(', ')}] } }`;
  const { gives, calls } = await on(() => answer(200, []), pathsOf(SIZES, many), '/things');
  expect([gives, calls]).toEqual([
    'passed',
    ['sizes=1', 'many=0', 'sizes=2', ...Array.from({ length: 8 }, (_, index) => `many=${index + 1}`)].map(
      (pair) => `GET /things?${pair}`,
    ),
  ]);
});

test.each([
  ['it has no list of values', pathsOf('{ name: colour, in: query, schema: { type: string } }')],
  ['it is no parameter of the query', pathsOf('{ name: colour, in: header, schema: { enum: [red] } }')],
  ['it is an object', pathsOf('{ name: colour, in: query, style: deepObject, schema: { enum: [red] } }')],
])('does not apply where %s', async (_, paths) => {
  expect(await on(() => answer(200, []), paths)).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('does not apply to one thing: which values fit it, the contract does not say', async () => {
  const found = await checkOn(validAccepted, {
    paths: '/things/{id}: { get: { parameters: [{ name: form, in: query, schema: { enum: [a, b] } }] } }',
    ...{ operation: 'GET /things/{id}', path: '/things/7', host: () => answer(200, { id: 7 }) },
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('where the only value that is listed was sent already, there is no other one', async () => {
  const one = pathsOf('{ name: colour, in: query, schema: { type: string, enum: [red] } }');
  const found = await on(() => answer(200, []), one, '/things?colour=red');
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});
