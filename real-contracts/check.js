// Tries contracts that others have published: each is loaded, its client generated and compiled under `strict`, and its
// own mock checked.
//
//   npm run test:real-contracts                  40 contracts of the OpenAPI directory, GitHub's, and those of real products
//   node real-contracts/check.js --only TEXT     only those that have the text in their name
//   node real-contracts/check.js --count 10      so many of the directory
//
// The contracts of the directory are the first by the SHA-256 of their name, so nobody has picked them. What each gave
// stands in `.real-hosts/contracts/`. Exit codes: 0 all as it should be; 1 something is not; 2 wrong usage; 3 nothing
// could be tried.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { isEnding, runScript } from '../real-hosts/closing.js';
import { CACHE, Unavailable } from '../real-hosts/install.js';
import { attempt } from './attempt.js';
import { productContracts, publishedContracts } from './published.js';
import { report } from './report.js';

const FOLDER = join(CACHE, 'contracts');

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, count: { type: 'string', default: '40' } },
  });
  const count = Number(values.count);
  if (!Number.isInteger(count) || count < 0) throw new Error('--count has to be a whole number');
  return { only: values.only ?? '', count };
}

/** @param {{ only: string, count: number }} options @returns {Promise<number>} the exit code */
async function main({ only, count }) {
  await rm(FOLDER, { recursive: true, force: true });
  const published = await orSkipped(() => publishedContracts(count));
  const contracts = [
    ...productContracts(),
    ...(published ?? []).map(({ name, file }) => ({ name, text: () => readFile(file, 'utf8') })),
  ].filter(({ name }) => name.includes(only));
  const tried = [];
  for (const { name, text } of contracts) {
    if (isEnding()) return 3;
    process.stderr.write(`${name}\n`);
    const contract = await orSkipped(text);
    if (contract === undefined) continue;
    const folder = join(FOLDER, name.replace(/[^\w.]+/g, '-'));
    await mkdir(join(folder, 'spec'), { recursive: true });
    await writeFile(join(folder, 'spec/openapi.json'), contract);
    tried.push({ name, ...(await attempt(folder)) });
  }
  if (tried.length === 0) return 3;
  process.stdout.write(report(tried));
  return tried.some(({ faults }) => faults.length > 0) ? 1 : 0;
}

/**
 * Says what cannot be had here, and that it is skipped.
 * @template T @param {() => Promise<T>} work @returns {Promise<T | undefined>}
 */
async function orSkipped(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    process.stdout.write(`Skipped: ${error.message}\n`);
    return undefined;
  }
}
