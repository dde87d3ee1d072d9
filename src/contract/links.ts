import { at, isObject, pointer, pointerSteps, type Json } from '../json.js';
import type { Contract } from './contract.js';
import type { Operation } from './operation.js';
import { follow, resolve } from './follow.js';

/** That an answer of one operation gives path parameters of another (OpenAPI 3.0.3, section 4.7.20). */
export interface Link {
  from: Operation;
  /** The status of the answer as the contract writes it: `200`, `2XX`, `default`. */
  status: string;
  to: Operation;
  /** For each path parameter that it gives, the runtime expression that the contract has for it. */
  expressions: ReadonlyMap<string, string>;
}

/** All links of a contract that lead from one operation to a path parameter of another. */
export function linksOf({ document, operations }: Pick<Contract, 'document' | 'operations'>): Link[] {
  return operations.flatMap((from) => {
    // The path item may be a reference, so the pointer of the operation is followed step by step.
    const [, path = '', method = ''] = pointerSteps(from.pointer);
    const item = resolve(document, at(document, pointer('paths', path)));
    const written = isObject(item) ? item[method] : undefined;
    const responses = isObject(written) ? written['responses'] : undefined;
    if (!isObject(responses)) return [];
    return Object.entries(responses).flatMap(([status, value]) => {
      const response = resolve(document, value);
      const links = isObject(response) ? response['links'] : undefined;
      if (!isObject(links)) return [];
      return Object.values(links).flatMap((one) => {
        const link = readLink(follow(document, one, '').value, operations);
        return link ? [{ from, status: status.toUpperCase(), ...link }] : [];
      });
    });
  });
}

function readLink(
  link: Json | undefined,
  operations: readonly Operation[],
): Pick<Link, 'to' | 'expressions'> | undefined {
  if (!isObject(link) || !isObject(link['parameters'])) return undefined;
  const to = operationOf(link['operationId'], link['operationRef'], operations);
  if (!to) return undefined;
  const inPath = new Set(to.parameters.filter((one) => one.in === 'path').map(({ name }) => name));
  const expressions = Object.entries(link['parameters']).flatMap(([name, value]): [string, string][] => {
    // A name may say where it is: `path.id`.
    const bare = inPath.has(name) ? name : name.replace(/^path\./, '');
    return inPath.has(bare) && typeof value === 'string' && value.includes('$') ? [[bare, value]] : [];
  });
  return expressions.length === 0 ? undefined : { to, expressions: new Map(expressions) };
}

function operationOf(
  operationId: Json | undefined,
  operationRef: Json | undefined,
  operations: readonly Operation[],
): Operation | undefined {
  if (typeof operationId === 'string') return operations.find((one) => one.operationId === operationId);
  // Another document is no part of this contract.
  if (typeof operationRef !== 'string' || !operationRef.startsWith('#/')) return undefined;
  const wanted = pointer(...pointerSteps(operationRef));
  return operations.find((one) => one.pointer === wanted);
}
