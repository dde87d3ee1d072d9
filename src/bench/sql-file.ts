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
