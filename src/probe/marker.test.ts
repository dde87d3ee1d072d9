import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import { contractOf } from '../testing/host.js';
import { withMarker } from './marker.js';

const MARKER = 'Conform-Test 1f2e';

/** What becomes of a body whose members have these schemas, in YAML. */
function marked(properties: string, body: Json, rest = '') {
  const contract = contractOf(
    `/things/: { post: { requestBody: { content: { application/json: { schema: { type: object, properties: ${properties}${rest} } } } } } }`,
  );
  const [operation] = contract.operations;
  if (!operation) throw new Error('no operation');
  return withMarker(operation, body, MARKER, contract);
}

describe('the marker is in', () => {
  test.each<[string, string, Json, Json]>([
    ['a name', '{ name: { type: string } }', { name: 'x' }, { name: MARKER }],
    ['a name that was not sent', '{ name: { type: string } }', {}, { name: MARKER }],
    [
      'a name before another text',
      '{ colour: { type: string }, title: { type: string } }',
      { colour: 'x', title: 'y' },
      { colour: 'x', title: MARKER },
    ],
    ['another text', '{ colour: { type: string } }', { colour: 'x' }, { colour: MARKER }],
    [
      'a text inside',
      '{ size: { type: integer }, owner: { type: object, properties: { name: { type: string } } } }',
      { size: 1, owner: { name: 'x' } },
      { size: 1, owner: { name: MARKER } },
    ],
  ])('%s', (_, properties, body, expected) => {
    expect(marked(properties, body)).toEqual({ body: expected, marked: true });
  });
});

describe('the body is left as it is', () => {
  test.each<[string, string, Json]>([
    ['a list of values', '{ name: { type: string, enum: [x] } }', { name: 'x' }],
    ['a format', '{ name: { type: string, format: date } }', { name: '2026-02-02' }],
    ['a pattern', '{ name: { type: string, pattern: "^x$" } }', { name: 'x' }],
    ['too little room', '{ name: { type: string, maxLength: 8 } }', { name: 'x' }],
    ['a member that only the host writes', '{ name: { type: string, readOnly: true } }', { name: 'x' }],
    ['no text at all', '{ size: { type: integer } }', { size: 1 }],
    ['no object', '{ name: { type: string } }', ['x']],
  ])('where there is %s', (_, properties, body) => {
    expect(marked(properties, body)).toEqual({ body, marked: false });
  });

  test('where the contract would forbid it with the marker', () => {
    const body = { colour: 'x' };
    expect(
      marked(
        '{ colour: { type: string }, name: { type: string } }',
        body,
        ', maxProperties: 1, not: { properties: { colour: { pattern: Conform } } }',
      ),
    ).toEqual({ body, marked: false });
  });
});
