import type { Operation } from '../contract/operation.js';
import { singulars } from './id-names.js';
import { addToGroup } from '../groups.js';
import { onceFor } from '../once.js';

/** Finds operations by their paths without going through all of them. What it gives is in the order of the contract. */
export interface PathIndex {
  /** Those whose path is the same but for the names of parameters and a slash at the end. */
  like: (path: string) => readonly Operation[];
  /** Those whose path ends in what a noun or its plural names. */
  named: (noun: string) => readonly Operation[];
}

/** @param pathOf the part of the path that counts */
export function indexPaths(
  operations: readonly Operation[],
  pathOf: (operation: Operation) => string = ({ path }) => path,
): PathIndex {
  const byShape = new Map<string, Operation[]>();
  const byNoun = new Map<string, Operation[]>();
  for (const operation of operations) {
    const path = pathOf(operation);
    addToGroup(byShape, shapeOf(path), operation);
    for (const noun of nounsOf(path)) addToGroup(byNoun, noun, operation);
  }
  return {
    like: (path) => byShape.get(shapeOf(path)) ?? [],
    named: (noun) => byNoun.get(noun) ?? [],
  };
}

/** The index of a list by whole paths: made once, since such a list is asked for each of its operations. */
export const pathsOf: (operations: readonly Operation[]) => PathIndex = onceFor((operations) =>
  indexPaths(operations),
);

/** The words that name the things of a collection: `/v1/boxes` is named by `boxes`, `boxe` and `box`. */
export function nounsOf(collection: string): string[] {
  return singulars(collection.split('/').filter(Boolean).at(-1)?.toLowerCase() ?? '');
}

/** The same path but for the names of parameters and a slash at the end. */
export function sameShape(one: string, other: string): boolean {
  return shapeOf(one) === shapeOf(other);
}

function shapeOf(path: string): string {
  return path.replace(/\{[^}]+\}/g, '{}').replace(/\/$/, '');
}
