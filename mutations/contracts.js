/* global URL */
// Which contracts are tried: the project's own, GitHub's, and four that nobody has picked.
import { fileURLToPath } from 'node:url';
import { Problem } from '../dist/src/problem.js';
import { publishedContracts } from '../real-contracts/published.js';
import { hasObject, responseSchemas } from './trial.js';

/** @typedef {import('../dist/src/contract/contract.js').Contract} Contract */
/** @typedef {(file: string) => Promise<Contract>} Load */

const OWN = { name: 'own', file: fileURLToPath(new URL('../spec/swagger.yaml', import.meta.url)) };
/** How many of the directory are tried. */
const WANTED = 4;
/** How many of the directory are looked at. */
const LOOKED_AT = 60;
/** A contract of the directory has at least so many answers with an object. */
const LEAST = 30;

/**
 * The first contracts of the OpenAPI directory by the SHA-256 of their name that describe enough answers, besides the
 * project's own and GitHub's.
 * @param {Load} load
 * @param {string} only those that have the text in their name
 * @returns {AsyncGenerator<{ name: string, contract: Contract }>}
 */
export async function* sixContracts(load, only) {
  if (OWN.name.includes(only)) yield { name: OWN.name, contract: await load(OWN.file) };
  const published = await publishedContracts(LOOKED_AT);
  const ofDirectory = published.slice(0, -1);
  const github = published.at(-1);
  if (github?.name.includes(only)) yield { name: github.name, contract: await load(github.file) };
  if (!ofDirectory.some(({ name }) => name.includes(only))) return;
  yield* ofDirectoryWith(load, ofDirectory, { least: LEAST, wanted: WANTED, only });
}

/**
 * @typedef {object} Choice
 * @property {number} least so many answers with an object a contract describes at least
 * @property {number} wanted how many such contracts
 * @property {string} only those that have the text in their name
 */

/** How many of the directory are looked at, where answers as a whole are tried. */
const LOOKED_AT_FOR_ANSWERS = 120;

/**
 * The first contracts of the OpenAPI directory by the SHA-256 of their name.
 * @param {Load} load
 * @param {Choice} choice
 * @returns {AsyncGenerator<{ name: string, contract: Contract }>}
 */
export async function* contractsOfDirectory(load, choice) {
  const published = await publishedContracts(LOOKED_AT_FOR_ANSWERS);
  yield* ofDirectoryWith(load, published.slice(0, -1), choice);
}

/**
 * @param {Load} load
 * @param {readonly { name: string, file: string }[]} published
 * @param {Choice} choice
 * @returns {AsyncGenerator<{ name: string, contract: Contract }>}
 */
async function* ofDirectoryWith(load, published, { least, wanted, only }) {
  let found = 0;
  for (const { name, file } of published) {
    const contract = await load(file).catch((/** @type {unknown} */ error) => {
      // One that is refused with a reason is no contract to try; to fail at one is another matter.
      if (error instanceof Problem) return undefined;
      throw error;
    });
    if (!contract || responseSchemas(contract).filter((one) => hasObject(contract, one)).length < least)
      continue;
    if (name.includes(only)) yield { name, contract };
    found += 1;
    if (found === wanted) return;
  }
}
