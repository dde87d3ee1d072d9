import { expect, test } from 'vitest';
import type { Need } from './consumer.js';
import { hitsOf, needsIn } from './needs.js';

const NEEDS: Need[] = [
  { operation: 'POST /search', loss: 'workaround', instead: 'GET /list' },
  { operation: 'POST /find', loss: 'workaround', instead: 'GET /list' },
  { operation: 'GET /names', loss: 'degrades' },
];
const needs = needsIn([
  { consumer: 'till', application: 'Till', name: 'Sell', needs: NEEDS, critical: true },
]);
const losses = (operation: string, down: readonly string[]) =>
  hitsOf(operation, needs, (id) => down.includes(id)).map(({ loss }) => loss);

test('without one operation a feature loses what its file says', () => {
  expect(losses('POST /search', [])).toEqual(['workaround']);
  expect(losses('GET /list', [])).toEqual(['reserve']);
  expect(losses('GET /names', ['POST /search', 'GET /list'])).toEqual(['degrades']);
  expect(losses('GET /other', [])).toEqual([]);
});

test('a feature stops where an operation and its workaround are both down, whichever of them is looked at', () => {
  expect(losses('POST /search', ['GET /list'])).toEqual(['stops']);
  expect(losses('GET /list', ['POST /find'])).toEqual(['stops']);
  expect(losses('POST /search', ['POST /find'])).toEqual(['workaround']);
});
