import { expect, test } from 'vitest';
import { contractOf, targetOf } from '../testing/host.js';
import { isGuarded } from './targets.js';

const [secured, open] = contractOf('/things/: { get: {}, delete: { security: [] } }').operations;

test.each<[what: string, guarded: true | string[], is: [secured: boolean, open: boolean]]>([
  ['what the contract secures', [], [true, false]],
  ['everything, where the target says so', true, [true, true]],
  ['what the target names', ['DELETE /things/'], [true, true]],
  ['nothing else', ['POST /things/'], [true, false]],
])('an operation is guarded: %s', (_, guarded, is) => {
  if (!secured || !open) throw new Error('no operations');
  const target = targetOf({ guarded });
  expect([isGuarded(secured, target), isGuarded(open, target)]).toEqual(is);
});
