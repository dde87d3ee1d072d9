import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { challenge } from './challenge.js';

const PATHS = `
/things: { get: {} }
/open: { get: { security: [] } }
/either: { get: { security: [{}, { bearer: [] }] } }
`;
const without = (reply: Answer | NoAnswer) => (sent: Sent) =>
  sent.token === 'none' ? reply : answer(200, []);

test.each<[what: string, reply: Answer | NoAnswer, gives: string]>([
  ['says how', answer(401, {}, { 'www-authenticate': 'Bearer realm="shop"' }), 'passed'],
  ['does not say how', answer(401, {}), 'no-challenge'],
  ['says nothing', answer(401, {}, { 'www-authenticate': ' ' }), 'no-challenge'],
  ['refuses and breaks off', answer(401, '{"a"', {}, 'cut off'), 'no-challenge'],
  ['lets everybody in', answer(200, []), 'inconclusive'],
  ['does not answer', silence('ECONNRESET'), 'inconclusive'],
  ...[302, 400, 403, 404, 429, 500].map((status): [string, Answer, string] => [
    `answers ${status}`,
    answer(status),
    'inconclusive',
  ]),
])('a host that %s', async (_, reply, gives) => {
  const found = await checkOn(challenge, { paths: PATHS, operation: 'GET /things', host: without(reply) });
  expect(found).toMatchObject({ gives, calls: ['GET /things'] });
});

test.each(['GET /open', 'GET /either'])('%s can be asked without credentials', async (operation) => {
  const found = await checkOn(challenge, { paths: PATHS, operation, host: without(answer(401)) });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('asks nothing where it was asked without credentials', async () => {
  const host = without(answer(401));
  const found = await checkOn(challenge, { paths: PATHS, operation: 'GET /things', token: 'none', host });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test('applies only where credentials are sent', async () => {
  const paths = '/things: { get: { security: [{ bearer: [] }] } }';
  const found = await checkOn(challenge, {
    paths,
    operation: 'GET /things',
    secured: false,
    host: () => answer(200, []),
  });
  expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
});
