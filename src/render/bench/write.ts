import { join } from 'node:path';
import { writeArtefact } from '../../artefact/write.js';
import type { BenchResult } from '../../caller-id/bench/result.js';
import type { Secrets } from '../../target/secrets.js';
import { renderTemplate } from '../template.js';
import { viewOfBench } from './view.js';

/** Renders a bench as one HTML page that needs nothing else. @returns its path */
export async function writeBenchPage(result: BenchResult, outDir: string, secrets: Secrets): Promise<string> {
  const file = join(outDir, 'latest', 'bench.html');
  const text = await renderTemplate('bench.html.hbs', viewOfBench(result), 'html');
  await writeArtefact(file, text, secrets);
  return file;
}
