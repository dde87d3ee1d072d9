import type { Place } from '../problem.js';
import type { Named } from '../targets/named.js';
import { isFrom, type SamplesFile } from './samples.js';

const PLACES = [
  { member: 'path', in: 'path' },
  { member: 'query', in: 'query' },
  { member: 'headers', in: 'header' },
] as const;

/**
 * What samples name of the contract. A misspelled operation would be asked without its values: a real write could become
 * one with a forbidden body. A parameter that the contract does not have may be there all the same.
 * @param placeOf where in the file something is, by the steps to it
 */
export function namedInSamples(
  { parameters = {}, operations = {} }: SamplesFile,
  placeOf: (steps: string[]) => Place,
): Named[] {
  const operationAt = (name: string, steps: string[]): Named => ({
    ...{ kind: 'operation', name, bears: 'requests', place: placeOf(steps) },
  });
  return [
    ...Object.keys(parameters).map((name): Named => ({
      ...{ kind: 'parameter', name, bears: 'description', place: placeOf(['parameters', name]) },
    })),
    ...referencesIn(parameters, ['parameters']).map(({ from, at }) => operationAt(from, at)),
    ...Object.entries(operations).flatMap(([operation, entry]) => {
      const steps = ['operations', operation];
      return [
        operationAt(operation, steps),
        ...PLACES.flatMap(({ member, in: where }) =>
          Object.keys(entry[member] ?? {}).map((name): Named => ({
            ...{ kind: 'parameter', name, bears: 'description' },
            place: placeOf([...steps, member, name]),
            of: { operation, in: where },
          })),
        ),
        ...(entry.removedBy === undefined ? [] : [operationAt(entry.removedBy, [...steps, 'removedBy'])]),
        ...referencesIn(entry, steps).map(({ from, at }) => operationAt(from, at)),
      ];
    }),
  ];
}

/** The operations that values are taken from, and where that is. */
function referencesIn(value: unknown, steps: string[]): { from: string; at: string[] }[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isFrom(value)) return [{ from: value.from, at: [...steps, 'from'] }];
  return Object.entries(value).flatMap(([name, member]) => referencesIn(member, [...steps, name]));
}
