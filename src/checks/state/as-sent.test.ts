import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import { differences, isSame } from './as-sent.js';

test.each<[one: Json, other: Json, same: boolean]>([
  ['555-01 42', '5550142', true],
  ['qm47lt', 'QM4 7LT', true],
  ['2026-03-09T08:15:00Z', '2026-03-09T09:15:00.000+01:00', true],
  ['2026-03-09T08:15:00Z', '2026-03-09T08:16:00Z', false],
  [12, '12', true],
  [12, 13, false],
  [['a', 'b'], ['a', 'b'], true],
  [['a', 'b'], ['a'], false],
  [{ a: 1 }, { a: 1, b: null }, true],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  ['Gull', 'Tern', false],
  [[], '', false],
])('%j and %j', (one, other, same) => {
  expect([isSame(one, other), isSame(other, one)]).toEqual([same, same]);
});

describe('what of a sent value is not in a record', () => {
  const declared = new Set([
    'name',
    'length',
    'afloat',
    'marks',
    'home',
    'berth',
    'call',
    'rating',
    'boatState',
  ]);
  const sent: JsonObject = { name: 'Gull', length: 9, afloat: true, marks: ['a'], home: { berth: 4 } };
  test.each<
    [what: string, sent: JsonObject, record: JsonObject, before: JsonObject | undefined, found: string[]]
  >([
    ['nothing', sent, sent, undefined, []],
    ['null', sent, { ...sent, name: null }, undefined, ['lost name']],
    ['no member', sent, { ...sent, marks: null }, undefined, ['lost marks']],
    ['a truth value', sent, { ...sent, afloat: false }, undefined, ['other afloat']],
    ['a number inside', sent, { ...sent, home: { berth: 5 } }, undefined, ['other home.berth']],
    ['a number that was rounded', { rating: 4.46 }, { rating: 4.5 }, undefined, []],
    ['a text in another form', { call: '555-01 42' }, { call: '5550142' }, undefined, []],
    ['a text that is another one', { name: 'Gull' }, { name: 'Tern' }, undefined, []],
    ['a text from before', { name: 'Gull' }, { name: 'Tern' }, { name: 'Tern' }, ['old name']],
    [
      'another text than was there and sent',
      { name: 'Gull' },
      { name: 'Tern' },
      { name: 'gull' },
      ['other name'],
    ],
    [
      'a state that moves on',
      { call: 'a', boatState: 'new' },
      { call: 'a', boatState: 'seen' },
      { boatState: 'new' },
      [],
    ],
    ['what was sent as null', { name: null }, { name: 'Gull' }, undefined, []],
    ['a member that no read shows', { secret: 'x' }, {}, undefined, []],
  ])('%s', (_, value, record, before, found) => {
    expect(
      differences(value, record, declared, before).map(({ path, kind }) => `${kind} ${path.join('.')}`),
    ).toEqual(found);
  });
});
