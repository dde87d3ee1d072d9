import { expect, test } from 'vitest';
import { resultOn } from '../testing/checks.js';
import type { Answer, NoAnswer } from '../targets/reply.js';
import { answer, silence } from '../testing/host.js';
import { stillWorks } from './still-works.js';

test.each<[what: string, then: Answer | NoAnswer, works: boolean]>([
  ['as before', answer(200, [1]), true],
  ['with another status', answer(201, []), false],
  ['with an error', answer(503), false],
  ['with a part of a body', answer(200, '[', {}, 'cut off'), false],
  ['not at all', silence('ECONNRESET'), false],
])('what is answered %s when it is asked once more', async (_, then, works) => {
  let asked = 0;
  const { result, calls } = await resultOn(
    function* (subject) {
      yield subject.request.same('as before');
      return yield* stillWorks(subject);
    },
    {
      ...{ paths: '/things: { get: {} }', operation: 'GET /things' },
      host: () => {
        asked += 1;
        return asked > 2 ? then : answer(200, []);
      },
    },
  );
  expect(result).toBe(works);
  // What came before may have changed since.
  expect(calls).toEqual(['GET /things', 'GET /things']);
});
