/* global URL */
// What is measured: conform, and the peers as their users would start them on the same API.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { fromNpm } from '../../real-hosts/install.js';
import { contract, readsOf } from './contract.js';
import { start } from './start.js';

/**
 * @typedef {object} Tool
 * @property {string} name
 * @property {string[]} command the arguments of `node`
 * @property {boolean} [isPeer]
 */

/** The versions that are pinned, and how each is called in the report. */
const STEP_CI = { package: 'stepci', version: '2.8.2', name: 'Step CI' };
const RESPECT = { package: '@redocly/cli', version: '2.77.0', name: 'Redocly Respect' };

/** Where conform writes runs and reports, below the folder of the benchmark. */
export const REPORTS = 'reports';

/** Nothing is measured, announced or looked up elsewhere, and what a tool keeps is in our folder. @param {string} folder */
export function environmentOf(folder) {
  return {
    PATH: process.env['PATH'],
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    NO_COLOR: '1',
    STEPCI_DISABLE_ANALYTICS: '1',
    REDOCLY_TELEMETRY: 'off',
    REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  };
}

/**
 * conform without and with its further checks, on a spec folder of the whole contract.
 * @param {string} folder
 * @param {string} url
 * @returns {Promise<Tool[]>}
 */
export async function conform(folder, url) {
  const spec = join(folder, 'spec');
  await mkdir(spec);
  const targets = {
    library: {
      about: 'the library on this machine',
      standing: 'written for this benchmark',
      baseUrl: url,
      writes: { default: 'none', most: 'none' },
    },
  };
  await writeFile(join(spec, 'openapi.json'), JSON.stringify(contract(url), null, 2));
  // JSON is YAML.
  await writeFile(join(spec, 'targets.yaml'), JSON.stringify({ targets }, null, 2));
  const main = fileURLToPath(new URL('../../dist/bin/conform.js', import.meta.url));
  const options = ['--spec-dir', spec, '--out', join(folder, REPORTS), '--writes', 'none', '--quiet'];
  const command = [main, 'check', '--target', 'library', ...options];
  return [
    { name: 'conform check --no-checks all', command: [...command, '--no-checks', 'all'] },
    { name: 'conform check', command },
  ];
}

/**
 * Step CI, with the workflow that it generates from the reads: it checks status and schema of each.
 * @param {string} folder
 * @param {string} url
 * @returns {Promise<Tool>}
 */
export async function stepCi(folder, url) {
  const main = join(await fromNpm(STEP_CI.package, STEP_CI.version), 'dist/index.js');
  const workflow = join(folder, 'workflow.yml');
  await generate([main, 'generate', await writeReads(folder, url), workflow], folder);
  return { name: nameOf(STEP_CI), command: [main, 'run', workflow], isPeer: true };
}

/**
 * Redocly Respect, with the Arazzo file that it generates from the reads: it checks status, content type and schema of each.
 * @param {string} folder
 * @param {string} url
 * @returns {Promise<Tool>}
 */
export async function respect(folder, url) {
  const main = join(await fromNpm(RESPECT.package, RESPECT.version), 'bin/cli.js');
  const workflows = join(folder, 'library.arazzo.yaml');
  await generate([main, 'generate-arazzo', await writeReads(folder, url), '-o', workflows], folder);
  return { name: nameOf(RESPECT), command: [main, 'respect', workflows], isPeer: true };
}

/** @param {typeof STEP_CI} peer */
function nameOf({ name, version }) {
  return `${name} ${version}`;
}

/** @param {string} folder @param {string} url */
async function writeReads(folder, url) {
  const file = join(folder, 'reads.json');
  await writeFile(file, JSON.stringify(readsOf(url), null, 2));
  return file;
}

/** @param {string[]} command @param {string} folder */
async function generate(command, folder) {
  const { code, output } = await start(command, { folder, env: environmentOf(folder) });
  if (code !== 0) throw new Error(`node ${command.join(' ')} ended with ${code}: ${output}`);
}
