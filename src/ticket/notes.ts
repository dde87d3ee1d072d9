import { join } from 'node:path';
import { writeArtefact } from '../artefact/write.js';
import { renderTemplate } from '../render/template.js';
import type { Secrets } from '../target/secrets.js';
import type { Note } from './case.js';
import { ticketFolder } from './store.js';

/**
 * Writes what is ours to put right, grouped by why it is ours. Written also when there is nothing, so that what
 * stood there before does not stay.
 * @returns the path
 */
export async function writeNotes(notes: readonly Note[], outDir: string, secrets: Secrets): Promise<string> {
  const reasons = [...new Set(notes.map(({ why }) => why))];
  const view = {
    groups: reasons.map((why) => ({ why, notes: notes.filter((note) => note.why === why) })),
  };
  const file = join(ticketFolder(outDir), 'ours.md');
  await writeArtefact(file, await renderTemplate('ticket-notes.md.hbs', view, 'markdown'), secrets);
  return file;
}
