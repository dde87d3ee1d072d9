import { openFolder } from '../../artefact/folder.js';
import {
  bench as measure,
  benchOwn,
  openOwnSchema,
  openReadOnly,
  readPhones,
  readTruth,
  startEmbedded,
  type BenchOptions,
} from 'wellsky-conform-caller-id/bench';
import type { BenchResult, PercentileName } from '../../bench/result.js';
import { ownVariant, readVariants } from '../../bench/variants.js';
import { LATEST_BENCH } from '../../impact/bench.js';
import { Problem } from '../../problem.js';
import { writeBenchPage } from '../../documents/bench/write.js';
import { readEnvironment } from '../../targets/credentials.js';
import type { Host } from '../host.js';
import { createIo } from '../io.js';
import { openKept, type KeptOptions } from '../kept.js';
import { stopSignal } from '../signals.js';
import { findLayers, folderOf } from '../../spec/find.js';
import { printBench } from '../tables/bench.js';

export interface BenchCommandOptions extends KeptOptions {
  databaseUrl?: string | undefined;
  sql?: string | undefined;
  phones?: string | undefined;
  truth?: string | undefined;
  idColumn?: string | undefined;
  rows: number[];
  variant?: string[] | undefined;
  connection: 'kept' | 'per-call';
  targetMs: number;
  percentile: PercentileName;
  timeoutMs?: number | undefined;
  samples: number;
  rate: number;
}

/** So that the smallest count of calls that can prove a p99 comes in. */
const OPEN_LOOP_MS = 1_000;
/** What the verdict is about when nothing else is asked for; the rest is beside it for comparison. */
const SUBJECT = 'proposed';
/** A lookup that takes so many times as long as it may is ended; nothing more is to be learned from it. */
const TIMEOUT_FACTOR = 10;
const SHORTEST_TIMEOUT_MS = 2_000;

/** Measures the caller-ID lookup. @returns the exit code */
export async function bench(options: BenchCommandOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const timeoutMs = timeoutOf(options);
  const stop = stopSignal(host);
  const common = {
    targetMs: options.targetMs,
    percentile: options.percentile,
    timeoutMs,
    samples: options.samples,
    ratePerSecond: options.rate,
    openLoopMs: OPEN_LOOP_MS,
    judgedConnection: options.connection,
    signal: stop.signal,
    onProgress: (text: string) => {
      io.progress(text.slice(0, 79));
    },
  };
  let result: BenchResult;
  try {
    result =
      options.sql === undefined
        ? await benchMade(options, common)
        : await benchGiven(options, options.sql, common, host);
  } finally {
    stop.release();
    io.progress('');
  }
  const text = `${JSON.stringify(result, null, 2)}\n`;
  const out = openFolder(options.out, host.secrets);
  await using kept = await openKept(options, host);
  const files = [await kept.write(`bench/${result.id}.json`, text)];
  // The gate goes by the latest: one that was stopped does not take the place of a whole one.
  if (result.complete) files.push(await kept.write(LATEST_BENCH, text), await writeBenchPage(result, out));
  printBench(result, io);
  io.result(result);
  for (const file of files) io.note(`wrote ${file}`);
  return EXIT_CODES[result.verdict];
}

function timeoutOf({ timeoutMs, targetMs }: BenchCommandOptions): number {
  const timeout = timeoutMs ?? Math.ceil(Math.max(SHORTEST_TIMEOUT_MS, TIMEOUT_FACTOR * targetMs));
  if (timeout > targetMs) return timeout;
  throw new Problem('CONFORM_E_VALUE_INVALID', 'the time-out is not longer than the target', {
    remedy:
      'Set --timeout-ms higher than --target-ms. Then the result shows by how much a lookup misses the target.',
  });
}

const EXIT_CODES = { holds: 0, breaks: 1, uncertain: 3 } as const;

type Common = Omit<BenchOptions, 'engine' | 'variants' | 'judged'>;

async function benchMade(options: BenchCommandOptions, common: Common): Promise<BenchResult> {
  for (const [option, value] of [
    ['--phones', options.phones],
    ['--truth', options.truth],
    ['--id-column', options.idColumn],
  ] as const) {
    if (value === undefined) continue;
    throw new Problem('CONFORM_E_OPTION_REQUIRED', `${option} needs --sql`, {
      remedy: 'Give the statement to be measured with --sql.',
    });
  }
  const specDir = folderOf('caller-id', findLayers(options.specDir));
  const variants = await readVariants(specDir, options.variant);
  common.onProgress('starting PostgreSQL');
  const engine =
    options.databaseUrl === undefined ? await startEmbedded() : await openOwnSchema(options.databaseUrl);
  try {
    const judged = options.variant ?? [SUBJECT];
    return await measure({ ...common, engine, variants, judged, sizes: options.rows, specDir });
  } finally {
    await engine.close();
  }
}

async function benchGiven(
  options: BenchCommandOptions,
  sql: string,
  common: Common,
  host: Host,
): Promise<BenchResult> {
  const databaseUrl = options.databaseUrl ?? readEnvironment(host.env)['DATABASE_URL'];
  if (!databaseUrl) {
    throw new Problem(
      'CONFORM_E_DATABASE_URL_MISSING',
      '--sql measures your own data, and no database is named',
      {
        remedy: 'Name it with --database-url, or set DATABASE_URL in the environment or in a .env file.',
      },
    );
  }
  if (options.variant !== undefined) {
    throw new Problem('CONFORM_E_OPTION_CONFLICT', '--variant and --sql exclude each other', {
      remedy: 'Leave one of them out.',
    });
  }
  const calls = await readCalls(options);
  const variant = ownVariant(sql.replace(/;\s*$/, ''), {
    idColumn: options.idColumn,
    isChecked: options.truth !== undefined,
  });
  const engine = await openReadOnly(databaseUrl);
  try {
    return await benchOwn({ ...common, engine, variant, calls });
  } finally {
    await engine.close();
  }
}

async function readCalls({ truth, phones }: BenchCommandOptions) {
  if (truth !== undefined && phones !== undefined) {
    throw new Problem('CONFORM_E_OPTION_CONFLICT', '--truth and --phones exclude each other', {
      remedy: 'Leave one of them out.',
    });
  }
  if (truth !== undefined) return readTruth(truth);
  if (phones !== undefined) return readPhones(phones);
  throw new Problem('CONFORM_E_OPTION_REQUIRED', '--sql needs numbers to ask', {
    remedy:
      'Name a file with a phone number and the id that it has, or nobody, on each line: --truth FILE. Without ids, name one with --phones FILE: then only the time is judged.',
  });
}
