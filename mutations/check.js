// Holds the validator of answers against values that contracts allow, and against values that are broken at one place.
//
//   npm run test:mutations                   10,000 valid answers and 10,000 broken ones for each of six contracts
//   node mutations/check.js --count 500      so many of each
//   node mutations/check.js --seed 7         draws the same values again
//   node mutations/check.js --only TEXT      only contracts that have the text in their name
//
// What is valid is decided by Ajv as it comes, over a conversion that is not this project's (`oracle.js`). Exit codes:
// 0 no valid value is flagged, and 99.5 % of the broken ones are at their place; 1 not so; 2 wrong usage; 3 nothing
// could be tried.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { loadContract } from '../dist/src/contract/load.js';
import { systemChance } from '../dist/src/chance.js';
import { seeded } from '../dist/src/testing/egress/random.js';
import { isEnding, runScript } from '../real-hosts/closing.js';
import { Unavailable } from '../real-hosts/install.js';
import { sixContracts } from './contracts.js';
import { faultsOf, report } from './report.js';
import { tryContract } from './trial.js';

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '10000' },
      seed: { type: 'string' },
      only: { type: 'string', default: '' },
    },
  });
  const count = Number(values.count);
  if (!Number.isInteger(count) || count < 1) throw new Error('--count has to be a whole number above 0');
  const seed = values.seed === undefined ? parseInt(systemChance(4), 16) | 0 : Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error('--seed has to be a whole number');
  return { count, seed, only: values.only };
}

/** @param {{ count: number, seed: number, only: string }} options @returns {Promise<number>} the exit code */
async function main({ count, seed, only }) {
  const tried = [];
  try {
    for await (const { name, contract } of sixContracts(loadContract, only)) {
      if (isEnding()) return 3;
      process.stderr.write(`${name}\n`);
      tried.push({ name, ...tryContract(contract, { count, random: seeded(seed), isEnding }) });
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    process.stdout.write(`Skipped: ${error.message}\n`);
  }
  if (tried.length === 0) return 3;
  process.stdout.write(`Seed ${seed}\n\n${report(tried)}`);
  return tried.some((one) => faultsOf(one).length > 0) ? 1 : 0;
}
