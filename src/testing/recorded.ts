import { join } from 'node:path';
import { PACKAGE_ROOT } from '../package.js';
import type { Run } from '../record/run.js';
import { readRun } from '../record/store.js';

/** The runs that are in `recorded/`; how each was made is said in `record.ts`. */
export const RECORDINGS = ['mock', 'first-night', '2026-02-03', '2026-02-26', 'shop'] as const;
export type Recording = (typeof RECORDINGS)[number];

/** Where every host is in a recording; nothing listens there. */
export const RECORDED_HOST = 'http://127.0.0.1:8080';

/** The run file of a recording. Tests only read it. */
export function recordedFile(name: Recording): string {
  return join(PACKAGE_ROOT, 'src/testing/recorded', `${name}.json`);
}

/** A run that the program made, for tests that start from one; each caller gets its own. */
export function recorded(name: Recording): Promise<Run> {
  return readRun(recordedFile(name));
}
