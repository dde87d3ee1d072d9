import { expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { BOATS } from '../testing/keeper.js';
import { largestBody } from './largest-body.js';

const contract = contractOf(BOATS);
const creation = contract.operations.find(({ id }) => id === 'POST /boats');

test('texts are as long and numbers as large as the contract allows', () => {
  if (!creation) throw new Error('there is no such operation');
  const body = { name: 'Gull', length: 9, call: '555-0142' };
  expect(largestBody(creation, body, contract, () => true)).toEqual({
    ...body,
    name: 'Gull'.padEnd(60, 'x'),
    length: 90,
  });
  expect(largestBody(creation, body, contract, () => false)).toBeUndefined();
  expect(largestBody(creation, { call: '555-0142' }, contract, () => true)).toBeUndefined();
});
