import type { Contract } from '../contract/contract.js';
import { at, isObject } from '../json.js';
import { Problem, throwAll, type Place } from '../problem.js';
import { namesOf } from './addresses.js';

/** Something of the contract that `targets.yaml` calls by its name. */
export interface Named {
  kind: 'operation' | 'security scheme' | 'server';
  name: string;
  place: Place;
}

/**
 * Holds what targets name against the contract: a misspelled name would have no effect, and nobody would know.
 * @throws Problem with the line, for each name that the contract does not have
 */
export function checkNamed(
  named: readonly Named[],
  { operations, document }: Pick<Contract, 'operations' | 'document'>,
): void {
  const schemes = at(document, '/components/securitySchemes');
  const servers = [...new Set(operations.flatMap(({ server }) => (server ? namesOf(server) : [])))];
  const known = {
    operation: operations.map(({ id }) => id),
    'security scheme': isObject(schemes) ? Object.keys(schemes) : [],
    server: servers,
  };
  const remedy: Record<Named['kind'], string> = {
    operation: 'Write method and path template as the contract does.',
    'security scheme':
      known['security scheme'].length === 0
        ? 'It has none: leave “scheme” out.'
        : `It has: ${known['security scheme'].join(', ')}.`,
    server:
      servers.length === 0
        ? 'No operation or path has a server of its own: leave “servers” out.'
        : `Operations and paths have: ${servers.join(', ')}.`,
  };
  throwAll(
    named
      .filter(({ kind, name }) => !known[kind].includes(name))
      .map(
        ({ kind, name, place }) =>
          new Problem(`the contract has no ${kind} “${name}”`, { place, remedy: remedy[kind] }),
      ),
  );
}
