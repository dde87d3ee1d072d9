import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Does something with another current folder, and where there is a text for it, with a `.env` file in that folder. The
 * current folder belongs to the whole process: whoever does this does nothing else at the time.
 */
export async function inFolder<Result>(
  folder: string,
  dotenv: string | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  if (dotenv === undefined) return work();
  const before = process.cwd();
  const file = join(folder, '.env');
  await writeFile(file, dotenv);
  process.chdir(folder);
  try {
    return await work();
  } finally {
    process.chdir(before);
    await rm(file);
  }
}
