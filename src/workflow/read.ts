import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readTypedDocument, type SourceDocument } from '../document/read.js';
import { together } from '../problem.js';
import type { Named } from '../targets/named.js';
import { namedInWorkflows } from './names.js';
import { WorkflowFile } from './shape.js';

/** One Arazzo document, as it was read. */
export type WorkflowDocument = SourceDocument & { value: WorkflowFile; named: readonly Named[] };

/**
 * Reads the Arazzo documents of a spec folder: every YAML file of its folder `workflows`.
 * @throws Problem with file and line, for each document that is none
 */
export async function readWorkflows(specDir: string): Promise<WorkflowDocument[]> {
  const folder = join(specDir, 'workflows');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.yaml')).sort();
  return together(
    names.map(async (name) => {
      const source = await readTypedDocument(join(folder, name), WorkflowFile);
      const { file, value, lineOf } = source;
      return { ...source, named: namedInWorkflows(value, (at) => ({ file, line: lineOf(at) })) };
    }),
  );
}
