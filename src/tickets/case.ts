import { createHash } from 'node:crypto';
import { Type, type Static } from '@sinclair/typebox';
import { isProblem, needsAction, type Background } from '../impact/owner.js';
import { Capability, type Run } from '../record/run.js';
import { ownExchange } from '../record/shown-exchanges.js';

/** One cause in one run: every operation that shows it, with its evidence. */
export const Case = Type.Object({
  /** Same for the same cause in every run: what is refused in the same way for the same reason. */
  key: Type.String(),
  /** A word of the vocabulary of causes, or `contract-` and the promise that answers break. */
  cause: Type.String(),
  run: Type.String(),
  at: Type.String(),
  operations: Type.Array(Capability),
});
export type Case = Static<typeof Case>;

/** Something that does not work and is not for the vendor to fix. */
export interface Note {
  target: string;
  operation: string;
  why: string;
  what: string;
}

/** What a run shows that has to be written to somebody: to the vendor, or to ourselves. */
export interface Matters {
  cases: Case[];
  notes: Note[];
}

/**
 * Sorts what does not work in a run by cause and not by endpoint: an operation is refused for the same cause as
 * another when both are answered in the same way for the same reason.
 */
export function mattersOf(run: Run, backgroundOf: (operation: string) => Background): Matters {
  const cases = new Map<string, Case>();
  const notes: Note[] = [];
  for (const { operation, owner } of needsAction(run, backgroundOf).filter(isProblem)) {
    if (owner.who === 'us') {
      const what = [operation.explanation, operation.fix ?? ''].join(' ').trim();
      notes.push({ target: run.target, operation: operation.id, why: owner.why, what });
      continue;
    }
    for (const { key, cause, part } of causesOf(operation)) {
      const known = cases.get(key) ?? { key, cause, run: run.id, at: run.startedAt, operations: [] };
      known.operations.push(part);
      cases.set(key, known);
    }
  }
  return { cases: [...cases.values()], notes };
}

/** A refusal has one cause; an answer that breaks the contract has one for each promise that it breaks. */
function causesOf(operation: Capability): { key: string; cause: string; part: Capability }[] {
  if (operation.outcome !== 'deviates') {
    const cause = operation.cause ?? 'undetermined';
    const key = `${cause} ${ownExchange(operation)?.fingerprint ?? ''}`;
    return [{ key, cause, part: operation }];
  }
  const errors = operation.findings.filter(({ severity }) => severity === 'error');
  const checks = [...new Set(errors.map(({ check }) => check))];
  return checks.map((check) => {
    const findings = errors.filter((finding) => finding.check === check);
    return {
      key: `contract ${check} ${hashOf(findings.map(({ message, pointer }) => breachOf(message, pointer)))}`,
      cause: `contract-${check}`,
      part: { ...operation, findings },
    };
  });
}

/** The member that is wrong, wherever in a list it is. */
function breachOf(message: string, pointer = ''): string {
  return `${pointer.split('/').findLast((step) => step !== '' && !/^\d+$/.test(step)) ?? ''} ${message}`;
}

function hashOf(breaches: readonly string[]): string {
  const parts = [...new Set(breaches)].sort();
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
