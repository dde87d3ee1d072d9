import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { pageSize } from './page-size.js';

const PATHS = '/things: { get: { parameters: [{ name: limit, in: query, schema: { type: integer } }] } }';
const things = (length: number) => answer(200, { data: Array.from({ length }, (_, id) => ({ id })) });
const asked = ({ url }: Sent) => Number(new URL(url).searchParams.get('limit') ?? 9);

test.each<[what: string, host: (sent: Sent) => ReturnType<typeof answer>, gives: string]>([
  ['keeps to it', (sent) => things(asked(sent)), 'passed'],
  ['has less', () => things(1), 'passed'],
  ['ignores it', () => things(9), 'larger-than-asked'],
  ['refuses it', (sent) => (asked(sent) === 9 ? things(9) : answer(400)), 'inconclusive'],
])('a host that %s', async (_, host, gives) => {
  expect((await checkOn(pageSize, { paths: PATHS, operation: 'GET /things', host })).gives).toBe(gives);
});

test('applies only where the contract has such a parameter', async () => {
  const found = await checkOn(pageSize, {
    paths: '/things: { get: {} }',
    operation: 'GET /things',
    host: () => things(3),
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each<[what: string, reply: ReturnType<typeof answer>]>([
  ['an error that has things', answer(500, { data: [{}, {}, {}] })],
  ['no list', answer(200, { name: 'a' })],
])('%s is no page', async (_, reply) => {
  const host = (sent: Sent) => (asked(sent) === 9 ? things(9) : reply);
  expect((await checkOn(pageSize, { paths: PATHS, operation: 'GET /things', host })).gives).toBe(
    'inconclusive',
  );
});

test('what is no list has no size', async () => {
  const host = () => answer(200, { name: 'a' });
  const found = await checkOn(pageSize, { paths: PATHS, operation: 'GET /things', host });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});
