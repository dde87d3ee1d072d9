import { Type } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { asKnown, unknownMembers } from './unknown.js';

const closed = { additionalProperties: false };
const Boat = Type.Object(
  {
    name: Type.String(),
    mast: Type.Optional(Type.Union([Type.Literal('none'), Type.Object({ height: Type.Number() }, closed)])),
    crew: Type.Optional(Type.Array(Type.Object({ rank: Type.String() }, closed))),
    cargo: Type.Optional(Type.Unknown()),
    berths: Type.Optional(Type.Record(Type.String(), Type.Object({ size: Type.Number() }, closed))),
    open: Type.Optional(Type.Object({ a: Type.Number() })),
  },
  closed,
);

test('a member that no form has is found at every depth, with the name that it probably stands for', () => {
  const value = {
    nme: 'Ada',
    mast: { hieght: 3 },
    crew: [{ rank: 'cook' }, { rnak: 'mate' }],
    cargo: { anything: 1 },
    berths: { first: { sise: 2 } },
    open: { b: 1 },
    quay: 4,
  };
  const unknown = unknownMembers(Boat, value);
  expect(unknown.map(({ holder, name, like }) => [[...holder, name].join('/'), like])).toEqual([
    ['nme', 'name'],
    ['mast/hieght', 'height'],
    ['crew/1/rnak', 'rank'],
    ['berths/first/sise', 'size'],
    ['quay', undefined],
  ]);
  expect(asKnown(value, unknown)).toEqual({
    name: 'Ada',
    mast: { height: 3 },
    crew: [{ rank: 'cook' }, { rank: 'mate' }],
    cargo: { anything: 1 },
    berths: { first: { size: 2 } },
    open: { b: 1 },
  });
});

test('a name that is there already is not taken to be misspelled', () => {
  expect(unknownMembers(Boat, { name: 'Ada', nmae: 'Eda' })).toMatchObject([
    { name: 'nmae', like: undefined },
  ]);
});
