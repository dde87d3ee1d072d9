/**
 * What can change about an operation:
 *
 * - `worse`, `better`: it does less, or more, than before
 * - `different`: it is refused as before, but for another reason, by another layer, or in other words
 * - `finding-new`, `finding-gone`: it breaks the contract in a way that is new, or no longer does
 * - `body-shape`: members of the answer appeared, vanished, or changed their type
 * - `slower`, `faster`: its latency moved beyond its noise
 * - `contract`: the contract itself asks or promises something else
 */
export const CHANGE_KINDS = [
  'worse',
  'different',
  'better',
  'finding-new',
  'contract',
  'body-shape',
  'finding-gone',
  'slower',
  'faster',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One thing that is not as it was. */
export interface Difference {
  operation: string;
  kind: ChangeKind;
  from: string;
  to: string;
}

/** A difference that counts, and what it does to whoever depends on the API. */
export interface Change extends Difference {
  target: string;
  /** What it does to the consumers, in words; that none is known to need the operation is said as well. */
  effect: string;
  /** In a series of runs: start of the run in which it was first seen to hold, ISO 8601, UTC. */
  since?: string;
  /** In a series of runs: whether the newest of them shows it. One that has just gone counts until it is steadily gone. */
  inNewest?: boolean;
}

/** A difference that was not seen often enough to count, or that comes and goes. */
export interface Unsteady extends Change {
  /** In how many of the last sightings it was seen. */
  seen: number;
  of: number;
}

/** What becomes of an operation that a newer edition of the contract has, or no longer has. */
export const CAME = 'new in the contract';
export const WENT = 'gone from the contract';

/** What stands for the contract as a whole where an operation is named. */
export const WHOLE_CONTRACT = '(contract)';

/** An operation that could not be compared, and why. */
export interface NotCompared {
  target: string;
  operation: string;
  why: string;
}

/** The result of every comparison. */
export interface Drift {
  base: string;
  head: string;
  /** Ordered by what they do to the consumers, the worst first. */
  changes: Change[];
  unsteady: Unsteady[];
  notCompared: NotCompared[];
  /** How many operations were compared. */
  compared: number;
}

/** 0 when nothing changed, 1 when something did, 3 when nothing could be compared. */
export function exitCodeOf({ changes, compared }: Drift): 0 | 1 | 3 {
  if (compared === 0) return 3;
  return changes.length > 0 ? 1 : 0;
}
