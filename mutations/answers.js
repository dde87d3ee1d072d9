// Holds the checks of the single answer against whole answers that contracts allow: none may be flagged.
//
//   npm run test:valid-answers                     10,000 answers for each of 20 contracts of the OpenAPI directory
//   node mutations/answers.js --count 500          so many for each
//   node mutations/answers.js --contracts 3        so many contracts
//   node mutations/answers.js --seed 7             draws the same answers again
//   node mutations/answers.js --only TEXT          only contracts that have the text in their name
//
// The bodies are drawn by `values.js`, which knows nothing of the validator, and what is valid is decided by Ajv as it
// comes, over a conversion that is not this project's (`oracle.js`). Exit codes: 0 none is flagged, 1 one is, 2 wrong
// usage, 3 nothing could be tried.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { systemChance } from '../dist/src/chance.js';
import { findViolations } from '../dist/src/checks/find-violations.js';
import { loadContract } from '../dist/src/contract/load.js';
import { seeded } from '../dist/src/testing/egress/random.js';
import { isEnding, runScript } from '../real-hosts/closing.js';
import { Unavailable } from '../real-hosts/install.js';
import { tryAnswers } from './answer-trial.js';
import { contractsOfDirectory } from './contracts.js';

/** A contract describes at least so many answers with an object: one with fewer says little about checks. */
const LEAST = 3;

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '10000' },
      contracts: { type: 'string', default: '20' },
      seed: { type: 'string' },
      only: { type: 'string', default: '' },
    },
  });
  const seed = values.seed === undefined ? parseInt(systemChance(4), 16) | 0 : Number(values.seed);
  if (!Number.isInteger(seed)) throw new Error('--seed has to be a whole number');
  return { count: wholeNumber('count'), contracts: wholeNumber('contracts'), seed, only: values.only };

  /** @param {'count' | 'contracts'} name */
  function wholeNumber(name) {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} has to be a whole number above 0`);
    return value;
  }
}

/**
 * @param {{ count: number, contracts: number, seed: number, only: string }} options
 * @returns {Promise<number>} the exit code
 */
async function main({ count, contracts, seed, only }) {
  let flagged = 0;
  let tried = 0;
  try {
    process.stdout.write(`Seed ${seed}\n`);
    const wanted = { least: LEAST, wanted: contracts, only };
    for await (const { name, contract } of contractsOfDirectory(loadContract, wanted)) {
      if (isEnding()) return 3;
      const trial = tryAnswers(contract, { count, random: seeded(seed), isEnding, findViolations });
      tried += trial.valid;
      flagged += trial.flagged;
      const { answers, valid, refused, notChecked, skipped } = trial;
      process.stdout.write(
        `${name}: ${valid} valid answers to ${answers} kinds, ${trial.flagged} flagged, ${notChecked} not wholly checked, ` +
          `${refused} refused by the oracle, ${skipped} kinds without values\n`,
      );
      for (const { said, body } of trial.shown) process.stdout.write(`  ${said}\n    ${body}\n`);
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    process.stdout.write(`Skipped: ${error.message}\n`);
  }
  process.stdout.write(`${tried} valid answers, ${flagged} flagged\n`);
  if (tried === 0) return 3;
  return flagged > 0 ? 1 : 0;
}
