import { expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { realWrites } from './creations.js';
import { samplesOf, type SamplesFile } from './samples.js';

/** Which operation removes what a POST creates, and where the parts of its path come from. */
function removalIn(paths: string, post: string, samples: SamplesFile = {}): string | undefined {
  const write = realWrites(contractOf(paths).operations, samplesOf(samples)).get(post);
  if (!write?.removal) return undefined;
  const { remover, id, others } = write.removal;
  const parts = [...others].map(([name, from]) => {
    if (from.of === 'creation') return `${name} of ${from.parameter}`;
    return from.of === 'made' ? `${name} by ${from.by.id}` : `${name} of the answer`;
  });
  return [remover.id, `{${id}}`, ...parts].join('; ');
}

const SHOPS = '/shops: { post: {} }\n/shops/{shop_id}: { delete: {} }\n';

test.each<[post: string, remover: string | undefined, paths: string]>([
  ['/things', '/things/{id}', ''],
  ['/things/', '/things/{id}/', ''],
  ['/things', '/things/{id}/', ''],
  ['/things/', '/things/{id}', ''],
  ['/v1/things', '/v1/things/{thingId}', ''],
  ['/v1/things', '/v1/things/{anything}', ''],
  ['/things/create', '/things/{id}', ''],
  ['/things/_create/', '/things/{id}/', ''],
  ['/shops/{shop_id}/parts', '/shops/{shop_id}/parts/{id}', SHOPS],
  ['/shops/{shop_id}/parts/', '/shops/{id}/parts/{part}', SHOPS],
  ['/shops/{shop_id}/parts', '/parts/{part_id}', SHOPS],
  ['/things', '/others/{id}', ''],
  ['/things', '/things', ''],
  ['/things', '/things/{id}/parts', ''],
  ['/things', '/things/{id}.json', ''],
])('POST %s by DELETE %s', (post, remover, others) => {
  const found = removalIn(
    `${others}${post}: { post: {} }\n${remover === post ? '/x: {}' : `${remover}: { delete: {} }`}\n`,
    `POST ${post}`,
  );
  const isNone = ['/others/{id}', '/things', '/things/{id}/parts', '/things/{id}.json'].includes(
    remover ?? '',
  );
  expect(found?.split(';')[0]).toBe(isNone ? undefined : `DELETE ${remover}`);
});

test.each<[what: string, paths: string, post: string, samples: SamplesFile, removal: string | undefined]>([
  [
    'a parent is in the path of the creation, by whatever name',
    `${SHOPS}/shops/{shop_id}/parts: { post: {} }\n/shops/{id}/parts/{part}: { delete: {} }\n`,
    'POST /shops/{shop_id}/parts',
    {},
    'DELETE /shops/{id}/parts/{part}; {part}; id of shop_id',
  ],
  [
    'an id has two parts, which the answer gives',
    '/things: { post: {} }\n/things/{tenant}/{key}: { delete: {} }\n',
    'POST /things',
    {},
    'DELETE /things/{tenant}/{key}; {key}; tenant of the answer',
  ],
  [
    'the parent was created by another operation',
    `/parts: { post: {} }\n/shops/{shop_id}/parts/{id}: { delete: {} }\n${SHOPS}`,
    'POST /parts',
    { operations: { 'POST /parts': { removedBy: 'DELETE /shops/{shop_id}/parts/{id}' } } },
    'DELETE /shops/{shop_id}/parts/{id}; {id}; shop_id by POST /shops',
  ],
  [
    'the samples name another method',
    '/things: { post: {} }\n/things/{id}/cancel: { post: {} }\n',
    'POST /things',
    { operations: { 'POST /things': { removedBy: 'POST /things/{id}/cancel' } } },
    'POST /things/{id}/cancel; {id}',
  ],
  [
    'not by what is safe',
    '/things: { post: {} }\n/things/{id}/close: { get: {} }\n',
    'POST /things',
    { operations: { 'POST /things': { removedBy: 'GET /things/{id}/close' } } },
    undefined,
  ],
  [
    'not by what names nothing',
    '/things: { post: {}, delete: {} }\n',
    'POST /things',
    { operations: { 'POST /things': { removedBy: 'DELETE /things' } } },
    undefined,
  ],
  [
    'not where the id is that of something else',
    `/things: { post: {} }\n/things/{id}: { delete: {} }\n${SHOPS}`,
    'POST /things',
    { operations: { 'DELETE /things/{id}': { path: { id: { from: 'POST /shops' } } } } },
    undefined,
  ],
])('%s', (_, paths, post, samples, removal) => {
  expect(removalIn(paths, post, samples)).toBe(removal);
});

test('what nobody can remove is created only where the samples let it stay', () => {
  const writes = (samples: SamplesFile) => [
    ...realWrites(
      contractOf(
        '/orders: { post: {} }\n/orders/{order_id}: { put: {} }\n/orders/{order_id}/notes: { post: {} }\n',
      ).operations,
      samplesOf(samples),
    ).keys(),
  ];
  expect(writes({})).toEqual([]);
  expect(writes({ operations: { 'POST /orders': { leaves: true } } })).toEqual([
    'POST /orders',
    'PUT /orders/{order_id}',
  ]);
});
