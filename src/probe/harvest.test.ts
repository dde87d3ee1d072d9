import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import { harvest, harvestIds, idOf } from './harvest.js';
import { idNames } from './id-names.js';

/** What the things of a collection give for a parameter, each with what gave it. */
function given(parameter: string, collection: string, body: Json): string[] {
  const { isList, items } = harvest(body, collection);
  const names = idNames(parameter, collection);
  return isList ? items.flatMap((item) => idOf(item, names) ?? []).map(({ id, by }) => `${id} by ${by}`) : [];
}

describe('the things of an answer', () => {
  test.each<[what: string, body: Json, ids: string[]]>([
    ['are in an array', [{ id: 'a' }, { id: 7 }], ['a', '7']],
    ['are in a member', { total: 1, items: [{ id: 'a' }] }, ['a']],
    [
      'are in a member that is called like the collection',
      { tags: [{ id: 'x' }], zones: [{ id: 'a' }] },
      ['a'],
    ],
    ['are in a member of a member', { _embedded: { zones: [{ id: 'a' }] } }, ['a']],
    ['are in a member of another name', { zonesOfTheCaller: [{ id: 'a' }] }, ['a']],
    ['are plain texts', ['a', 'b'], ['a', 'b']],
    ['are plain texts in a member', { zones: ['a', 'b'] }, ['a', 'b']],
    ['are wrapped', { entry: [{ fullUrl: 'urn:x', resource: { id: 'a' } }] }, ['a']],
    [
      'are behind the links of a Bundle',
      { link: [{ relation: 'self', id: 'x' }], entry: [{ resource: { id: 'a' } }] },
      ['a'],
    ],
    ['are none of the links where there are none', { link: [{ id: 'x' }], entry: [] }, []],
    ['are none of the links where nothing else is there', { links: [{ id: 'x' }] }, []],
    [
      'are not what a search has added',
      {
        entry: [
          { search: { mode: 'include' }, resource: { id: 'x' } },
          { search: { mode: 'match' }, resource: { id: 'a' } },
        ],
      },
      ['a'],
    ],
    ['have the ids of no other things', [{ owner: { id: 'x' }, name: 'First' }], []],
    ['are not the words of one thing', { name: 'First', colours: ['red'] }, []],
  ])('%s', (_, body, ids) => {
    expect(harvestIds(harvest(body, 'zones'))).toEqual(ids);
  });
});

describe('what a thing gives for a parameter', () => {
  const zone = { id: 'z1', zone_id: 'z2', name: 'first', zone_name: 'second' };
  test.each<[parameter: string, item: Json, expected: string[]]>([
    ['zone_id', zone, ['z2 by name']],
    ['zoneId', zone, ['z2 by name']],
    ['id', zone, ['z1 by id']],
    ['zone', { id: 'z1' }, ['z1 by id']],
    ['zone_id', { id: 'z1' }, ['z1 by id']],
    ['name', zone, ['first by name']],
    ['zone_name', zone, ['second by name']],
    ['zoneName', { id: 'z1', name: 'first' }, ['first by name']],
    // What is called by another property is not called by its id.
    ['name', { id: 'z1' }, []],
    ['zoneName', { id: 'z1' }, []],
    ['hostName', { id: 'z1' }, []],
    ['name', 'first', ['first by text']],
  ])('%s of %j', (parameter, item, expected) => {
    expect(given(parameter, 'zones', [item])).toEqual(expected);
  });
});

describe('what an answer holds that is no id', () => {
  test.each<[what: string, id: Json]>([
    ['an object', { id: 'x' }],
    ['an array', ['x']],
    ['null', null],
    ['a truth value', true],
    ['a number that has lost digits', 2 ** 53 + 2],
    ['a negative number', -1],
    ['a fraction', 1.5],
    ['an empty text', ''],
    ['a step up', '..'],
    ['a path', '/a/b'],
    ['a query', '?a'],
    ['several ids', 'a,b'],
    ['all ids', '*'],
    ['a control character', 'a\nb'],
    ['a long text', 'a'.repeat(201)],
  ])('%s', (_, id) => {
    expect(given('id', 'zones', [{ id }, { id: 'good' }])).toEqual(['good by id']);
  });

  test('names that every object has', () => {
    const body = JSON.parse('[{ "__proto__": { "id": "x" } }, { "name": "y" }]') as Json;
    for (const name of ['id', '__proto__', 'constructor', 'toString'])
      expect(given(name, 'zones', body)).toEqual([]);
    expect(given('__proto__', 'zones', JSON.parse('[{ "__proto__": "own" }]') as Json)).toEqual([
      'own by name',
    ]);
  });

  test('more things than are looked at', () => {
    const many = Array.from({ length: 200_000 }, (_, index) => ({ id: index }));
    expect(given('id', 'zones', many)).toHaveLength(100);
  });

  test('things that are nested without end', () => {
    let body: Json = [{ id: 'x' }];
    for (let depth = 0; depth < 400; depth++) body = { data: body };
    expect(given('id', 'zones', body)).toEqual([]);
  });
});
