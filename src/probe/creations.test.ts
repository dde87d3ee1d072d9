import { expect, test } from 'vitest';
import { contractOf, THINGS } from '../testing/host.js';
import { realWrites } from './creations.js';
import { samplesOf, type SamplesFile } from './samples.js';

/** What can be asked for real: by operation, what creates that which it names, and what removes what it creates. */
function possible(paths: string, samples: SamplesFile = {}, mustBeSeen = false): Record<string, string> {
  const found = realWrites(contractOf(paths).operations, samplesOf(samples), mustBeSeen);
  return Object.fromEntries(
    [...found].map(([id, { creators, remover }]) => [
      id,
      `${[...creators].map(([name, { id: by }]) => `${name} by ${by}`).join(', ') || 'nothing'}; ${remover?.id ?? 'nothing to remove'}`,
    ]),
  );
}

test('what creates a thing that can be removed, and what touches such a thing', () => {
  expect(possible(THINGS)).toEqual({
    'POST /things/': 'nothing; DELETE /things/{id}/',
    'PUT /things/{id}/': 'id by POST /things/; nothing to remove',
    'DELETE /things/{id}/': 'id by POST /things/; nothing to remove',
    'POST /things/{thing_id}/notes/': 'thing_id by POST /things/; nothing to remove',
  });
});

test.each([
  ['creates what nobody can remove', '/orders/: { post: {} }'],
  ['changes what the run cannot create', '/orders/{id}/: { put: {}, patch: {} }'],
  ['removes what the run cannot create', '/orders/{id}/: { delete: {} }'],
  ['changes what nobody can remove again', '/orders/: { post: {} }\n/orders/{id}/: { put: {} }'],
  ['changes something without naming it', '/settings/: { put: {} }'],
  ['creates below what the run cannot create', '/people/{person_id}/notes/: { post: {} }'],
  [
    'names two things, of which the run can create one',
    '/orders/: { post: {} }\n/orders/{order_id}/: { delete: {} }\n/orders/{order_id}/of/{person_id}/: { put: {} }',
  ],
])('not what %s', (_, paths) => {
  const ids = Object.keys(possible(paths)).filter(
    (id) => id !== 'POST /orders/' && id !== 'DELETE /orders/{order_id}/',
  );
  expect(ids).toEqual([]);
});

test.each([
  ['nothing shows', '{ post: {} }', '{ delete: {} }', false],
  ['only an unsafe GET shows', '{ post: {} }', '{ get: { x-safe: false }, delete: {} }', false],
  ['a read shows', '{ post: {} }', '{ get: {}, delete: {} }', true],
  ['a listing shows', '{ get: {}, post: {} }', '{ delete: {} }', true],
])('where it must be seen, what %s', (_, collection, thing, isSeen) => {
  const paths = `/tags/: ${collection}\n/tags/{id}/: ${thing}\n`;
  // Without the creation nothing of the run is there to be removed.
  const all = ['POST /tags/', 'DELETE /tags/{id}/'];
  const among = (mustBeSeen: boolean) => all.filter((id) => id in possible(paths, {}, mustBeSeen));
  expect(among(true)).toEqual(isSeen ? all : []);
  expect(among(false)).toEqual(all);
});

test('where it must be seen, what goes with a thing and what may stay are as before', () => {
  const samples: SamplesFile = { operations: { 'POST /orders/': { leaves: true } } };
  expect(possible(THINGS, samples, true)).toEqual(possible(THINGS, samples));
});

test('what its samples name has to be a read, or something that can be asked for real itself', () => {
  const refers = (to: string): SamplesFile => ({
    operations: { 'POST /things/': { body: { of: { from: to } } } },
  });
  const paths = `${THINGS}/people/: { get: {} }\n`;
  expect(possible(paths, refers('GET /people/'))).toHaveProperty('POST /things/');
  expect(possible(paths, refers('POST /orders/'))).not.toHaveProperty('POST /things/');
  expect(possible(paths, refers('POST /nowhere/'))).not.toHaveProperty('POST /things/');
});

test('samples can name what removes a thing, where the paths do not tell', () => {
  const paths = '/tags/: { post: {} }\n/tags/remove/{id}/: { delete: {} }\n';
  expect(possible(paths)).toEqual({});
  expect(
    possible(paths, { operations: { 'POST /tags/': { removedBy: 'DELETE /tags/remove/{id}/' } } }),
  ).toMatchObject({ 'POST /tags/': 'nothing; DELETE /tags/remove/{id}/' });
});

test('samples can name what creates a thing, and only what can be removed counts', () => {
  const from = (id: string): SamplesFile => ({
    operations: { 'PUT /labels/{id}/': { path: { id: { from: id } } } },
  });
  const paths = `${THINGS}/labels/{id}/: { put: {} }\n`;
  expect(possible(paths, from('POST /things/'))).toMatchObject({
    'PUT /labels/{id}/': 'id by POST /things/; nothing to remove',
  });
  expect(possible(paths, from('POST /orders/'))).not.toHaveProperty('PUT /labels/{id}/');
  expect(possible(paths, from('GET /things/'))).not.toHaveProperty('PUT /labels/{id}/');
});

test('not a part of a thing that goes with it, and that nobody can remove by itself', () => {
  const paths = `${THINGS}/things/{thing_id}/notes/{note_id}/: { put: {} }\n`;
  expect(possible(paths)).toHaveProperty('POST /things/{thing_id}/notes/');
  expect(possible(paths)).not.toHaveProperty('PUT /things/{thing_id}/notes/{note_id}/');
});

test('not what is below a thing that stays', () => {
  const paths = '/shelves/: { post: {} }\n/shelves/{shelf_id}/notes/: { post: {} }\n';
  const found = possible(paths, { operations: { 'POST /shelves/': { leaves: true } } });
  expect(Object.keys(found)).toEqual(['POST /shelves/']);
});
