// The check against its peers: the same 24 reads of one API of 30 operations, on one server without lag, limit or fault,
// in turn, in one run on one machine. What is compared is the time from the start of the process to its end.
//
//   npm run bench:peers                 five rounds
//   npm run bench:peers -- --rounds 9
//
// The peers are installed below `.real-hosts/`, once; nothing else leaves this machine. Exit codes: 0 `conform check` takes
// less than each peer, at the median of the rounds; 1 not so, or a tool did not do its work; 2 wrong usage; 3 no peer could
// be installed. The check with all its checks sends many times the requests: it is measured, and decides nothing.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { closeAtEnd, isEnding, runScript } from '../real-hosts/closing.js';
import { Unavailable } from '../real-hosts/install.js';
import { COLLECTIONS } from './peers/contract.js';
import { report } from './peers/report.js';
import { serve } from './peers/server.js';
import { conform, respect, stepCi } from './peers/tools.js';
import { trial, trialOfLoopback } from './peers/trial.js';

const READS = Object.keys(COLLECTIONS).flatMap((name) => [`GET /${name}`, `GET /${name}/{id}`]);

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number from 1 on');
  return { rounds };
}

/** @param {{ rounds: number }} options @returns {Promise<number>} the exit code */
async function main({ rounds }) {
  const folder = await mkdtemp(join(tmpdir(), 'conform-peers-'));
  closeAtEnd(() => rm(folder, { recursive: true, force: true }));
  const served = await serve();
  closeAtEnd(served.close);
  const place = { folder, served, reads: READS };

  const peers = [];
  for (const prepare of [stepCi, respect]) {
    try {
      peers.push(await prepare(folder, served.url));
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      process.stdout.write(`Skipped: ${error.message}\n`);
    }
  }
  if (peers.length === 0) return 3;
  const tools = [...(await conform(folder, served.url)), ...peers];
  // This also brings all files into the cache of the system before anything is measured.
  for (const tool of tools) await trialOfLoopback(tool, place);

  const measured = tools.map((tool) => ({
    tool,
    trials: /** @type {import('./peers/trial.js').Trial[]} */ ([]),
  }));
  for (let round = 0; round < rounds && !isEnding(); round++) {
    // Each goes first in turn: what a tool leaves behind, or another program takes, hits none more than the rest.
    const shift = round % measured.length;
    for (const { tool, trials } of [...measured.slice(shift), ...measured.slice(0, shift)]) {
      trials.push(await trial(tool, place));
    }
  }
  const { text, isFastest } = report(measured);
  process.stdout.write(
    `Node ${process.versions.node}, ${availableParallelism()} cores, ${rounds} rounds\n${text}`,
  );
  return isFastest ? 0 : 1;
}
