import { writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { consumerOf, fileOf } from '../testing/consumer.js';
import { temporaryFolder } from '../testing/folder.js';
import { contractOf } from '../testing/host.js';
import { readConsumers, type Consumer } from './consumer.js';
import { featuresIn } from './features.js';
import { needsOf } from './needs.js';
import { operationsMissing, withOrphans } from './orphans.js';
import { featureState } from './state.js';

const contract = contractOf('/things/: { get: {} }');

async function faultsOf(consumer: Consumer): Promise<string[]> {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'consumers'));
  await writeFile(join(folder.path, 'consumers/till.yaml'), fileOf(consumer));
  const consumers = await readConsumers(folder.path);
  return consumers.flatMap((one) => operationsMissing(one, contract)).map(({ message }) => message);
}

test('an operation that the contract does not have is reported, wherever it is named', async () => {
  const till = consumerOf('till', { Selling: ['GET /things/'], Filing: ['GET /files/'] });
  expect(await faultsOf(till)).toEqual(['the contract has no operation “GET /files/”']);
  const [selling] = till.features;
  if (!selling) throw new Error('no feature');
  const features = [
    {
      ...selling,
      operations: [{ operation: 'GET /things/', loss: 'stops' as const, instead: 'GET /others/' }],
    },
  ];
  const scenarios = [{ id: '1', name: 'a sale', needs: ['GET /things/', ['GET /sales/', 'GET /things/']] }];
  expect(await faultsOf({ ...till, features, readiness: { ready: 100, mostly: 50, scenarios } })).toEqual([
    'the contract has no operation “GET /others/”',
    'the contract has no operation “GET /sales/”',
  ]);
});

test('what the contract does not have is no failing of the API, whatever an older run shows of it', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'consumers'));
  const till = consumerOf('till', { Selling: ['GET /things/', 'GET /thing/'] });
  await writeFile(join(folder.path, 'consumers/till.yaml'), fileOf(till));
  const consumers = withOrphans(await readConsumers(folder.path), contract);
  const [selling] = featuresIn(consumers);
  expect(selling?.needs).toEqual([
    { operation: 'GET /things/', loss: 'stops' },
    { operation: 'GET /thing/', loss: 'stops', orphan: { nearest: 'GET /things/' } },
  ]);
  expect([...needsOf(consumers).keys()]).toEqual(['GET /things/']);
  const evidence = (operation: string) => (operation === 'GET /things/' ? 'works' : 'fails');
  expect(selling && featureState(selling, evidence)).toBe('not proven');
});
