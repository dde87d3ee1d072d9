import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import type { Parameter } from '../contract/parameter.js';
import { exampleTexts, fits, onlyValue } from '../probe/fits.js';
import { plainName } from '../probe/id-names.js';
import { createSources } from '../probe/sources.js';
import { isInert } from '../artefact/inert.js';

/** A value that some reads need, and that neither the contract nor an answer gives. */
export interface Missing {
  parameter: string;
  in: 'path' | 'query' | 'header';
  /** Whether the name says which thing it is, so that one value is that of all operations that have it. */
  isShared: boolean;
  /** The ids of the reads that need it, in the order of the contract. */
  operations: readonly string[];
}

/**
 * What has to be given before every read can be asked: the path parameters for which no listing, link, constant or example
 * of the contract gives a value, and what a query or header must hold without an example; what is most needed first.
 */
export function missingIn(contract: Contract): Missing[] {
  const sourcesOf = createSources(contract);
  const found = new Map<string, Missing & { operations: string[] }>();
  for (const operation of contract.operations.filter(({ safe }) => safe)) {
    const sources = sourcesOf(operation);
    for (const parameter of operation.parameters) {
      const { name, in: place } = parameter;
      if (place === 'cookie' || !isInert(name) || !isInert(operation.id)) continue;
      if (
        place === 'path'
          ? isGiven(parameter, contract) || hasSource(sources.get(name))
          : !isGuess(parameter, operation)
      )
        continue;
      const isShared = !GENERAL.has(plainName(name));
      const key = JSON.stringify(isShared ? [place, name] : [place, name, operation.id]);
      const known = found.get(key) ?? { parameter: name, in: place, isShared, operations: [] };
      known.operations.push(operation.id);
      found.set(key, known);
    }
  }
  const inPath = ({ in: place }: Missing) => Number(place === 'path');
  return [...found.values()].sort(
    (one, other) => inPath(other) - inPath(one) || other.operations.length - one.operations.length,
  );
}

/** Names of parameters that say nothing of what they name: of one operation a value is not that of another one. */
const GENERAL = new Set([
  'id',
  'uuid',
  'guid',
  'key',
  'name',
  'slug',
  'number',
  'code',
  'type',
  'ref',
  'path',
  'value',
]);

function hasSource(sources: readonly unknown[] | undefined): boolean {
  return sources !== undefined && sources.length > 0;
}

/** Whether the contract itself gives a value for a path: its only one, or an example that fits. */
function isGiven(parameter: Parameter, { validators }: Contract): boolean {
  return (
    onlyValue(parameter) !== undefined ||
    exampleTexts(parameter).some((text) => fits(text, parameter, validators.request))
  );
}

/** Whether what has to be sent would be made up by its type alone. An API key is no such value: it is a credential. */
function isGuess(
  { name, in: place, required, examples, schema }: Parameter,
  { security }: Operation,
): boolean {
  const isKey = security.flat().some((scheme) => scheme.in === place && scheme.parameter === name);
  const isBeside = place === 'header' && /^(?:authorization|accept|content-type)$/i.test(name);
  const says = ['default', 'enum', 'const', 'example', 'examples'].some(
    (member) => schema[member] !== undefined,
  );
  return required && !isKey && !isBeside && examples.length === 0 && !says && schema['type'] !== 'boolean';
}
