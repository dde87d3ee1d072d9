import { expect, test } from 'vitest';
import { contractOf, converseWith, answer, type Sent } from '../../testing/host.js';
import { askingOf } from '../../testing/asking.js';
import { fillersFor } from '../ask-writes.js';
import { list } from '../created/list.js';
import { isWhole, sightInAll } from './whole-list.js';

const contract = contractOf(`
/boats:
  get: { parameters: [
    { name: count, in: query, schema: { type: integer, maximum: 10 } }, { name: page, in: query, schema: { type: integer } } ] }
  post: {}
/boats/{id}: { get: {}, delete: {} }
`);

/** Boats on pages of no more than so many, counted from 0 or 1. */
function harbour(ids: readonly string[], { from = 1, most = 10, past = 200 } = {}) {
  return ({ url }: Sent) => {
    const { searchParams } = new URL(url);
    const size = Math.min(most, Number(searchParams.get('count') ?? 1));
    const start = (Number(searchParams.get('page') ?? from) - from) * size;
    if (start > ids.length && past !== 200) return answer(past);
    return answer(
      200,
      ids
        .slice(Math.max(start, 0))
        .slice(0, size)
        .map((id) => ({ id })),
    );
  };
}

/** What is said of a boat, on such a host. */
async function sightOn(host: (sent: Sent) => ReturnType<typeof answer>, id: string) {
  const { plan, asking } = askingOf(contract, converseWith(host));
  const creation = plan.steps.find(({ operation }) => operation.method === 'POST');
  const listing = contract.operations.find(({ method, path }) => method === 'GET' && path === '/boats');
  if (!creation || !listing) throw new Error('the contract is another one');
  const request = { method: 'POST', url: 'http://host/boats', headers: {} };
  const { operation, write } = creation;
  const fillers = fillersFor(write, [], new Map(), asking);
  const came = await list({ request }, { operation, fillers, purpose: 'what is there' }, asking);
  if (came?.body === undefined) throw new Error('it did not answer with a list');
  const whole = { ...came, body: came.body };
  expect(isWhole(listing, whole, asking)).toBe(false);
  const seen = await sightInAll(id, listing, whole, asking);
  return seen && `${seen.there ? 'there' : 'not there'}${seen.whole ? ', of all' : ''}`;
}

const some = (count: number) => Array.from({ length: count }, (_, index) => `b${index}`);

test('a thing is looked for on a wide page, and its absence is only known of a list that has ended', async () => {
  for (const from of [0, 1]) {
    expect(await sightOn(harbour(some(6), { from }), 'b5')).toBe('there');
    expect(await sightOn(harbour(some(6), { from }), 'b9')).toBe('not there, of all');
    expect(await sightOn(harbour(some(9), { from, most: 3 }), 'b12')).toBeUndefined();
    expect(await sightOn(harbour(some(99), { from }), 'b100')).toBeUndefined();
    expect(await sightOn(harbour(some(6), { from, past: 404 }), 'b9')).toBe('not there, of all');
    expect(await sightOn(harbour(some(6), { from, past: 500 }), 'b9')).toBeUndefined();
  }
  // A host that ignores which page is asked for does not show its end.
  expect(
    await sightOn(
      () =>
        answer(
          200,
          some(3).map((id) => ({ id })),
        ),
      'b9',
    ),
  ).toBeUndefined();
});
