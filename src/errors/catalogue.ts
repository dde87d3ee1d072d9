import { ADDITION_ERRORS } from './additions.js';
import { DATABASE_ERRORS } from './database.js';
import type { ErrorEntry } from './entry.js';
import { FILE_ERRORS } from './files.js';
import { FLEET_ERRORS } from './fleet.js';
import { INTERNAL_ERRORS } from './internal.js';
import { NIGHT_ERRORS } from './nights.js';
import { RUN_ERRORS } from './runs.js';
import { SPEC_ERRORS } from './spec.js';
import { STORE_ERRORS } from './store.js';
import { TARGET_ERRORS } from './targets.js';
import { USAGE_ERRORS } from './usage.js';

/** Every kind of fault that a person can correct, by its code. */
export const PROBLEMS = {
  ...USAGE_ERRORS,
  ...FILE_ERRORS,
  ...SPEC_ERRORS,
  ...TARGET_ERRORS,
  ...RUN_ERRORS,
  ...DATABASE_ERRORS,
  ...STORE_ERRORS,
  ...NIGHT_ERRORS,
  ...FLEET_ERRORS,
  ...ADDITION_ERRORS,
} as const;

/** The code of a fault that a person can correct. It is never renamed: programs read it. */
export type ProblemCode = keyof typeof PROBLEMS;

/** Every code that the program can end with. */
export type ErrorCode = ProblemCode | keyof typeof INTERNAL_ERRORS;

/** All errors in their groups, for a person who reads through them. */
export const ERROR_GROUPS: readonly { title: string; entries: Readonly<Record<string, ErrorEntry>> }[] = [
  { title: 'The command line', entries: USAGE_ERRORS },
  { title: 'Files and folders', entries: FILE_ERRORS },
  { title: 'The contract and the spec folder', entries: SPEC_ERRORS },
  { title: 'Targets and credentials', entries: TARGET_ERRORS },
  { title: 'Runs, reports and tickets', entries: RUN_ERRORS },
  { title: 'The cache and its database', entries: DATABASE_ERRORS },
  { title: 'The store', entries: STORE_ERRORS },
  { title: 'Nights and notifications', entries: NIGHT_ERRORS },
  { title: 'Fleets', entries: FLEET_ERRORS },
  { title: 'Parts and plugins', entries: ADDITION_ERRORS },
  { title: 'The program itself', entries: INTERNAL_ERRORS },
];

/** The entry of a code; undefined where there is no such code. */
export function entryOfCode(code: string): ErrorEntry | undefined {
  return ERROR_GROUPS.map(({ entries }) => (Object.hasOwn(entries, code) ? entries[code] : undefined)).find(
    (entry) => entry !== undefined,
  );
}
