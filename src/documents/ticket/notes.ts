import { join } from 'node:path';
import type { Folder } from '../../artefact/folder.js';
import { renderTemplate } from '../template.js';
import type { Note } from '../../tickets/case.js';
import { TICKETS } from '../../tickets/store.js';

/**
 * Writes what we have to fix, grouped by why it is ours. Written also when there is nothing, so that what
 * was there before does not stay.
 * @returns the path
 */
export async function writeNotes(notes: readonly Note[], out: Folder): Promise<string> {
  const reasons = [...new Set(notes.map(({ why }) => why))];
  const view = {
    groups: reasons.map((why) => ({ why, notes: notes.filter((note) => note.why === why) })),
  };
  const text = await renderTemplate('ticket-notes.md.hbs', view, 'markdown');
  return out.write(join(TICKETS, 'ours.md'), text);
}
