import { expect, test } from 'vitest';
import type { Json } from '../json.js';
import { idNames } from '../probe/id-names.js';
import { resourceIn } from './resource.js';

const BY_ID = idNames('boat_id', 'boats');

/** The member that a thing is wrapped in, and its ids; undefined where there is none. */
const found = (value: Json | undefined, names = BY_ID, collection: string | undefined = 'boats') => {
  const resource = resourceIn(value, names, collection);
  return resource && [resource.wrapper, ...resource.ids.map(({ member, id }) => `${member}=${id}`)];
};

test.each<[value: Json | undefined, thing: ReturnType<typeof found>]>([
  [{ id: 'k1' }, [undefined, 'id=k1']],
  [{ id: 7 }, [undefined, 'id=7']],
  // What is called like the parameter is surer than an id.
  [{ id: 7, boatId: 'k1' }, [undefined, 'boatId=k1', 'id=7']],
  [{ ID: 7 }, [undefined, 'ID=7']],
  [{ id: { value: 7 } }, undefined],
  [{ name: 'Gull' }, undefined],
  [{ data: { id: 'k1' } }, ['data', 'id=k1']],
  [{ Resource: { id: 'k1' } }, ['Resource', 'id=k1']],
  [{ boat: { id: 'k1' } }, ['boat', 'id=k1']],
  [{ boats: { id: 'k1' } }, ['boats', 'id=k1']],
  [{ tray: { id: 'k1' } }, undefined],
  [{ data: [{ id: 'k1' }] }, undefined],
  [{ data: { name: 'Gull' }, item: { id: 'k1' } }, ['item', 'id=k1']],
  // What stands at the top is not taken for what is inside.
  [{ id: 'k1', data: { id: 'k2' } }, [undefined, 'id=k1']],
  [[{ id: 'k1' }], undefined],
  ['k1', undefined],
  [undefined, undefined],
])('the thing in %j is %j', (value, thing) => {
  expect(found(value)).toEqual(thing);
});

test('a thing that is read by another property has its id under that name only', () => {
  const byName = idNames('name', 'boats');
  expect(found({ id: 'k1', name: 'gull' }, byName)).toEqual([undefined, 'name=gull']);
  expect(found({ id: 'k1' }, byName)).toBeUndefined();
});

test('without a collection only what is usual is a wrapper', () => {
  expect(resourceIn({ boat: { id: 'k1' } }, BY_ID, undefined)).toBeUndefined();
  expect(resourceIn({ node: { id: 'k1' } }, BY_ID, undefined)).toEqual({
    ...{ members: { id: 'k1' }, wrapper: 'node' },
    ids: [{ member: 'id', id: 'k1' }],
  });
});
