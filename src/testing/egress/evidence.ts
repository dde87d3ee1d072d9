import type { Policy } from './habits.js';
import type { Seen } from './seen.js';
import type { SetUp } from './set-up.js';

/** A part of what was done in a set-up, with how far it may go. */
export interface Phase {
  seen: readonly Seen[];
  allowed: Policy;
  /** Whether what the program has made may be removed by it without being asked. */
  mayRemove: boolean;
}

/** A record that the program has made and that is still there. */
export interface Remains {
  path: string;
  /** The operation by which it came. */
  by: string;
}

/** What the program itself says of what it has done. */
export interface Reported {
  /** The operations of what may remain, one for each thing. A run file has no such list where there is none. */
  left: string[];
  /** The same as the output tells it; undefined where the command prints nothing of a run. */
  printed: string[] | undefined;
  /** Undefined when it has none. */
  budget: { planned: Record<string, number>; sent: Record<string, number> } | undefined;
}

/** What came of `conform cleanup`. */
export interface Cleaned {
  /** How many things it says that it has removed. */
  claimed: number;
  /** How many were removed, as the server knows. */
  removed: number;
  /** The operations of what it says is left; undefined when it has not come that far. */
  left: string[] | undefined;
  /** Whether its journal still names what was made, so that it can know of it. */
  knows: boolean;
  /** Whether anything may be removed because this journal says so. */
  mayObey: boolean;
}

/** All that is known of one set-up when it has been driven. */
export interface Evidence {
  setUp: SetUp;
  phases: readonly Phase[];
  /** What the servers saw while only a plan was asked for, and the most requests that it announced. */
  planned: { seen: readonly Seen[]; most: number | undefined } | undefined;
  remains: readonly Remains[];
  /** What the run file says; undefined when there is none. */
  reported: Reported | undefined;
  cleaned: Cleaned | undefined;
  /** Whether something has to be asked, for the set-up to show anything. */
  mustAsk: boolean;
  /** Set when the set-up could not be driven as intended. */
  trouble: string | undefined;
  /** What the commands printed, for those who look into a row. */
  output: string;
}
