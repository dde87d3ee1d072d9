import { describe, expect, test } from 'vitest';
import { asText, type JsonObject } from '../json.js';
import { contractOf } from '../testing/host.js';
import { validBodies } from './valid-bodies.js';

function bodiesOf(schema: string, body: JsonObject, example = '') {
  const contract = contractOf(`
/boats:
  post: { requestBody: { content: { application/json: { schema: ${schema}${example} } } } }`);
  const [operation] = contract.operations;
  const pointer = operation?.body?.content['application/json']?.schemaPointer;
  if (!operation || pointer === undefined) throw new Error('there is no such operation');
  const allows = (one: JsonObject) => {
    const checked = contract.validators.request.check(pointer, one);
    return checked.kind === 'checked' && checked.violations.length === 0;
  };
  return validBodies(operation, body, contract, { allows, kept: ['Conform'] });
}

const SCHEMA = `{ type: object, required: [name], properties: {
    name: { type: string, minLength: 2, maxLength: 20 }, colour: { type: string, enum: [red, blue, green] },
    status: { type: string, enum: [new, sold] }, length: { type: integer, minimum: 1, maximum: 90 },
    mark: { type: string, minLength: 2, maxLength: 6 }, home: { type: object, properties: { berth: { type: integer, maximum: 8 } } } } }`;
const BODY = { name: 'Conform ab', colour: 'red', status: 'new', length: 9, mark: 'Auk', home: { berth: 4 } };

test('each body differs from the plain one in one member, and the contract allows it', () => {
  expect(
    bodiesOf(SCHEMA, BODY).map(({ how, path, body }) => [
      how,
      path.join('.'),
      Object.values(body).map(asText).join(' '),
    ]),
  ).toEqual([
    ['enum', 'colour', 'Conform ab blue new 9 Auk {"berth":4}'],
    ['enum', 'colour', 'Conform ab green new 9 Auk {"berth":4}'],
    ['left-out', 'colour', 'Conform ab new 9 Auk {"berth":4}'],
    ['left-out', 'status', 'Conform ab red 9 Auk {"berth":4}'],
    ['most', 'name', 'Conform abxxxxxxxxxx red new 9 Auk {"berth":4}'],
    ['least', 'length', 'Conform ab red new 1 Auk {"berth":4}'],
    ['most', 'length', 'Conform ab red new 90 Auk {"berth":4}'],
    ['least', 'mark', 'Conform ab red new 9 Au {"berth":4}'],
  ]);
});

test('there are none of a body that the contract forbids', () => {
  expect(bodiesOf(SCHEMA, { colour: 'red' })).toEqual([]);
});

test('what a number in memory can hold at most is no bound', () => {
  const schema =
    '{ type: object, properties: { length: { type: integer, maximum: 2147483647 }, mark: { type: string, maxLength: 4000 } } }';
  expect(bodiesOf(schema, { length: 9, mark: 'Auk' }).map(({ how }) => how)).toEqual([
    'left-out',
    'left-out',
  ]);
});

describe('the example of the contract', () => {
  const exampleOf = (example: string, body: JsonObject) =>
    bodiesOf('{ type: object }', body, `, example: ${example}`)
      .filter(({ how }) => how === 'example')
      .map((one) => one.body);
  test('is sent with the name, the ids and the times of the plain body', () => {
    expect(
      exampleOf('{ name: Gull, boatId: b1, builtOn: 2020-01-01, length: 7 }', {
        ...{ name: 'Conform ab', boatId: 'b9', builtOn: '2026-01-01', length: 9 },
      }),
    ).toEqual([{ name: 'Conform ab', boatId: 'b9', builtOn: '2026-01-01', length: 7 }]);
  });
  test('is not sent where it names something that the plain body does not', () => {
    expect(exampleOf('{ name: Gull, boatId: b1, length: 7 }', { name: 'Conform ab', length: 9 })).toEqual([]);
    expect(exampleOf('{ name: Gull, parts: [{ a: 1 }] }', { name: 'Conform ab', length: 9 })).toEqual([]);
  });
  test('is not sent where it is the plain body', () => {
    expect(exampleOf('{ length: 9, name: Gull }', { name: 'Conform ab', length: 9 })).toEqual([]);
  });
});
