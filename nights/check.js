// Checks the replica night after night while hosts do what all hosts do: no night may raise an alarm.
//
//   npm run test:nights                               1,000 nights
//   node nights/check.js --nights 50 --seed 7         so many, and the same again
//   node nights/check.js --night 17 --seed 7          one night alone
//   node nights/check.js --only churn,lag             with these disturbances only
//
// Exit codes: 0 no false alarm, 1 one, 2 wrong usage.
import process from 'node:process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DISTURBANCES } from '../dist/src/testing/nights/disturbances.js';
import { openNights } from '../dist/src/testing/nights/night.js';
import { passNights } from '../dist/src/testing/nights/nights.js';
import { runScript } from '../real-hosts/closing.js';

await runScript(readOptions, main);

function readOptions() {
  const { values } = parseArgs({
    options: {
      nights: { type: 'string', default: '1000' },
      from: { type: 'string', default: '0' },
      night: { type: 'string' },
      seed: { type: 'string', default: '2026' },
      only: { type: 'string' },
    },
  });
  const [nights, seed, first] = [values.nights, values.seed, values.night ?? values.from].map(Number);
  if (![nights, seed, first].every(Number.isInteger))
    throw new Error('--nights, --seed and --night are whole numbers');
  const names = values.only?.split(',');
  const unknown = names?.find((name) => !DISTURBANCES.some((one) => one.name === name));
  if (unknown !== undefined)
    throw new Error(
      `there is no disturbance “${unknown}”: ${DISTURBANCES.map(({ name }) => name).join(', ')}`,
    );
  return {
    seed: Number(seed),
    from: Number(first),
    to: values.night === undefined ? Number(first) + Number(nights) : Number(first) + 1,
    disturbances: DISTURBANCES.filter(({ name }) => names?.includes(name) ?? true),
  };
}

/** @param {ReturnType<typeof readOptions>} options @returns {Promise<number>} the exit code */
async function main({ seed, from, to, disturbances }) {
  const journals = await mkdtemp(join(tmpdir(), 'conform-nights-'));
  const sum = { nights: 0, requests: 0, retried: 0, notAsked: 0, reports: 0, alarms: 0 };
  try {
    for await (const night of passNights(await openNights(), { seed, from, to, journals, disturbances })) {
      sum.nights += 1;
      for (const name of /** @type {const} */ (['requests', 'retried', 'notAsked', 'reports']))
        sum[name] += night[name];
      sum.alarms += night.alarms.length;
      for (const alarm of night.alarms)
        process.stdout.write(`night ${night.number} (${night.about}): ${alarm}\n`);
      if (night.alarms.length > 0)
        process.stdout.write(`  again: node nights/check.js --night ${night.number} --seed ${seed}\n`);
      if (sum.nights % 20 === 0) process.stderr.write(`${sum.nights} of ${to - from} nights\n`);
    }
  } finally {
    await rm(journals, { recursive: true, force: true });
  }
  process.stdout.write(
    `Seed ${seed}: ${sum.nights} nights, ${sum.requests} requests, ${sum.retried} of them repeated, ` +
      `${sum.notAsked} operations not asked, ${sum.reports} reports of what may be left, ${sum.alarms} false alarms\n`,
  );
  return sum.alarms > 0 ? 1 : 0;
}
