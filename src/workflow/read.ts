import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readTypedDocument, type SourceDocument } from '../document/read.js';
import { together } from '../problem.js';
import { WorkflowFile } from './shape.js';

/** One Arazzo document, as it was read. */
export type WorkflowDocument = SourceDocument & { value: WorkflowFile };

/**
 * Reads the Arazzo documents of a spec folder: every YAML file of its folder `workflows`.
 * @throws Problem with file and line, for each document that is none
 */
export async function readWorkflows(specDir: string): Promise<WorkflowDocument[]> {
  const folder = join(specDir, 'workflows');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort();
  return together(names.map((name) => readTypedDocument(join(folder, name), WorkflowFile)));
}
