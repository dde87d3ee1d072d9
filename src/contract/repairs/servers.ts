import { isObject, pointer, type JsonObject } from '../../json.js';
import type { Repair } from '../contract.js';
import { resolve } from '../follow.js';
import { repeatedOperations } from '../operations.js';
import { contractServers, serverFaults } from '../servers.js';
import { METHODS } from '../methods.js';
import type { Draft } from './repair.js';

/**
 * Servers that say no address, or only a part of one, wherever they may be: at the document, a path, an operation
 * (OpenAPI 3.0.3, section 4.7.5). What is read of them all the same is said in `servers.ts`.
 */
export function brokenServers({ document, locate }: Pick<Draft, 'document' | 'locate'>): Repair[] {
  const [first] = contractServers(document);
  const faultsAt = (holder: JsonObject, here: string): Repair[] =>
    serverFaults(holder['servers'], first).map(({ at, what, assumed }) => ({
      kind: 'server',
      what,
      place: locate(`${here}${pointer('servers')}${at}`),
      assumed,
    }));
  const paths = isObject(document['paths']) ? document['paths'] : {};
  const below = Object.entries(paths).flatMap(([path, value]) => {
    const item = resolve(document, value);
    if (!isObject(item)) return [];
    const ofOperations = METHODS.flatMap((method) => {
      const operation = item[method];
      return isObject(operation) ? faultsAt(operation, pointer('paths', path, method)) : [];
    });
    return [...faultsAt(item, pointer('paths', path)), ...ofOperations];
  });
  const repeated = repeatedOperations(document).map(({ id, pointer: here }) => ({
    kind: 'server',
    what: `with the paths of their servers, two operations are ${id}`,
    place: locate(here),
    assumed: 'the first of them',
  }));
  return [...faultsAt(document, ''), ...below, ...repeated];
}
