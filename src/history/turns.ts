import type { Turn } from '../checks/due.js';
import { onceFor } from '../once.js';
import type { Capability, Run } from '../record/run.js';

/** When a check last found out what an operation does, and what. */
export interface Sighting {
  at: string;
  result: 'passed' | 'failed';
}

/** What runs of one target show of when checks had their turn. */
export interface Turns {
  /** The last time that a check was asked, whatever came of it. */
  turnOf: (check: string, operation: string) => Turn | undefined;
  /** The last time that it was kept or broken. */
  lastOf: (check: string, operation: string) => Sighting | undefined;
}

/**
 * Collects when each check last had its turn for each operation, from runs given one at a time in the order of time. What a
 * run left undone because others were due is no turn.
 */
export function createTurns(): Turns & { add: (run: Run) => void } {
  const [turns, sightings] = [byOperation<Turn>(), byOperation<Sighting>()];
  return {
    add: ({ startedAt: at, operations }) => {
      // A run that was read has the results once that are the same for many operations.
      const turn = onceFor((one: Result) => turnIn(at, one));
      const sighting = onceFor((one: Result) => sightingIn(at, one));
      for (const { id: operation, checks = [] } of operations) {
        for (const one of checks) {
          if (one.code !== 'not-its-turn') turns.set(operation, one.id, turn(one));
          const seen = sighting(one);
          if (seen) sightings.set(operation, one.id, seen);
        }
      }
    },
    turnOf: (check, operation) => turns.get(operation, check),
    lastOf: (check, operation) => sightings.get(operation, check),
  };
}

/** A value for each check of each operation. */
function byOperation<T>() {
  const all = new Map<string, Map<string, T>>();
  return {
    get: (operation: string, check: string): T | undefined => all.get(operation)?.get(check),
    set: (operation: string, check: string, value: T): void => {
      const own = all.get(operation) ?? new Map<string, T>();
      all.set(operation, own.set(check, value));
    },
  };
}

function turnIn(at: string, { result, code }: Pick<Result, 'result' | 'code'>): Turn {
  return { at, tooMuch: code === 'too-much', applies: result !== 'not-applicable' };
}

function sightingIn(at: string, { result }: Pick<Result, 'result'>): Sighting | undefined {
  return result === 'passed' || result === 'failed' ? { at, result } : undefined;
}

type Result = NonNullable<Capability['checks']>[number];
