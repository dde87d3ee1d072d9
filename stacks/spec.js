// The spec folder that the shop is checked with: its contract, one target for each token, the samples.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contract, samples } from './contract.js';
import { TOKENS } from './variants.js';

/** @typedef {import('./variants.js').Token} Token */

/** What the target of a token is called. @param {Token} token */
export function targetOf(token) {
  return token.replaceAll(' ', '-');
}

/** The environment variables that hold the tokens. @returns {Record<string, string>} */
export function tokenVariables() {
  return Object.fromEntries(
    Object.entries(TOKENS).flatMap(([token, value]) =>
      value === undefined ? [] : [[variableOf(token), value]],
    ),
  );
}

/** @param {string} token */
function variableOf(token) {
  return `SHOP_TOKEN_${token.replaceAll(' ', '_').toUpperCase()}`;
}

/** @param {string} folder @param {string} baseUrl */
export async function writeSpec(folder, baseUrl) {
  await mkdir(folder, { recursive: true });
  const targets = Object.fromEntries(
    /** @type {Token[]} */ (Object.keys(TOKENS)).map((token) => [
      targetOf(token),
      {
        about: `the shop on this machine, asked with the token: ${token}`,
        standing: 'a shop that is written for this test',
        baseUrl,
        ...(TOKENS[token] === undefined ? {} : { credentials: [{ bearer: { token: variableOf(token) } }] }),
        writes: { default: 'none', most: 'full' },
      },
    ]),
  );
  // JSON is YAML.
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(contract(), null, 2));
  await writeFile(join(folder, 'targets.yaml'), JSON.stringify({ targets }, null, 2));
  await writeFile(join(folder, 'samples.yaml'), JSON.stringify(samples(), null, 2));
}
