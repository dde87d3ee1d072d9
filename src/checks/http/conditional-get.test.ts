import { expect, test } from 'vitest';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { conditionalGet } from './conditional-get.js';

const WHOLE = answer(200, [], { etag: 'W/"a"' });
const on = (host: (tag: string | undefined) => Answer | NoAnswer) =>
  checkOn(conditionalGet, {
    ...{ paths: '/things: { get: {} }', operation: 'GET /things' },
    host: ({ headers }: Sent) => host(headers['if-none-match']),
  });

test.each<[what: string, same: Answer | NoAnswer, other: Answer | NoAnswer, gives: string]>([
  ['keeps it', answer(304), WHOLE, 'passed'],
  ['ignores it', WHOLE, WHOLE, 'passed'],
  ['has changed', answer(200, [1], { etag: '"b"' }), WHOLE, 'passed'],
  ['always says 304', answer(304), answer(304), 'not-modified-whatever'],
  ['fails for its own', answer(500), WHOLE, 'fails'],
  ['wants credentials', answer(401), answer(401), 'inconclusive'],
  ['finds nothing', answer(404), WHOLE, 'inconclusive'],
  ['is asked too often', answer(304), answer(429), 'inconclusive'],
  ['refuses the other one', answer(304), answer(400), 'inconclusive'],
  ['fails for the other one', answer(304), answer(500), 'inconclusive'],
  ['is silent', silence('ECONNRESET'), WHOLE, 'inconclusive'],
])('a host that %s', async (_, same, other, gives) => {
  const found = await on((tag) => (tag === undefined ? WHOLE : tag === 'W/"a"' ? same : other));
  expect(found.gives).toBe(gives);
});

test('what does not work otherwise either is not blamed', async () => {
  let asked = 0;
  expect((await on(() => ((asked += 1) <= 2 ? WHOLE : answer(503)))).gives).toBe('inconclusive');
});

test.each([{}, { etag: 'a' }, { etag: '"a", "b"' }])(
  'does not apply without an ETag: %s',
  async (headers) => {
    const found = await on(() => answer(200, [], headers));
    expect(found).toMatchObject({ gives: 'not-applicable', calls: [] });
  },
);
