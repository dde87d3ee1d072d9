import { expect, test } from 'vitest';
import { answer, contractOf, converseWith, exchangeOf } from '../testing/host.js';
import { askingOf } from '../testing/asking.js';
import type { Answer } from '../target/reply.js';
import { askOperations } from './ask-operations.js';
import { failuresBefore } from './flaky.js';

/** What a run makes of a read that is answered with these, one after another. */
async function askedOf(...answers: readonly Answer[]) {
  let asked = 0;
  const conversation = converseWith(() => answers[asked++] ?? answer(599));
  const { plan, asking } = askingOf(contractOf('/things: { get: {} }'), conversation);
  const [came] = await askOperations(plan.steps, asking);
  if (came?.asked !== true) throw new Error('it was not asked');
  return { statuses: [...came.before, came.exchange].map(({ status }) => status), asked };
}

test('what fails and then works is known to have failed, and to work', async () => {
  expect(await askedOf(answer(500), answer(200))).toEqual({ statuses: [500, 200], asked: 2 });
});

test('what fails twice has the first answer', async () => {
  expect(await askedOf(answer(500), answer(500))).toEqual({ statuses: [500], asked: 2 });
  expect(await askedOf(answer(500), answer(404))).toEqual({ statuses: [500], asked: 2 });
});

test.each([200, 404, 401, 429])('what is answered with %i is not asked again', async (status) => {
  expect(await askedOf(answer(status))).toEqual({ statuses: [status], asked: 1 });
});

test('failures before a success are found in what a run keeps', () => {
  const [failed, worked] = [exchangeOf({ status: 500 }), exchangeOf()];
  const cut = exchangeOf({ status: 200, failure: 'cut off' });
  expect(failuresBefore({ exchanges: [failed, worked] })).toEqual(['500']);
  expect(failuresBefore({ exchanges: [cut, worked] })).toEqual(['cut off']);
  expect(failuresBefore({ exchanges: [exchangeOf({ status: 429 }), worked] })).toEqual([]);
  expect(failuresBefore({ exchanges: [worked, failed] })).toEqual([]);
  expect(failuresBefore({ exchanges: [exchangeOf({ status: 500, role: 'control' }), worked] })).toEqual([]);
});
