import type { Operation } from '../contract/operation.js';
import { isArray, isObject, type Json } from '../json.js';
import { removalOf, type Removal } from './removers.js';
import type { Samples } from './samples.js';
import { segmentsOf } from './segments.js';
import { pathsOf } from './path-index.js';
import { nounOf } from './sources.js';

/**
 * An operation that can be asked for real, because everything it touches was created by the run itself, and
 * everything it creates can be removed again or may stay.
 */
export interface RealWrite {
  /** By path parameter: the operation that creates what it names. */
  creators: Map<string, Operation>;
  /** What removes that which this operation creates; undefined when it creates nothing of its own. */
  remover: Operation | undefined;
  /** How it is filled. */
  removal: Removal | undefined;
  /** It creates what nobody can remove, and the samples say that this may stay. */
  leaves: boolean;
}

type Known = Pick<Samples, 'references' | 'removedBy' | 'parameter' | 'leaves' | 'body'>;

/**
 * Which operations can be asked for real, derived from the contract: a POST to a collection creates one of it,
 * and the DELETE below that collection removes it. What is below a thing that the run created goes with it.
 * An operation for which this cannot be derived is not among them: nothing is left behind unless the samples allow it,
 * and nothing that was there before is touched.
 * @param mustBeSeen leaves out creations of what the contract neither reads nor lists: that it was created could only be
 * believed
 */
export function realWrites(
  operations: readonly Operation[],
  samples: Known,
  mustBeSeen = false,
): ReadonlyMap<string, RealWrite> {
  const writes = operations.filter(({ safe }) => !safe);
  const found = new Map<string, RealWrite>();
  // Each round adds what builds on the rounds before. Ids of several parts come last: what the run has created
  // itself is a better parent than what an answer names.
  for (const composite of [false, true]) {
    for (let before = -1; before < found.size;) {
      before = found.size;
      for (const operation of writes) {
        if (found.has(operation.id)) continue;
        const write = realWrite(operation, operations, samples, found, composite);
        if (write && !(mustBeSeen && isUnseen(operation, write, operations))) found.set(operation.id, write);
      }
    }
  }
  return found;
}

function realWrite(
  operation: Operation,
  operations: readonly Operation[],
  samples: Known,
  found: ReadonlyMap<string, RealWrite>,
  composite: boolean,
): RealWrite | undefined {
  const creating: Creating = {
    operations,
    has: ({ id }) => {
      const write = found.get(id);
      return write?.remover !== undefined || write?.leaves === true;
    },
  };
  const creators = new Map<string, Operation>();
  for (const { name, in: place } of operation.parameters) {
    if (place !== 'path') continue;
    const creator = creatorOf(operation, name, creating, samples);
    if (!creator) return undefined;
    creators.set(name, creator);
  }
  const named = samples.references(operation.id).map((id) => operations.find((other) => other.id === id));
  if (!named.every((other) => other !== undefined && (other.safe || found.has(other.id)))) return undefined;
  const nothing = { creators, remover: undefined, removal: undefined, leaves: false };
  if (operation.method !== 'POST') return creators.size > 0 ? nothing : undefined;
  const removalWith = (parts: boolean) =>
    removalOf(operation, {
      operations,
      samples,
      composite: parts,
      creatorOf: (other, parameter) => creatorOf(other, parameter, creating, samples),
    });
  const removal = removalWith(composite);
  if (removal) return { creators, remover: removal.remover, removal, leaves: false };
  // A later round may tell what removes it.
  const isOpen = samples.removedBy(operation.id) !== undefined || removalWith(true) !== undefined;
  if (!composite && (isOpen || samples.leaves(operation.id))) return undefined;
  if (samples.leaves(operation.id)) return { ...nothing, leaves: true };
  // A POST to a collection whose things nobody can remove would leave something behind.
  return goesWith(creators, found) ? nothing : undefined;
}

/** Whether an operation creates what nothing of the contract shows, and what is below no other thing of the run. */
function isUnseen(operation: Operation, { removal }: RealWrite, operations: readonly Operation[]): boolean {
  return (
    removal !== undefined &&
    [...removal.others.values()].every(({ of }) => of === 'answer') &&
    readingOf(removal.remover.path, removal.id, operations) === undefined &&
    listingOf(operation, removal, operations) === undefined
  );
}

/** What is below a thing goes with it, when that is removed. */
function goesWith(creators: ReadonlyMap<string, Operation>, found: ReadonlyMap<string, RealWrite>): boolean {
  return creators.size > 0 && [...creators.values()].some(({ id }) => found.get(id)?.remover !== undefined);
}

/** The operations whose things the run can create, as far as is known. */
interface Creating {
  operations: readonly Operation[];
  has: (operation: Operation) => boolean;
}

function creatorOf(
  operation: Operation,
  parameter: string,
  { operations, has }: Creating,
  samples: Pick<Samples, 'parameter' | 'body'>,
): Operation | undefined {
  const sample = samples.parameter(operation.id, 'path', parameter);
  if (typeof sample === 'object' && 'from' in sample)
    return operations.find((other) => other.id === sample.from && has(other));
  const noun = nounOf(parameter);
  const above = operation.path.slice(0, operation.path.indexOf(`{${parameter}}`));
  const paths = pathsOf(operations);
  return (
    (noun === undefined ? [] : paths.named(noun)).find((other) => !other.path.includes('{') && has(other)) ??
    paths.like(above).find(has) ??
    // An id that is written down is that of a thing of the run when it is in the body that creates the thing.
    (typeof sample === 'object' || sample === undefined
      ? undefined
      : operations.find((other) => has(other) && holds(samples.body(other.id), String(sample))))
  );
}

function holds(body: Json | undefined, text: string): boolean {
  if (isArray(body)) return body.some((item) => holds(item, text));
  if (isObject(body)) return Object.values(body).some((member) => holds(member, text));
  return (typeof body === 'string' || typeof body === 'number') && String(body) === text;
}

/** The safe operation that lists what an operation creates: it has its path, or that of the remover without the id. */
export function listingOf(
  operation: Operation,
  removal: Removal | undefined,
  operations: readonly Operation[],
): Operation | undefined {
  const segments = segmentsOf(removal?.remover.path ?? '');
  const collection = `/${segments.slice(0, segments.indexOf(`{${removal?.id ?? ''}}`)).join('/')}`;
  return [operation.path, ...(removal ? [collection] : [])]
    .flatMap((path) => pathsOf(operations).like(path))
    .find(({ method, safe }) => method === 'GET' && safe);
}

/**
 * The safe operation that reads one thing: its path is that of the remover, or begins it and ends in the id.
 * @param template the path that removes the thing, or under which it is
 */
export function readingOf(
  template: string,
  id: string,
  operations: readonly Operation[],
): Operation | undefined {
  const segments = segmentsOf(template);
  const item = `/${segments.slice(0, segments.indexOf(`{${id}}`) + 1).join('/')}`;
  return [template, item]
    .flatMap((path) => pathsOf(operations).like(path))
    .find(({ method, safe }) => method === 'GET' && safe);
}
