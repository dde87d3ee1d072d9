import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolder } from '../../artefact/folder.js';
import { bench as measure, benchOwn, type BenchOptions } from '../../caller-id/bench/bench.js';
import type { PercentileName } from '../../caller-id/bench/latencies.js';
import type { BenchResult } from '../../caller-id/bench/result.js';
import { ownVariant, readVariants } from '../../caller-id/bench/variants.js';
import { startEmbedded } from '../../caller-id/engine/embedded.js';
import { openOwnSchema, openReadOnly } from '../../caller-id/engine/own-server.js';
import { Problem } from '../../problem.js';
import { writeBenchPage } from '../../render/bench/write.js';
import { readEnvironment } from '../../target/credentials.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { stopSignal } from '../signals.js';
import { findLayers, folderOf } from '../../spec/find.js';
import { printBench } from '../tables/bench.js';

export interface BenchCommandOptions extends CommonOptions {
  databaseUrl?: string | undefined;
  sql?: string | undefined;
  phones?: string | undefined;
  rows: number[];
  variant?: string[] | undefined;
  connection: 'kept' | 'per-call';
  targetMs: number;
  percentile: PercentileName;
  samples: number;
  rate: number;
}

/** So that the smallest count of calls that can prove a p99 comes in. */
const OPEN_LOOP_MS = 1_000;
/** What the verdict is about when nothing else is asked for; the rest stands beside it for comparison. */
const SUBJECT = 'proposed';

/** Measures the caller-ID lookup. @returns the exit code */
export async function bench(options: BenchCommandOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const stop = stopSignal(host);
  const common = {
    targetMs: options.targetMs,
    percentile: options.percentile,
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
  const files = [await out.write(join('bench', `${result.id}.json`), text)];
  // The gate goes by the latest: one that was stopped does not take the place of a whole one.
  if (result.complete)
    files.push(await out.write(join('latest', 'bench.json'), text), await writeBenchPage(result, out));
  printBench(result, io);
  io.result(result);
  for (const file of files) io.note(`wrote ${file}`);
  return EXIT_CODES[result.verdict];
}

const EXIT_CODES = { holds: 0, breaks: 1, uncertain: 3 } as const;

type Common = Omit<BenchOptions, 'engine' | 'variants' | 'judged'>;

async function benchMade(options: BenchCommandOptions, common: Common): Promise<BenchResult> {
  if (options.phones !== undefined) {
    throw new Problem('--phones goes with --sql', {
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
    throw new Problem('--sql measures your own data, and no database is named', {
      remedy: 'Name it with --database-url, or set DATABASE_URL in the environment or in a .env file.',
    });
  }
  if (options.phones === undefined) {
    throw new Problem('--sql needs numbers to ask', {
      remedy: 'Name a file with one on each line: --phones FILE.',
    });
  }
  if (options.variant !== undefined) {
    throw new Problem('--variant does not go with --sql', { remedy: 'Leave one of them out.' });
  }
  const phones = await readPhones(options.phones);
  const variant = ownVariant(sql.replace(/;\s*$/, ''));
  const engine = await openReadOnly(databaseUrl);
  try {
    return await benchOwn({ ...common, engine, variants: [variant], judged: [variant.name], phones });
  } finally {
    await engine.close();
  }
}

async function readPhones(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Problem('the file cannot be read', {
      place: { file },
      remedy: 'Check the path.',
      cause: error,
    });
  });
  const phones = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (phones.length > 0) return phones;
  throw new Problem('there is no number in the file', { place: { file }, remedy: 'Write one on each line.' });
}
