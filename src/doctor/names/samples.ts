import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Operation } from '../../contract/operation.js';
import { readDocument } from '../../document/read.js';
import { pointer } from '../../json.js';
import { isFrom } from '../../probe/samples.js';
import { formatPlace } from '../../problem.js';
import { error, warning, type Found } from '../line.js';
import type { Parts } from './index.js';

type Steps = readonly (string | number)[];

const AS_IN_CONTRACT = 'Write method and path template as the contract does.';
const NO_EFFECT = 'It has no effect: write the name as the contract does, or take it out.';
const PLACES = { path: 'path', query: 'query', headers: 'header' } as const;

/** Operations and parameters that samples have values for, and that the contract does not have. */
export async function misnamedInSamples({ dir, contract, samples }: Parts): Promise<Found[]> {
  const file = join(dir, 'samples.yaml');
  if (!contract || !samples || !existsSync(file)) return [];
  const { value, lineOf } = await readDocument(file);
  const byId = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const at = (steps: Steps) => formatPlace({ file, line: lineOf(pointer(...steps)) });
  const found: Found[] = [];
  const wantOperation = (id: unknown, steps: Steps): void => {
    // Where operations are marked as safe, who reads the folder has said so already.
    if (typeof id === 'string' && !byId.has(id)) {
      found.push(error(`${at(steps)}: the contract has no operation “${id}”`, AS_IN_CONTRACT));
    }
  };
  for (const [name] of membersOf(value, 'parameters')) {
    const isThere = contract.operations.some((operation) => hasParameter(operation, undefined, name));
    if (isThere) continue;
    const where = at(['parameters', name]);
    found.push(warning(`${where}: no operation of the contract has a parameter “${name}”`, NO_EFFECT));
  }
  for (const [id, entry] of membersOf(value, 'operations')) {
    const steps = ['operations', id];
    const operation = byId.get(id);
    if (!operation) {
      if (memberOf(entry, 'safe') !== true) wantOperation(id, steps);
      continue;
    }
    for (const member of ['path', 'query', 'headers'] as const) {
      for (const [name] of membersOf(entry, member)) {
        if (hasParameter(operation, PLACES[member], name)) continue;
        const what = `${at([...steps, member, name])}: “${id}” has no ${PLACES[member]} parameter “${name}”`;
        found.push(
          member === 'query'
            ? warning(
                `${what} in the contract; it is sent all the same`,
                'Correct the name if it is misspelt.',
              )
            : warning(what, NO_EFFECT),
        );
      }
    }
    wantOperation(memberOf(entry, 'removedBy'), [...steps, 'removedBy']);
    for (const { from, to } of referencesIn(entry, steps)) wantOperation(from, to);
  }
  return found;
}

function hasParameter(
  { parameters }: Operation,
  place: 'path' | 'query' | 'header' | undefined,
  name: string,
): boolean {
  return parameters.some(
    (parameter) =>
      (place === undefined || parameter.in === place) &&
      (parameter.in === 'header'
        ? parameter.name.toLowerCase() === name.toLowerCase()
        : parameter.name === name),
  );
}

/** The operations that values are taken from, and where that stands. */
function referencesIn(value: unknown, steps: Steps): { from: string; to: Steps }[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isFrom(value)) return [{ from: value.from, to: steps }];
  return Object.entries(value).flatMap(([name, member]) => referencesIn(member, [...steps, name]));
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([member]) => member === name)?.[1];
}

function membersOf(value: unknown, name: string): [string, unknown][] {
  const member = memberOf(value, name);
  return typeof member === 'object' && member !== null ? Object.entries(member) : [];
}
