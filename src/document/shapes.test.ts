import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { Type } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.js';
import { prepareShapes, validatorOf } from './shapes.js';

const Boat = Type.Object({ masts: Type.Integer({ minimum: 1 }) }, { additionalProperties: false });
const Oar = Type.Object({ length: Type.Number() });

test('what the build compiles says of a value what is compiled now', async () => {
  await using folder = await temporaryFolder();
  const [[name, text] = ['', '']] = await prepareShapes([Boat]);
  const file = join(folder.path, basename(name));
  await writeFile(file, text);
  const prepared: unknown = createRequire(import.meta.url)(file);
  if (typeof prepared !== 'function') throw new Error('it is no validator');

  const compiled = validatorOf(Boat);
  for (const value of [{ masts: 2 }, { masts: 0, sails: 3 }, {}, null, 'boat']) {
    expect(Reflect.apply(prepared, undefined, [value])).toBe(compiled(value));
    expect(Reflect.get(prepared, 'errors')).toEqual(compiled.errors);
  }
});

test('each shape has a file of its own, which is another one when the shape is', async () => {
  const names = async (shape: Parameters<typeof validatorOf>[0]) => [
    ...(await prepareShapes([shape])).keys(),
  ];
  expect(await names(Boat)).toEqual(
    await names(Type.Object({ ...Boat.properties }, { additionalProperties: false })),
  );
  expect(await names(Boat)).not.toEqual(await names(Type.Object({ ...Boat.properties })));
  expect([...(await prepareShapes([Boat, Oar])).keys()]).toHaveLength(2);
});
