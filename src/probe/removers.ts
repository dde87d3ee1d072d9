import type { Operation } from '../contract/operation.js';
import type { Samples } from './samples.js';
import { parameterIn, parametersOf, segmentsOf } from './segments.js';
import { nounsOf, pathsOf, sameShape } from './path-index.js';
import { nounOf } from './sources.js';

/**
 * Where the value of a path parameter of a remover comes from: the path of the request that created the thing, an
 * operation that created something else before, or a member of the answer.
 */
export type Binding =
  { of: 'creation'; parameter: string } | { of: 'made'; by: Operation } | { of: 'answer' };

/** How that which an operation creates is removed. */
export interface Removal {
  remover: Operation;
  /** The path parameter of the remover that names what was created. */
  id: string;
  /** Where the values of its other path parameters come from. */
  others: ReadonlyMap<string, Binding>;
}

/** What has to be known besides the contract to tell what removes a thing. */
export interface Known {
  operations: readonly Operation[];
  samples: Pick<Samples, 'removedBy' | 'parameter'>;
  /** The operation whose things a parameter of an operation names, when the run creates those. */
  creatorOf: (operation: Operation, parameter: string) => Operation | undefined;
  /** Whether members of the answer may give what nothing else gives: ids of several parts. */
  composite: boolean;
}

/**
 * What removes that which an operation creates: what the samples name, with whatever method, or else the DELETE whose
 * path tells that it does. Undefined when there is none, or when it is not known what its path is filled with.
 */
export function removalOf(operation: Operation, known: Known): Removal | undefined {
  const named = known.samples.removedBy(operation.id);
  const candidates =
    named === undefined
      ? byPath(operation, known.operations)
      : known.operations.filter(({ id, safe }) => id === named && !safe);
  for (const remover of candidates) {
    const removal = bind(operation, remover, known);
    if (removal) return removal;
  }
  return undefined;
}

/**
 * The DELETEs whose path tells that they remove what a POST creates, best first:
 *
 * - one below its path, whatever the parameter is called and wherever slashes are at the end;
 * - one below the collection, where the path ends in a word for creating;
 * - two below its path, where an id has two parts;
 * - where the path names a thing that is not of the collection it begins with, one of that collection;
 * - where a collection is below a thing, one of a collection of the same name that is by itself.
 */
function byPath({ path }: Operation, operations: readonly Operation[]): Operation[] {
  const own = segmentsOf(path);
  const collection = CREATING.test(own.at(-1) ?? '') ? own.slice(0, -1) : undefined;
  const first = own.findIndex((segment) => segment.includes('{'));
  const last = own.at(-1) ?? '';
  const leading = first === -1 ? own : own.slice(0, first);
  const shapes = [
    [...own, '{}'],
    ...(collection ? [[...collection, '{}']] : []),
    [...own, '{}', '{}'],
    ...(first === -1 || namesOwnCollection(own, first) ? [] : [[...leading, '{}']]),
    ...(first === -1 || last.includes('{') ? [] : [[...leading.slice(0, -1), last, '{}']]),
  ].map((segments) => `/${segments.join('/')}`);
  return shapes
    .flatMap((shape) => pathsOf(operations).like(shape))
    .filter(({ method, safe }) => method === 'DELETE' && !safe);
}

const CREATING = /^_?(?:create|add|new)$/i;

/** Whether the first parameter of a path names one of the collection that the path begins with. */
function namesOwnCollection(segments: readonly string[], first: number): boolean {
  const noun = nounOf(parameterIn(segments[first] ?? '') ?? '');
  return noun === undefined || nounsOf(segments.slice(0, first).join('/')).includes(noun);
}

function bind(creation: Operation, remover: Operation, known: Known): Removal | undefined {
  // What names nothing removes everything.
  const parameters = parametersOf(remover.path);
  if (parameters === undefined || parameters.length === 0) return undefined;
  const sampled = (name: string): string | undefined => {
    const sample = known.samples.parameter(remover.id, 'path', name);
    return typeof sample === 'object' && 'from' in sample ? sample.from : undefined;
  };
  const id = parameters.find((name) => sampled(name) === creation.id) ?? parameters.at(-1) ?? '';
  // An id that the samples take from another operation is not that of what this one creates.
  if (![undefined, creation.id].includes(sampled(id))) return undefined;
  const others = new Map<string, Binding>();
  for (const name of parameters) {
    if (name === id) continue;
    const binding = bindingOf(name, creation, remover, known);
    if (!binding) return undefined;
    others.set(name, binding);
  }
  return { remover, id, others };
}

function bindingOf(name: string, creation: Operation, remover: Operation, known: Known): Binding | undefined {
  const sample = known.samples.parameter(remover.id, 'path', name);
  const refers = typeof sample === 'object' && 'from' in sample;
  const same = refers ? undefined : sameParameter(creation, remover, name);
  if (same !== undefined) return { of: 'creation', parameter: same };
  const by = known.creatorOf(remover, name);
  if (by) return { of: 'made', by };
  return known.composite && !refers ? { of: 'answer' } : undefined;
}

/** The parameter of a creation that is where this one of the remover is, after the same segments. */
function sameParameter(creation: Operation, remover: Operation, name: string): string | undefined {
  const theirs = segmentsOf(remover.path);
  const until = theirs.indexOf(`{${name}}`) + 1;
  const own = segmentsOf(creation.path).slice(0, until);
  if (!sameShape(own.join('/'), theirs.slice(0, until).join('/'))) return undefined;
  return parameterIn(own.at(-1) ?? '');
}
