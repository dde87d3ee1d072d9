import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<{
  path: string;
  [Symbol.asyncDispose]: () => Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'conform-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
