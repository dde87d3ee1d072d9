import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../problem.js';
import { writeReports } from '../../render/write.js';
import { readRun } from '../../run/store.js';
import { Secrets } from '../../target/secrets.js';
import { createIo, type CommonOptions } from '../io.js';

export async function report(options: CommonOptions & { run?: string | undefined }): Promise<number> {
  const io = createIo(options);
  const files = options.run === undefined ? await latestRuns(options.out) : [options.run];
  const runs = await Promise.all(files.map((file) => readRun(file)));
  const written = await writeReports(runs, options.out, new Secrets());
  for (const file of written) io.out(file);
  io.result(written);
  return 0;
}

/** The newest run of every target. */
async function latestRuns(outDir: string): Promise<string[]> {
  const folder = join(outDir, 'latest');
  const names = await readdir(folder).catch(() => []);
  const runs = names.filter((name) => name.endsWith('.json')).sort();
  if (runs.length > 0) return runs.map((name) => join(folder, name));
  throw new Problem('there is no run to report', {
    place: { file: folder },
    remedy: 'Make one with conform check, or name one with --run.',
  });
}
