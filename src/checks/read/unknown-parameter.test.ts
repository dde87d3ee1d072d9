import { expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { unknownParameter } from './unknown-parameter.js';

const PATHS = '/things: { get: {} }';
const isExtra = ({ path }: Sent) => path.includes('conformUnknown');
const on = (host: (sent: Sent) => Answer | NoAnswer) =>
  checkOn(unknownParameter, { paths: PATHS, operation: 'GET /things', path: '/things?limit=2', host });

test.each<[what: string, came: Answer | NoAnswer, gives: string]>([
  ['ignores it', answer(200, []), 'passed'],
  ['refuses it', answer(400), 'passed'],
  ['cannot process it', answer(422), 'passed'],
  ['fails', answer(500), 'fails'],
  ['wants credentials', answer(401), 'inconclusive'],
  ['finds nothing', answer(404), 'inconclusive'],
  ['is asked too often', answer(429), 'inconclusive'],
  ['leads elsewhere', answer(302), 'inconclusive'],
  ['is silent', silence('ECONNRESET'), 'inconclusive'],
])('a host that %s', async (_, came, gives) => {
  expect((await on((sent) => (isExtra(sent) ? came : answer(200, [])))).gives).toBe(gives);
});

test('keeps the query that there is', async () => {
  const { calls } = await on((sent) => (isExtra(sent) ? answer(503) : answer(200, [])));
  expect(calls).toEqual(['GET /things?limit=2&conformUnknown=1', 'GET /things?limit=2']);
});

test.each([answer(500), answer(200, '{"a"', {}, 'cut off'), silence('ECONNRESET')])(
  'a host that does not work otherwise either',
  async (other) => {
    let asked = 0;
    const found = await on((sent) =>
      isExtra(sent) ? answer(500) : (asked += 1) === 1 ? answer(200, []) : other,
    );
    expect(found.gives).toBe('inconclusive');
  },
);
