import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../problem.js';

/**
 * A file of SQL from the `caller-id` folder of a spec folder, for example `as-found/tables.sql`.
 * @throws Problem when it is not there
 */
export async function readSql(specDir: string, name: string): Promise<string> {
  const file = join(specDir, 'caller-id', name);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Problem('CONFORM_E_FILE_MISSING', 'there is no such file', {
      place: { file },
      remedy: 'The caller-ID cache is described by SQL files there; check --spec-dir.',
      cause: error,
    });
  }
}

/** The schema of the cache as found, in the order in which it has to be created. */
export const AS_FOUND_TABLES = ['as-found/tables.sql', 'as-found/family-and-staff.sql'];
export const AS_FOUND_INDEXES = ['as-found/indexes.sql'];
export const AS_FOUND_FUNCTIONS = ['as-found/identify-caller-g2.sql', 'as-found/identify-caller-g3.sql'];
