import type { JsonObject } from '../json.js';
import { readOperation, type Operation } from './operation.js';
import { writtenOperations } from './paths.js';
import { contractServers } from './servers.js';

/**
 * The operation table of a repaired document in the order of the document.
 */
export function operationsOf(document: JsonObject): Operation[] {
  const { operations } = apart(allOperations(document));
  return operations;
}

/** Operations that have the id of one before them: with the paths of their servers, two paths can be one. */
export function repeatedOperations(document: JsonObject): Operation[] {
  return apart(allOperations(document)).repeated;
}

function allOperations(document: JsonObject): Operation[] {
  const servers = contractServers(document);
  return writtenOperations(document).map((written) => readOperation(document, { servers, ...written }));
}

function apart(all: readonly Operation[]): { operations: Operation[]; repeated: Operation[] } {
  const operations = new Map<string, Operation>();
  const repeated: Operation[] = [];
  for (const operation of all) {
    if (operations.has(operation.id)) repeated.push(operation);
    else operations.set(operation.id, operation);
  }
  return { operations: [...operations.values()], repeated };
}
