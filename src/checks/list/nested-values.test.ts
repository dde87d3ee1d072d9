import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import { subjectOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { nestedTrials } from './nested-values.js';

/** The two values of each trial for a filter of these things. */
async function trialsOf(things: Json[], name = 'owner') {
  const { subject } = await subjectOn({
    paths: `/boats: { get: { parameters: [{ name: ${name}, in: query, schema: { type: string } }] } }`,
    ...{ operation: 'GET /boats', host: () => answer(200, { data: things }) },
  });
  return nestedTrials(subject, things).map(({ plain, other }) => [plain.value, other.value]);
}
/** Boats of these owners. */
const owned = (...owners: (JsonObject | undefined)[]): JsonObject[] =>
  owners.map((owner, id) => ({ id, ...(owner ? { owner } : {}) }));
const byName = (...names: string[]) => owned(...names.map((name) => ({ name })));

test.each<[what: string, names: string[], trials: string[][]]>([
  ['one has letters beyond ASCII', ['Anna Birch', 'Zoë Möwe'], [['Anna Birch', 'Zoë Möwe']]],
  ['the numbers are others', ['Otto 7', 'Möwe 12'], [['Otto 7', 'Möwe 12']]],
  ['one has a number more', ['Otto', 'Möwe7'], []],
  ['one has letters more', ['Otto7', 'Möwe7b'], []],
  ['one has a word more', ['Otto', 'Zoë Möwe'], []],
  ['all are of ASCII', ['Anna', 'Otto'], []],
  ['the other letters are behind a number', ['8 Crane', '7 Möwe'], []],
  ['one may be read as more than a text', ['Anna, Birch', 'Zoë, Möwe'], []],
])('two values are compared where they differ in letters only: %s', async (_, names, trials) => {
  expect(await trialsOf(byName(...names))).toEqual(trials);
});

test('things that do not have the place are passed over', async () => {
  const things = [...owned(undefined, { name: 'Zoë' }, { name: 7 }, { name: 'Otto' }), 'a text'];
  expect(await trialsOf(things)).toEqual([['Otto', 'Zoë']]);
});

test('what is elsewhere in the thing as well, or in all things, may be found by that', async () => {
  const twice = owned({ name: 'Anna', alias: 'Anna' }, { name: 'Zoë', alias: 'Zoë' });
  expect(await trialsOf(twice)).toEqual([]);
  const everywhere = [...byName('Anna'), { id: 7, owner: { name: 'Zoë' }, note: 'ask Anna' }];
  expect(await trialsOf(everywhere)).toEqual([]);
});

test('only what is called like the filter, or is in what is called so, is a place of it', async () => {
  const things = ['Anna', 'Zoë'].map((name, id) => ({ id, crew: { name } }));
  expect(await trialsOf(things)).toEqual([]);
  expect(await trialsOf(things, 'crew')).toEqual([['Anna', 'Zoë']]);
  expect(await trialsOf(things, 'name')).toEqual([['Anna', 'Zoë']]);
});

test('a value is that of its own place, whatever has a member of that name before it', async () => {
  const things = [
    { id: 1, crew: { name: 'Otto' }, owner: { name: 'Anna' } },
    { id: 2, crew: { name: 'Möwe' }, owner: { name: 'Zoë' } },
  ];
  expect(await trialsOf(things)).toEqual([['Anna', 'Zoë']]);
});

test('names come before all else, and of many places only two are tried', async () => {
  const things = owned(
    { nameplate: 'Fir', town: 'Elm', full_name: 'Anna', street: 'Oak' },
    { nameplate: 'Öre', town: 'Ähm', full_name: 'Zoë', street: 'Älv' },
  );
  expect(await trialsOf(things)).toEqual([
    ['Anna', 'Zoë'],
    ['Fir', 'Öre'],
  ]);
});
