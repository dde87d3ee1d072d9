import { STEADY } from '../drift/series.js';
import { isAtLeast, proofOf, type Proof } from '../record/proof.js';
import type { Capability, Run } from '../record/run.js';
import { provedAnything } from '../record/success.js';

/** An operation of which the newest runs prove less than all runs before. */
export interface LostProof {
  operation: string;
  /** What all runs before have proven at least. */
  from: Proof;
  to: Proof;
  /** Start of the first of the runs that prove less, ISO 8601, UTC. */
  since: string;
}

interface Sighting {
  at: string;
  proof: Proof;
  outcome: Capability['outcome'];
  manner: Capability['manner'];
}

/** Outcomes that no expectation has to explain. */
const UNREFUSED: ReadonlySet<Capability['outcome']> = new Set<Capability['outcome']>([
  ...(['works', 'deviates', 'skipped'] as const),
]);

function isRefusedAsAsked({ outcome, manner }: Sighting, before: Sighting | undefined): boolean {
  return manner === before?.manner && !UNREFUSED.has(outcome);
}

/** So many runs have to have proven something before it can be lost. */
const EARLIER = 3;

/**
 * Notes what each run proves of each operation. What is not asked any more, or only in a weaker manner, is no change of the
 * host, and without this would pass as a night on which everything is as expected. It counts when it was so in as many of
 * the newest runs as any other change has to be seen. What is asked as before and refused now is a matter of the expectation.
 */
export function createProofs() {
  const sightings = new Map<string, Sighting[]>();
  return {
    /** Takes the next run of the same target, in the order of time. */
    add: (run: Run): void => {
      if (!provedAnything(run)) return;
      for (const operation of run.operations) {
        const seen = sightings.get(operation.id) ?? [];
        const { outcome, manner } = operation;
        seen.push({ at: run.startedAt, proof: proofOf(operation), outcome, manner });
        sightings.set(operation.id, seen);
      }
    },
    lost: (): LostProof[] =>
      [...sightings].flatMap(([operation, seen]): LostProof[] => {
        const newest = seen.slice(-STEADY.of);
        const earlier = seen.slice(0, -STEADY.of);
        const last = newest.at(-1);
        if (earlier.length < EARLIER || last === undefined) return [];
        const from = earlier.reduce((least, { proof }) => (isAtLeast(proof, least) ? least : proof), BEST);
        const weaker = newest.filter(({ proof }) => !isAtLeast(proof, from));
        const [first] = weaker;
        if (isRefusedAsAsked(last, earlier.at(-1))) return [];
        if (first === undefined || weaker.length < STEADY.seen || isAtLeast(last.proof, from)) return [];
        return [{ operation, from, to: last.proof, since: first.at }];
      }),
  };
}

const BEST: Proof = 'works';
