import type { Repair } from '../contract/contract.js';
import { formatPlace } from '../problem.js';
import type { Io } from './io.js';

const LISTED = 12;

/** Tells what had to be repaired in the contract; all of it is in the run file and in the report. */
export function reportRepairs(repairs: readonly Repair[], io: Io): void {
  if (repairs.length === 0) return;
  const things =
    repairs.length === 1 ? 'One thing in the contract was' : `${repairs.length} things in the contract were`;
  io.note(`${things} repaired in memory:`);
  for (const { what, place, assumed } of repairs.slice(0, LISTED)) {
    io.note(`  ${formatPlace(place)}: ${what}; assumed: ${assumed}`);
  }
  if (repairs.length > LISTED) io.note(`  … and ${repairs.length - LISTED} more, listed in the report.`);
}
