import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { PercentileName } from '../../bench/result.js';
import { demandPart } from '../installed.js';
import { collect, keepingCommand } from '../options.js';
import type { Start } from '../host.js';

const PERCENTILES: readonly PercentileName[] = ['p50', 'p90', 'p95', 'p99', 'p999'];

export function benchCommand(start: Start) {
  return keepingCommand('bench')
    .summary('measure the caller-ID lookup against its target')
    .description(
      'Measures every lookup path, as found and as proposed, on a real PostgreSQL, at several sizes; checks every ' +
        'answer; and says with what certainty the target holds. Without --database-url a server is started from ' +
        'a package, and removed at the end.',
    )
    .option(
      '--database-url <url>',
      'a server of your own; only a schema “conform_bench” is used, and removed (default: DATABASE_URL with --sql)',
    )
    .option('--sql <text>', 'measure this statement on your own data, reading only; $1 is the phone number')
    .option(
      '--truth <file>',
      'with --sql: the phone numbers to ask and who is right, CSV or YAML: phone,id or phone,nobody on each line',
    )
    .option(
      '--phones <file>',
      'with --sql: the phone numbers to ask, one on a line, where it is not known who is right',
    )
    .option(
      '--id-column <name>',
      'with --sql: the column of the answer that holds the id (default: the first that is called id, or ends in _id)',
    )
    .option('--rows <n,n...>', 'numbers in the cache', sizes, [1_000, 10_000, 100_000, 1_000_000])
    .option(
      '--variant <name>',
      'only this lookup path, which the verdict is then about; may be repeated',
      collect,
    )
    .addOption(
      new Option('--connection <use>', 'what the verdict is about')
        .choices(['kept', 'per-call'] as const)
        .default('kept' as const),
    )
    .option('--target-ms <ms>', 'the target', positive, 5)
    .addOption(
      new Option('--percentile <name>', 'the share of lookups that has to stay below it')
        .choices(PERCENTILES)
        .argParser(percentile)
        .default('p99' as const),
    )
    .option(
      '--timeout-ms <ms>',
      'after how long a lookup is ended, and counts as above the target (default: ten times the target, at least 2000)',
      whole,
    )
    .option('--samples <n>', 'lookups for each cell of the table, at least', whole, 1_000)
    .option('--rate <n>', 'calls a second in the open loop', positive, 500)
    .addHelpText(
      'after',
      `
Examples:
  conform bench                                  1 thousand to 1 million numbers, on a server of its own
  conform bench --variant proposed --rows 10000000
  conform bench --sql 'SELECT * FROM identify_caller($1)' --truth truth.csv

Without --truth only the time is judged: who is right is not known, and the gate does not open.

Exit codes: 0 the target holds, 1 it does not, 2 wrong usage, 3 no verdict possible.`,
    )
    .action((options) =>
      start(async (host) => {
        demandPart('cache', 'conform bench');
        const { bench } = await import('../actions/bench.js');
        return bench(options, host);
      }),
    );
}

function sizes(value: string): number[] {
  const all = value.split(',').map((part) => Number(part.trim().replaceAll('_', '')));
  if (all.every((size) => Number.isInteger(size) && size >= 100 && size <= 40_000_000 && size % 10 === 0)) {
    return [...new Set(all)];
  }
  throw new InvalidArgumentError('Sizes are whole tens from 100 to 40000000, like 1000,100000.');
}

function positive(value: string): number {
  const number = Number(value);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('It is a number above 0.');
}

function whole(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('It is a whole number above 0.');
}

/** `p99`, and also `99` and `99.9`. */
function percentile(value: string): PercentileName {
  const wanted = `p${value.replace(/^p/, '').replace('.', '')}`;
  const name = PERCENTILES.find((one) => one === wanted);
  if (name !== undefined) return name;
  throw new InvalidArgumentError(`Percentiles are ${PERCENTILES.join(', ')}.`);
}
