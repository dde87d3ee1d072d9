import type { Operation } from '../contract/contract.js';
import type { Samples } from './samples.js';
import { isNamed, nounOf, sameShape } from './sources.js';

/**
 * An operation that can be asked for real, because everything it touches was created by the run itself, and
 * everything it creates can be removed again.
 */
export interface RealWrite {
  /** By path parameter: the operation that creates what it names. */
  creators: Map<string, Operation>;
  /** What removes that which this operation creates; undefined when it creates nothing of its own. */
  remover: Operation | undefined;
}

/**
 * Which operations can be asked for real, derived from the contract: a POST to a collection creates one of it,
 * and the DELETE below that collection removes it. What stands below a thing that the run created goes with it.
 * An operation for which this cannot be told is not among them: nothing is left behind, and nothing that was
 * there before is touched.
 */
export function realWrites(
  operations: readonly Operation[],
  samples: Pick<Samples, 'references' | 'removedBy' | 'parameter'>,
): ReadonlyMap<string, RealWrite> {
  const writes = operations.filter(({ safe }) => !safe);
  const found = new Map<string, RealWrite>();
  // Each round adds what builds on the rounds before; it ends when a round adds nothing.
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const operation of writes) {
      if (found.has(operation.id)) continue;
      const write = realWrite(operation, operations, samples, found);
      if (write) found.set(operation.id, write);
    }
  }
  return found;
}

function realWrite(
  operation: Operation,
  operations: readonly Operation[],
  samples: Pick<Samples, 'references' | 'removedBy' | 'parameter'>,
  found: ReadonlyMap<string, RealWrite>,
): RealWrite | undefined {
  const creating = operations.filter(({ id }) => found.get(id)?.remover !== undefined);
  const creators = new Map<string, Operation>();
  for (const { name, in: place } of operation.parameters) {
    if (place !== 'path') continue;
    const creator = creatorOf(operation, name, creating, samples);
    if (!creator) return undefined;
    creators.set(name, creator);
  }
  const named = samples.references(operation.id).map((id) => operations.find((other) => other.id === id));
  if (!named.every((other) => other !== undefined && (other.safe || found.has(other.id)))) return undefined;
  if (operation.method !== 'POST') return creators.size > 0 ? { creators, remover: undefined } : undefined;
  const remover = removerOf(operation, operations, samples);
  // A POST to a collection whose things nobody can remove would leave something behind.
  return remover || creators.size > 0 ? { creators, remover } : undefined;
}

function creatorOf(
  operation: Operation,
  parameter: string,
  creating: readonly Operation[],
  samples: Pick<Samples, 'parameter'>,
): Operation | undefined {
  const sample = samples.parameter(operation.id, 'path', parameter);
  if (typeof sample === 'object' && 'from' in sample) return creating.find(({ id }) => id === sample.from);
  const noun = nounOf(parameter);
  const above = operation.path.slice(0, operation.path.indexOf(`{${parameter}}`));
  return (
    creating.find((other) => noun !== undefined && !other.path.includes('{') && isNamed(other.path, noun)) ??
    creating.find((other) => sameShape(other.path, above))
  );
}

/**
 * What a POST makes belongs to the collection that its path begins with, unless the path names one of that
 * collection already: then it is a part of that one.
 */
function removerOf(
  operation: Operation,
  operations: readonly Operation[],
  samples: Pick<Samples, 'removedBy'>,
): Operation | undefined {
  const named = samples.removedBy(operation.id);
  if (named !== undefined) return operations.find(({ id }) => id === named);
  const [collection = '', ...rest] = operation.path.split(/(?=\{)/);
  const [parameter] = /[^{]+(?=\})/.exec(rest[0] ?? '') ?? [];
  const noun = parameter === undefined ? undefined : nounOf(parameter);
  if (parameter !== undefined && (noun === undefined || isNamed(collection, noun))) return undefined;
  return operations.find(({ method, path }) => method === 'DELETE' && sameShape(path, `${collection}{}`));
}
