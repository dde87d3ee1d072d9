import type { Contract } from '../contract/contract.js';
import { consumerText } from './consumer-file.js';
import type { NewFile } from './contract-copy.js';
import type { Found } from './found.js';
import { samplesText } from './samples-file.js';
import type { Settled } from './settle.js';
import { targetsText } from './targets-file.js';

/** The files that are beside the contract in a new spec folder. */
export function filesBeside(contract: Contract, found: Found, settled: Settled): NewFile[] {
  return [
    { name: 'targets.yaml', text: targetsText(contract, found, settled) },
    { name: 'samples.yaml', text: samplesText(contract, found, settled) },
    // Without a host there is nothing whose runs could prove that a consumer can be deployed.
    ...(settled.live
      ? [
          {
            name: `consumers/${settled.consumer.file}.yaml`,
            text: consumerText(contract, found, settled.consumer, settled.live),
          },
        ]
      : []),
  ];
}
