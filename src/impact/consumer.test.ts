import { expect, test } from 'vitest';
import { Problem, Problems } from '../problem.js';
import { consumerOf } from '../testing/consumer.js';
import { contractOf } from '../testing/host.js';
import { checkOperations, type Consumer } from './consumer.js';

const contract = contractOf('/things/: { get: {} }');
/** Each place in the file has a line of its own; a member that is not there has that of what it would stand in. */
const lineOf = (pointer: string) => (pointer.endsWith('/instead') ? 7 : pointer.length);

function faultsOf(consumer: Consumer): string[] {
  try {
    checkOperations({ ...consumer, source: { file: 'till.yaml', lineOf } }, contract);
  } catch (error) {
    if (error instanceof Problems) return error.all.map(({ message }) => message);
    if (error instanceof Problem) return [error.message];
    throw error;
  }
  return [];
}

test('an operation that the contract does not have is reported once, wherever it is named', () => {
  const till = consumerOf('till', { Selling: ['GET /things/'], Filing: ['GET /files/'] });
  expect(faultsOf(till)).toEqual(['the contract has no operation “GET /files/”']);
  const [selling] = till.features;
  if (!selling) throw new Error('no feature');
  const features = [
    {
      ...selling,
      operations: [{ operation: 'GET /things/', loss: 'stops' as const, instead: 'GET /others/' }],
    },
  ];
  const scenarios = [{ id: '1', name: 'a sale', needs: ['GET /things/', ['GET /sales/', 'GET /things/']] }];
  expect(faultsOf({ ...till, features, readiness: { ready: 100, mostly: 50, scenarios } })).toEqual([
    'the contract has no operation “GET /others/”',
    'the contract has no operation “GET /sales/”',
  ]);
});
