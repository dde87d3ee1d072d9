/* global URL */
// One run of one tool: that it did its work, and what it took.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { start } from './start.js';
import { environmentOf, REPORTS } from './tools.js';

/**
 * @typedef {object} Trial
 * @property {number} wallMs
 * @property {number} cpuMs
 * @property {number} requests that the server counted
 */

/**
 * Runs a tool, and holds it to its work: it succeeds, and has asked every read and no write.
 * @param {import('./tools.js').Tool} tool
 * @param {{ folder: string, served: import('./server.js').Served, reads: readonly string[], env?: Record<string, string> }} place
 * @returns {Promise<Trial>}
 */
export async function trial(tool, { folder, served, reads, env = {} }) {
  // Every run is a first one: that conform reads its earlier runs for the report would tell the rounds apart.
  await rm(join(folder, REPORTS), { recursive: true, force: true });
  served.takeCount();
  const ended = await start(tool.command, { folder, env: { ...environmentOf(folder), ...env } });
  const { requests, operations, writes } = served.takeCount();
  if (ended.code !== 0) throw new Error(`${tool.name} ended with ${ended.code}: ${ended.output}`);
  const missed = reads.filter((read) => !operations.has(read));
  if (missed.length > 0) throw new Error(`${tool.name} did not ask ${missed.join(', ')}`);
  if (writes > 0) throw new Error(`${tool.name} sent ${writes} writes`);
  return { wallMs: ended.wallMs, cpuMs: ended.cpuMs, requests };
}

/**
 * Runs a tool where it can reach this machine only, and fails if it tried more.
 * @param {import('./tools.js').Tool} tool
 * @param {Parameters<typeof trial>[1]} place
 */
export async function trialOfLoopback(tool, place) {
  const attempts = join(place.folder, 'attempts.txt');
  await writeFile(attempts, '');
  const guard = new URL('loopback-only.js', import.meta.url).href;
  await trial(tool, { ...place, env: { NODE_OPTIONS: `--import ${guard}`, BENCH_ATTEMPTS: attempts } });
  const hosts = (await readFile(attempts, 'utf8')).trim();
  await rm(attempts);
  if (hosts !== '') throw new Error(`${tool.name} tried to reach ${hosts.replaceAll('\n', ', ')}`);
}
