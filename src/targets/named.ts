import { operationMeant } from '../contract/called.js';
import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { at, isObject, pointer, pointerSteps } from '../json.js';
import { nearest } from '../nearest.js';
import type { ProblemCode } from '../errors/catalogue.js';
import { Problem, type Place } from '../problem.js';
import { namesOf } from './addresses.js';

/** What files of a spec folder call by its name. */
export type NamedKind =
  | 'operation'
  /** An operation by its method and path, whatever its parameters are called. */
  | 'route'
  | 'operation id'
  /** An operation by where it is in the contract, as a JSON Pointer. */
  | 'operation path'
  | 'security scheme'
  | 'server'
  | 'parameter'
  | 'target'
  | 'consumer';

/** A name that a file of a spec folder uses, and that another file has to have. */
export interface Named {
  kind: NamedKind;
  name: string;
  place: Place;
  /**
   * What hangs on it. `requests`: which requests go out, or how a run is judged: a name that is none is an error before
   * anything is asked. `nights`: what a night does: an error to whoever runs nights, elsewhere a warning. `description`: what is said of the answers: such a name is a warning.
   */
  bears: 'requests' | 'nights' | 'description';
  /** Of a parameter: the operation that has it, and where; without, any operation and any place. */
  of?: { operation: string; in: 'path' | 'query' | 'header' };
}

/** A name that nothing has. */
export interface Misnamed extends Named {
  /** The name that is most like it; undefined where there is none of this kind. */
  nearest: string | undefined;
}

/** What there is to be named. What is undefined could not be read: of its names nothing is said. */
export interface Known {
  contract?: (Pick<Contract, 'operations'> & Partial<Pick<Contract, 'document'>>) | undefined;
  targets?: readonly { name: string }[] | undefined;
  consumers?: readonly { id: string }[] | undefined;
}

/** The names that nothing has, each with the nearest there is. */
export function misnamed(named: readonly Named[], known: Known): Misnamed[] {
  const likes = new Map<string, string | undefined>();
  return named.flatMap((one): Misnamed[] => {
    const names = namesFor(one, known);
    if (names === undefined || has(names, one)) return [];
    const key = `${one.kind} ${one.of?.operation ?? ''} ${one.of?.in ?? ''} ${one.name}`;
    if (!likes.has(key)) likes.set(key, nearestOf(one, names, known));
    return [{ ...one, nearest: likes.get(key) }];
  });
}

/** What is wrong with such a name, where it is, and what was probably intended. */
export function misnamedProblem(one: Misnamed): Problem {
  return new Problem(codeFor(one), missing(one), {
    place: one.place,
    remedy: remedyFor(one),
  });
}

function codeFor({ kind }: Misnamed): ProblemCode {
  if (kind === 'target') return 'CONFORM_E_TARGET_UNKNOWN';
  return kind === 'consumer' ? 'CONFORM_E_CONSUMER_UNKNOWN' : 'CONFORM_E_NAME_NOT_IN_CONTRACT';
}

/** What is wrong with such a name, as a clause. */
export function missing({ kind, name, of }: Misnamed): string {
  switch (kind) {
    case 'target':
    case 'consumer':
      return `there is no ${kind} “${name}”`;
    case 'parameter':
      return of
        ? `“${of.operation}” has no ${of.in} parameter “${name}”`
        : `no operation of the contract has a parameter “${name}”`;
    case 'route':
    case 'operation':
    case 'operation id':
    case 'operation path':
      return `the contract has no operation “${name}”`;
    case 'security scheme':
    case 'server':
      return `the contract has no ${kind} “${name}”`;
  }
}

/** What was probably intended. */
export function remedyFor({ kind, nearest: like }: Misnamed): string {
  return like === undefined
    ? `There is no ${kind} at all. Remove the name.`
    : `The nearest ${kind === 'route' ? 'operation' : kind} is “${like}”.`;
}

/** The names that there are; undefined where nobody knows. */
function namesFor(
  { kind, of }: Named,
  { contract, targets, consumers }: Known,
): readonly string[] | undefined {
  switch (kind) {
    case 'target':
      return targets?.map(({ name }) => name);
    case 'consumer':
      return consumers?.map(({ id }) => id);
    case 'route':
    case 'operation':
      return contract?.operations.map(({ id }) => id);
    case 'operation id':
      return contract?.operations.map(({ operationId }) => operationId);
    case 'operation path':
      return contract?.operations.map((one) => one.pointer);
    case 'server': {
      const servers = contract?.operations.flatMap(({ server }) => (server ? namesOf(server) : []));
      return servers && [...new Set(servers)];
    }
    case 'security scheme': {
      const schemes = contract && at(contract.document, '/components/securitySchemes');
      return contract && (isObject(schemes) ? Object.keys(schemes) : []);
    }
    case 'parameter': {
      const those = contract?.operations.filter(({ id }) => of === undefined || id === of.operation);
      // That there is no such operation is said of the operation.
      if (those === undefined || (of && those.length === 0)) return undefined;
      const names = those.flatMap(({ parameters }) =>
        parameters.filter((one) => of === undefined || one.in === of.in).map(({ name }) => name),
      );
      return [...new Set(names)];
    }
  }
}

function has(names: readonly string[], { kind, name, of }: Named): boolean {
  const plain = plainOf(kind, of);
  const wanted = plain(name);
  return names.some((one) => plain(one) === wanted);
}

/** What has to be the same of two names. */
function plainOf(kind: NamedKind, of: Named['of']): (name: string) => string {
  if (kind === 'route') return (name) => name.replaceAll(/\{[^{}]*\}/g, '{}');
  if (kind === 'operation path') return (name) => pointer(...pointerSteps(name));
  // Names of headers are the same in capitals.
  if (kind === 'parameter' && of?.in === 'header') return (name) => name.toLowerCase();
  return (name) => name;
}

/** The operation that such a name is of. */
export function operationNamed(
  { kind, name }: Pick<Named, 'kind' | 'name'>,
  operations: readonly Operation[],
): Operation | undefined {
  const plain = plainOf(kind, undefined);
  const own = ({ id, operationId, pointer: at }: Operation) =>
    kind === 'operation id' ? operationId : kind === 'operation path' ? at : id;
  return operations.find((one) => plain(own(one)) === plain(name));
}

function nearestOf({ kind, name }: Named, names: readonly string[], { contract }: Known): string | undefined {
  if (kind === 'operation' || kind === 'route') {
    const [method = '', path = ''] = name.split(' ');
    const meant = operationMeant(method, path, contract?.operations ?? []);
    if (meant) return meant.id;
  }
  return nearest(name, names);
}
