import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { readText } from '../document/text.js';
import { parseJson } from '../json.js';

/** What was read from files before, and the digest of these files. */
export interface Prepared<T> {
  digest: string;
  value: T;
}

/** Tells files by their names and bytes. */
export async function digestOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const text = await readText(file);
    hash.update(JSON.stringify([basename(file), text]));
  }
  return hash.digest('hex');
}

/**
 * What the build has read from files, unless they have changed since, or nothing was built.
 * @param place where the build has written it
 */
export async function readPrepared<T>(place: string, files: readonly string[]): Promise<T | undefined> {
  const text = await readText(place).catch(() => undefined);
  if (text === undefined) return undefined;
  const digest = await digestOf(files);
  const found: unknown = parseJson(text);
  return isOf<T>(found, digest) ? found.value : undefined;
}

/** The build has judged it when it read the files: that they are still the same is all that is left to ask. */
function isOf<T>(found: unknown, digest: string): found is Prepared<T> {
  return typeof found === 'object' && found !== null && 'digest' in found && found.digest === digest;
}
