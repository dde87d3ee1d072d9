/* global structuredClone */
// The spec folder that a product is checked with.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** The environment variable that holds the API key. */
export const KEY_VARIABLE = 'REAL_HOST_API_KEY';

/**
 * What is said of security: what the contract says as it is published; nothing at all; or nothing by the contract, and
 * by `targets.yaml` that everything is guarded.
 * @typedef {'published' | 'silent' | 'guarded'} Security
 */

/**
 * Writes a spec folder: the contract, the target, and the samples.
 * @param {string} folder
 * @param {import('./product.js').Product} product
 * @param {any} contract
 * @param {string} url where the product is reached
 * @param {Security} security
 */
export async function writeSpec(folder, product, contract, url, security) {
  await mkdir(folder, { recursive: true });
  const files = {
    'openapi.json': security === 'published' ? contract : withoutSecurity(contract),
    'targets.yaml': {
      targets: {
        product: {
          about: `${product.name} on this machine`,
          standing: 'a product that others wrote, with records of its own',
          baseUrl: url,
          ...credentialOf(product),
          ...(security === 'guarded' ? { guarded: true } : {}),
          writes: { default: 'none', most: 'full' },
        },
      },
    },
    'samples.yaml': product.samples,
  };
  await writeFile(join(folder, 'openapi.json'), JSON.stringify(files['openapi.json'], null, 2));
  await writeFile(join(folder, 'targets.yaml'), stringify(files['targets.yaml']));
  await writeFile(join(folder, 'samples.yaml'), stringify(files['samples.yaml']));
}

/** @param {import('./product.js').Product} product */
function credentialOf({ key }) {
  return { credentials: [{ apiKey: { in: 'header', name: key.header, value: KEY_VARIABLE } }] };
}

/** @param {any} contract */
function withoutSecurity(contract) {
  const silent = structuredClone(contract);
  delete silent.security;
  delete silent.securityDefinitions;
  delete silent.components?.securitySchemes;
  const operations = Object.values(silent.paths).flatMap((item) => Object.values(item));
  for (const operation of operations) delete operation.security;
  return silent;
}
