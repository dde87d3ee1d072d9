import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer, type Sent } from '../../testing/host.js';
import { strictHandling } from './strict-handling.js';

const PATHS = (description: string) =>
  `/boats: { get: { parameters: [{ name: Prefer, in: header, description: '${description}', schema: { type: string } }] } }`;
const FOUND = answer(200, { resourceType: 'Bundle', entry: [] });
const on = (
  host: (sent: Sent) => ReturnType<typeof answer>,
  description = 'handling=strict or handling=lenient',
) => checkOn(strictHandling, { paths: PATHS(description), operation: 'GET /boats', host });
const isUnknown = ({ url }: Sent) => url.includes('conformUnknown');

test.each<[what: string, host: (sent: Sent) => ReturnType<typeof answer>, gives: string]>([
  ['refuses it', (sent) => (isUnknown(sent) ? answer(400) : FOUND), 'passed'],
  ['takes it', () => FOUND, 'unknown-taken'],
  ['refuses all that is strict', ({ headers }) => (headers['prefer'] ? answer(400) : FOUND), 'inconclusive'],
  ...[401, 404, 429, 500].map((status): [string, (sent: Sent) => ReturnType<typeof answer>, string] => [
    `answers ${status}`,
    (sent) => (isUnknown(sent) ? answer(status) : FOUND),
    'inconclusive',
  ]),
  ['breaks off', (sent) => (isUnknown(sent) ? answer(200, '{"a"', {}, 'cut off') : FOUND), 'inconclusive'],
  ['is no FHIR', () => answer(200, { data: [] }), 'not-applicable'],
])('a search that %s', async (_, host, gives) => {
  expect((await on(host)).gives).toBe(gives);
});

test('where the contract does not speak of handling, nothing is asked', async () => {
  expect(await on(() => FOUND, 'return=minimal')).toMatchObject({ gives: 'not-applicable', calls: [] });
});

test.each([
  ['another header', PATHS('handling=strict').replace('Prefer', 'Accept-Handling'), FOUND],
  ['a parameter of the query', PATHS('handling=strict').replace('in: header', 'in: query'), FOUND],
  ['a bundle without a list', PATHS('handling=strict'), answer(200, { resourceType: 'Bundle' })],
])('%s does not show that handling can be chosen', async (_, paths, found) => {
  const of = { paths, operation: 'GET /boats', host: () => found };
  expect(await checkOn(strictHandling, of)).toMatchObject({ gives: 'not-applicable', calls: [] });
});
