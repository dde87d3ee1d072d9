import { basename, join } from 'node:path';
import type { Folder } from '../../artefact/folder.js';
import { renderTemplate } from '../template.js';
import type { PaperTemplate } from './catalogue.js';
import type { PaperSources } from './sources.js';
import { paperView } from './view.js';

/**
 * Writes papers into `latest` of the output folder, all from one view of the runs, so that none contradicts another.
 * @returns the paths
 * @throws Problem with file and line when a template names what is not there; then that paper is not written.
 */
export async function writePapers(
  templates: readonly PaperTemplate[],
  sources: PaperSources,
  out: Folder,
): Promise<string[]> {
  const view = paperView(sources);
  const written: string[] = [];
  for (const { file } of templates) {
    const text = await renderTemplate(file, view, file.endsWith('.html.hbs') ? 'html' : 'markdown');
    const name = join('latest', basename(file, '.hbs'));
    written.push(await out.write(name, `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`));
  }
  return written;
}
