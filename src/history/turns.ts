import type { Turn } from '../checks/due.js';
import type { Run } from '../run/run.js';

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
        for (const { id, result, code } of checks) {
          const key = keyOf(id, operation);
          if (code !== 'not-its-turn') turns.set(key, { at, tooMuch: code === 'too-much' });
          if (result === 'passed' || result === 'failed') sightings.set(key, { at, result });
        }
      }
    },
    turnOf: (check, operation) => turns.get(keyOf(check, operation)),
    lastOf: (check, operation) => sightings.get(keyOf(check, operation)),
  };
}

function keyOf(check: string, operation: string): string {
  return `${check} ${operation}`;
}
