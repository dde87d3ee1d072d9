import { wayOf } from '../checks/finding-key.js';
import { isProblem, needsAction, type Background } from '../impact/owner.js';
import { unaskedOf, type Capability, type Run } from '../record/run.js';
import { CONTRACT, namedErrorsOf, refusalOf, type Case } from './case.js';

/** Who has to act on a fault: the vendor, ourselves, or whoever runs the network in between. */
export const FAULT_SIDES = ['vendor', 'us', 'network'] as const;
export type FaultSide = (typeof FAULT_SIDES)[number];

/** One way in which something does not work: the unit in which the runs of many agencies are summed up. */
export interface Fault {
  /** The same at every agency that has the fault, in every run: nothing in it depends on an agency or on its data. */
  key: string;
  /** A word of the vocabulary of causes, or `contract-` and the promise that answers break. */
  cause: string;
  side: FaultSide;
  /** The operations that show it, by their ids. */
  operations: string[];
}

/**
 * The faults of a run. An operation whose answers break the contract has one for each way in which they do, and not one
 * for all ways together, as a ticket has: which of them show depends on the data of an agency.
 */
export function faultsOf(run: Run, backgroundOf: (operation: string) => Background): Fault[] {
  const faults = new Map<string, Fault>();
  for (const { operation, owner } of needsAction(run, backgroundOf).filter(isProblem)) {
    const side = owner.who === 'vendor' ? 'vendor' : isOfNetwork(operation) ? 'network' : 'us';
    for (const part of partsOf(operation)) {
      // The same answer can be the vendor's at one operation, and our own mistake at another.
      const key = side === 'vendor' ? part.key : `${side} ${part.key}`;
      const known = faults.get(key) ?? { key, cause: part.cause, side, operations: [] };
      if (!known.operations.includes(operation.id)) known.operations.push(operation.id);
      faults.set(key, known);
    }
  }
  return [...faults.values()];
}

/** What a run shows of some faults of one cause, as the evidence of a ticket; undefined where it shows none of them. */
export function evidenceOf(run: Run, faults: readonly Pick<Fault, 'key' | 'operations'>[]): Case | undefined {
  const wanted = new Set(
    faults.flatMap(({ key, operations }) => operations.map((id) => `${id} ${withoutSide(key)}`)),
  );
  const parts = run.operations.flatMap((operation) => {
    const own = partsOf(operation).filter(({ key }) => wanted.has(`${operation.id} ${key}`));
    const [first] = own;
    return first ? [{ ...first, findings: own.flatMap(({ findings }) => findings) }] : [];
  });
  const [first] = parts;
  return (
    first && {
      key: first.key,
      cause: first.cause,
      run: run.id,
      at: run.startedAt,
      operations: parts.map(({ operation, findings }) => ({ ...operation, findings })),
    }
  );
}

/**
 * Of what a run shows nothing: operations that were not asked or gave no answer, by their ids, and checks that the budget
 * left undone at any operation. That a fault of one of them does not show does not end it.
 */
export function untestedIn({ operations }: Pick<Run, 'operations'>): string[] {
  const unanswered = operations.filter(({ outcome }) => UNTESTED.has(outcome)).map(({ id }) => id);
  const undone = new Set(operations.flatMap((operation) => [...unaskedOf(operation)]));
  return [...unanswered, ...undone];
}

const UNTESTED: ReadonlySet<string> = new Set(['skipped', 'unreachable', 'throttled']);

/** A key without what says whose the fault is. */
export function withoutSide(key: string): string {
  return key.replace(/^(?:us|network) /, '');
}

function isOfNetwork({ outcome, side }: Capability): boolean {
  return outcome === 'unreachable' || side === 'network';
}

interface Part {
  key: string;
  cause: string;
  operation: Capability;
  findings: Capability['findings'];
}

/** The faults of one operation, each with what shows it. */
function partsOf(operation: Capability): Part[] {
  if (operation.outcome !== 'deviates') {
    const { key, cause } = refusalOf(operation);
    return [{ key, cause, operation, findings: operation.findings }];
  }
  return namedErrorsOf(operation).map((finding) => ({
    key: ['contract', finding.check, JSON.stringify([finding.schema ?? '', ...wayOf(finding)])].join(' '),
    cause: CONTRACT + finding.check,
    operation,
    findings: [finding],
  }));
}
