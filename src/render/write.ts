import { join } from 'node:path';
import { writeArtefact } from '../artefact/write.js';
import type { Run } from '../run/run.js';
import type { Secrets } from '../target/secrets.js';
import { renderTemplate } from './template.js';
import { viewOf } from './view.js';

/**
 * Renders runs, side by side where there are several, as one HTML file and one Markdown file.
 * @returns their paths, the HTML file first
 */
export async function writeReports(
  runs: readonly Run[],
  outDir: string,
  secrets: Secrets,
): Promise<string[]> {
  if (runs.length === 0) return [];
  const view = viewOf(runs);
  const files = [
    {
      file: join(outDir, 'latest', 'report.html'),
      text: await renderTemplate('report.html.hbs', view, { html: true }),
    },
    {
      file: join(outDir, 'latest', 'report.md'),
      text: await renderTemplate('report.md.hbs', view, { html: false }),
    },
  ];
  for (const { file, text } of files) await writeArtefact(file, text, secrets);
  return files.map(({ file }) => file);
}
