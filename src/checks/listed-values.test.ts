import { expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { listedValues } from './listed-values.js';

/** The values that are listed for parameters, as `name=value`. */
function listed(parameters: string): string[] {
  const contract = contractOf(`/things: { get: { parameters: [${parameters}] } }`);
  const [operation] = contract.operations;
  if (!operation) throw new Error('there is no operation');
  return listedValues(operation, contract).map(({ name, value }) => `${name}=${value}`);
}

const inQuery = (name: string, schema: string, more = '') =>
  `{ name: ${name}, in: query, schema: ${schema} ${more} }`;

test('first one value of each parameter is listed, then a second one of each', () => {
  const parameters = [
    inQuery('state', '{ type: string, enum: [open, shut, lost] }'),
    inQuery('name', '{ type: string }'),
    inQuery('size', '{ type: integer, enum: [1, 2] }'),
  ];
  expect(listed(parameters.join(', '))).toEqual([
    'state=open',
    'size=1',
    'state=shut',
    'size=2',
    'state=lost',
  ]);
  expect(listed('')).toEqual([]);
});

test.each<[what: string, parameter: string, values: string[]]>([
  [
    'of a list',
    inQuery('state', '{ type: array, items: { enum: [open, shut] } }'),
    ['state=open', 'state=shut'],
  ],
  ['in a part', inQuery('state', '{ allOf: [{ enum: [open] }] }'), ['state=open']],
  ['of each kind', inQuery('state', '{ enum: [true, 7, open] }'), ['state=true', 'state=7', 'state=open']],
  ['twice', inQuery('state', "{ enum: [7, '7'] }"), ['state=7']],
  ['that cannot be written', inQuery('state', "{ enum: ['', null, [a], { a: b }] }"), []],
  ['of the path', '{ name: state, in: header, schema: { enum: [open] } }', []],
  ['of an object', inQuery('state', '{ enum: [open] }', ', style: deepObject'), []],
  [
    'in a media type',
    '{ name: state, in: query, content: { application/json: { schema: { enum: [open] } } } }',
    [],
  ],
  ['that is no list', inQuery('state', '{ enum: open }'), []],
])('what is listed %s', (_, parameter, values) => {
  expect(listed(parameter)).toEqual(values);
});
