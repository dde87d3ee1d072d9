import { join } from 'node:path';
import type { Folder } from '../../artefact/folder.js';
import type { BenchResult } from '../../bench/result.js';
import { renderTemplate } from '../template.js';
import { viewOfBench } from './view.js';

/** Renders a bench as one HTML page that needs nothing else. @returns its path */
export async function writeBenchPage(result: BenchResult, out: Folder): Promise<string> {
  const text = await renderTemplate('bench.html.hbs', viewOfBench(result), 'html');
  return out.write(join('latest', 'bench.html'), text);
}
