import type { Problem } from '../problem.js';
import { misnamed, misnamedProblem, type Known } from '../targets/named.js';
import type { Consumer, Need } from './consumer.js';

/** A need of a consumer whose operation the contract does not have. */
export interface Orphan {
  /** The operation that is most like it. */
  nearest: string | undefined;
}

/** The operations of a consumer that the contract does not have: where they are to be judged, each is an error. */
export function operationsMissing(
  { named }: Pick<Consumer, 'named'>,
  contract: NonNullable<Known['contract']>,
): Problem[] {
  return misnamed(named, { contract }).map(misnamedProblem);
}

/**
 * Consumers whose needs say of themselves that the contract does not have their operation: nobody is to blame that it does
 * not work, for nobody has promised it.
 */
export function withOrphans(
  consumers: readonly Consumer[],
  contract: NonNullable<Known['contract']>,
): Consumer[] {
  const orphans = new Map(
    misnamed(
      consumers.flatMap(({ named }) => named),
      { contract },
    ).map(({ name, nearest }) => [name, { nearest }]),
  );
  const marked = (need: Need): Need => {
    const orphan = orphans.get(need.operation);
    return orphan ? { ...need, orphan } : need;
  };
  return consumers.map((consumer) => ({
    ...consumer,
    features: consumer.features.map((feature) => ({
      ...feature,
      ...(feature.operations ? { operations: feature.operations.map(marked) } : {}),
    })),
  }));
}
