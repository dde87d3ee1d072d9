import type { Contract, Operation } from '../contract/contract.js';
import type { Json } from '../json.js';
import { sourcesOf, type Sources } from '../probe/sources.js';
import { realWrites, type RealWrite } from '../probe/creations.js';
import type { Samples } from '../probe/samples.js';
import { forbiddenBody, mannerOf, type Manner } from '../probe/writes.js';
import { Problem } from '../problem.js';
import type { Target, WritePolicy } from '../target/targets.js';

/** How one operation will be asked, before anything is asked. */
export interface Step {
  operation: Operation;
  manner: Manner;
  /** A body that the contract forbids, for the manner that sends one. */
  forbidden: Json | undefined;
  /** The operations whose answers give the ids for the path. */
  sources: Sources;
  /** How it can be asked for real; set when it will be. */
  write: RealWrite | undefined;
  /** Asked only because another operation needs the ids that it lists; not part of the result. */
  supporting: boolean;
}

export interface Plan {
  steps: Step[];
  policy: WritePolicy;
  /** The operations of the whole contract that can be asked for real. */
  writes: ReadonlyMap<string, RealWrite>;
  /** The most requests that the run will make, controls and retries included. */
  budget: { operations: number; controls: number; spellings: number };
}

/** Control probes that an operation may cost at most, and spellings that may be tried. */
export const LIMITS = { controls: 6, spellings: 12, spellingsOfRun: 100 };

/**
 * What a run would ask of a target.
 * @param selection `only`: parts of ids, operationIds or tags, of which one has to fit; `shard`: the I-th of N
 * @throws Problem when nothing is left to ask.
 */
export function planRun(
  contract: Contract,
  target: Target,
  policy: WritePolicy,
  samples: Samples,
  selection: { only?: readonly string[]; shard?: { index: number; of: number } } = {},
): Plan {
  const { only = [], shard } = selection;
  const chosen = contract.operations
    .filter((operation) => only.length === 0 || only.some((text) => isAbout(operation, text)))
    .filter((_, index) => shard === undefined || index % shard.of === shard.index - 1);
  if (chosen.length === 0 && shard === undefined) {
    throw new Problem(`no operation fits --only ${only.join(', ')}`, {
      remedy: 'Give a part of a path, an operationId or a tag of the contract.',
    });
  }
  const validator = contract.validators.request;
  const real = realWrites(contract.operations, samples);
  const withSources =
    chosen.length === contract.operations.length ? chosen : closeOver(chosen, contract, samples, real);
  const steps = withSources.map((operation) => {
    const write = real.get(operation.id);
    const forbidden = forbiddenBody(operation, validator);
    const can = { forbidden: forbidden !== undefined, real: write !== undefined };
    const manner = mannerOf(operation, policy, target, can);
    return {
      operation,
      manner,
      forbidden: manner === 'forbidden-body' ? forbidden : undefined,
      write: manner === 'real' ? write : undefined,
      sources: sourcesOf(operation, contract.operations),
      supporting: !chosen.includes(operation),
    };
  });
  const asked = steps.filter(({ manner }) => manner !== 'not').length;
  return {
    steps,
    policy,
    writes: real,
    budget: {
      operations: asked,
      controls: target.serve === 'mock' ? 0 : asked * LIMITS.controls,
      spellings: target.serve === 'mock' ? 0 : Math.min(LIMITS.spellingsOfRun, asked * LIMITS.spellings),
    },
  };
}

/** The chosen operations, those whose answers give their ids, those that create what they change, and so on. */
function closeOver(
  chosen: readonly Operation[],
  contract: Contract,
  samples: Pick<Samples, 'references'>,
  real: ReadonlyMap<string, RealWrite>,
): Operation[] {
  const closed = new Set(chosen);
  for (const operation of closed) {
    const named = samples.references(operation.id);
    const sources = [...sourcesOf(operation, contract.operations).values()].flat();
    const created = [...(real.get(operation.id)?.creators.values() ?? [])];
    const others = contract.operations.filter(({ id }) => named.includes(id));
    for (const source of [...sources, ...created, ...others]) closed.add(source);
  }
  return [...closed];
}

function isAbout(operation: Operation, text: string): boolean {
  const wanted = text.toLowerCase();
  return [operation.id, operation.operationId, operation.tag].some((name) =>
    name.toLowerCase().includes(wanted),
  );
}
