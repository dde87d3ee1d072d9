import type { Turn } from '../checks/due.js';
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
  const turns = new Map<string, Turn>();
  const sightings = new Map<string, Sighting>();
  return {
    add: ({ startedAt: at, operations }) => {
      for (const { id: operation, checks = [] } of operations) {
        for (const one of checks) {
          const { id, result, code } = one;
          const key = keyOf(id, operation);
          if (code !== 'not-its-turn') turns.set(key, turnIn(at, one));
          if (result === 'passed' || result === 'failed') sightings.set(key, { at, result });
        }
      }
    },
    turnOf: (check, operation) => turns.get(keyOf(check, operation)),
    lastOf: (check, operation) => sightings.get(keyOf(check, operation)),
  };
}

function turnIn(at: string, { result, code }: Pick<Result, 'result' | 'code'>): Turn {
  return { at, tooMuch: code === 'too-much', applies: result !== 'not-applicable' };
}

type Result = NonNullable<Capability['checks']>[number];

function keyOf(check: string, operation: string): string {
  return `${check} ${operation}`;
}
