import { createHash } from 'node:crypto';
import { Type, type Static } from '@sinclair/typebox';
import { wayOf } from '../checks/finding-key.js';
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
  if (operation.outcome !== 'deviates') return [refusalOf(operation)];
  const errors = operation.findings.filter(({ severity }) => severity === 'error');
  const checks = [...new Set(errors.map(({ check }) => check))];
  return checks.map((check) => {
    const findings = errors.filter((finding) => finding.check === check);
    return {
      key: contractKey(check, findings),
      cause: CONTRACT + check,
      part: { ...operation, findings },
    };
  });
}

/** What the cause of answers that break the contract begins with; the name of a check follows. */
export const CONTRACT = 'contract-';

/** The cause of an operation that is refused. Its key holds nothing that differs from one caller to another. */
export function refusalOf(operation: Capability): { key: string; cause: string; part: Capability } {
  const cause = operation.cause ?? 'undetermined';
  return { key: `${cause} ${ownExchange(operation)?.fingerprint ?? ''}`, cause, part: operation };
}

/** The findings for which an operation breaks the contract, each of which says in which way. */
export function namedErrorsOf({ findings }: Pick<Capability, 'findings'>): Capability['findings'] {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const named = errors.filter(({ code = '' }) => !UNNAMED.has(code));
  return named.length > 0 ? named : errors;
}

/** Codes that say that there are more findings: how many there are changes with the data. */
const UNNAMED: ReadonlySet<string> = new Set(['more', 'not-all-examined']);

/**
 * The key of answers that break a promise: the same where they break it in the same ways, wherever in a list, whatever
 * the sentence, and however often.
 */
export function contractKey(check: string, findings: Capability['findings']): string {
  const ways = namedErrorsOf({ findings }).map((finding) => JSON.stringify(wayOf(finding)));
  const parts = [...new Set(ways)].sort();
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
  return `contract ${check} ${hash}`;
}
