// Checks products that others wrote, under every policy, and compares their state before and after.
//
//   npm run test:real-hosts                                   all of it: some minutes
//   node real-hosts/check.js --only powerdns --only route     only what has all of these words in its name
//
// What each check was given, what arrived at the product and what happened to it stands in `.real-hosts/checks/`.
// Exit codes: 0 no harm; 1 harm, or a check that was not done; 2 wrong usage; 3 nothing could be tried.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { attempt } from './attempt.js';
import { isEnding, runScript } from './closing.js';
import { CACHE, Unavailable } from './install.js';
import { PRODUCTS } from './products/all.js';
import { report } from './report.js';

/** @typedef {import('./product.js').Product} Product */
/** @typedef {import('./attempt.js').Case} Case */

const CHECKS = join(CACHE, 'checks');

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  return { only: values.only ?? [] };
}

/** @param {{ only: readonly string[] }} options @returns {Promise<number>} the exit code */
async function main({ only }) {
  await rm(CHECKS, { recursive: true, force: true });
  const tried = [];
  for (const product of PRODUCTS) {
    const chosen = casesOf(product).flatMap((given) => {
      const name = [product.name, given.security, given.credential, given.policy].join(' ').toLowerCase();
      return only.every((text) => name.includes(text.toLowerCase())) ? [{ name, given }] : [];
    });
    if (chosen.length === 0) continue;
    try {
      const start = await product.install();
      for (const { name, given } of chosen) {
        if (isEnding()) return 3;
        process.stderr.write(`${name}\n`);
        const folder = join(CHECKS, name.replace(/\W+/g, '-'));
        tried.push({ product, given, seen: await attempt(product, start, given, folder) });
      }
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      process.stdout.write(`Skipped: ${product.name}. ${error.message}\n`);
    }
  }
  if (tried.length === 0) return 3;
  process.stdout.write(report(tried));
  return tried.some(({ seen }) => seen.faults.length > 0) ? 1 : 0;
}

/** @param {Product} product @returns {Case[]} */
function casesOf(product) {
  /** @type {Case['security'][]} */
  const securities = product.namesSecurity ? ['published', 'silent', 'guarded'] : ['published', 'guarded'];
  /** @type {Case['credential'][]} */
  const credentials = ['good', 'never issued'];
  /** @type {Case['policy'][]} */
  const policies = ['none', 'route', 'validate', 'full'];
  return securities.flatMap((security) =>
    credentials.flatMap((credential) => policies.map((policy) => ({ security, credential, policy }))),
  );
}
