import { expect, test } from 'vitest';
import type { Json } from '../json.js';
import { evaluate } from './expression.js';

const SPOKEN = {
  body: { id: 'a', list: [{ id: 7 }], 'x/y': 'b' },
  header: (name: string) => (name === 'location' ? '/things/c' : undefined),
  path: new Map([['shelf', 'd']]),
};

test.each<[expression: string, value: Json | undefined]>([
  ['$response.body#/id', 'a'],
  ['$response.body#/list/0/id', 7],
  ['$response.body#/x~1y', 'b'],
  ['$response.body#/missing', undefined],
  ['$response.body#/__proto__', undefined],
  ['$response.header.Location', '/things/c'],
  ['$response.header.other', undefined],
  ['$request.path.shelf', 'd'],
  ['$request.query.page', undefined],
  ['$statusCode', undefined],
  ['$method', undefined],
  ['T-{$response.body#/id}-{$request.path.shelf}', 'T-a-d'],
  ['T-{$response.body#/missing}', undefined],
  ['T-{$response.body#/list}', undefined],
  ['constant', undefined],
])('%s', (expression, value) => {
  expect(evaluate(expression, SPOKEN)).toEqual(value);
});
