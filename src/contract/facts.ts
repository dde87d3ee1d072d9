import type { Contract } from './contract.js';
import type { Operation } from './operation.js';
import { at, isArray, isObject, type Json } from '../json.js';

/** What the contract says of one operation, for those who write about it. */
export interface OperationFacts {
  operation: Operation;
  /** How sure the contract is of it, in its own words. */
  standing: string | undefined;
  /** `resourceType` of what it gives or takes, of a list that of its entries; undefined when it says none. */
  resourceType: string | undefined;
}

export interface ContractFacts {
  contract: Contract;
  file: string;
  sha256: string;
  /** By operation id. */
  operations: ReadonlyMap<string, OperationFacts>;
}

/** What reports and tickets say of a contract. */
export function contractFacts(contract: Contract): ContractFacts {
  const typeOfCollection = new Map<string, string>();
  const types = contract.operations.map((operation) => {
    const type = resourceTypeOf(operation, contract);
    if (type !== undefined && !typeOfCollection.has(collectionOf(operation)))
      typeOfCollection.set(collectionOf(operation), type);
    return type;
  });
  return {
    contract,
    file: contract.file,
    sha256: contract.sha256,
    operations: new Map(
      contract.operations.map((operation, index) => [
        operation.id,
        {
          operation,
          standing: operation.standing,
          resourceType: types[index] ?? typeOfCollection.get(collectionOf(operation)),
        },
      ]),
    ),
  };
}

/** The path up to its first parameter or search word: `/v2/things/{id}/` and `/v2/things/_search` are one. */
function collectionOf({ path }: Operation): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  const end = segments.findIndex((segment) => segment.startsWith('{') || segment.startsWith('_'));
  return segments.slice(0, end < 0 ? undefined : end).join('/');
}

/** From what it answers on success, else from what it takes. */
function resourceTypeOf(operation: Operation, contract: Contract): string | undefined {
  const answers = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content }]) => Object.values(content));
  const bodies = operation.body ? Object.values(operation.body.content) : [];
  for (const { example, schema } of [...answers, ...bodies]) {
    const found = typeInExample(example) ?? typeInSchema(contract, schema, 0);
    if (found !== undefined) return found;
  }
  return undefined;
}

function typeInExample(example: Json | undefined): string | undefined {
  if (!isObject(example)) return undefined;
  const type = example['resourceType'];
  if (type !== 'Bundle') return typeof type === 'string' ? type : undefined;
  const [entry] = isArray(example['entry']) ? example['entry'] : [];
  if (!isObject(entry)) return undefined;
  return typeInExample(isObject(entry['resource']) ? entry['resource'] : entry);
}

/** Deep enough for a list, its entries, their wrapping, and a composition on the way. */
const DEEPEST = 8;

function typeInSchema(contract: Contract, value: Json | undefined, depth: number): string | undefined {
  if (!isObject(value) || depth > DEEPEST) return undefined;
  const reference = value['$ref'];
  if (typeof reference === 'string')
    return typeInSchema(contract, at(contract.document, reference), depth + 1);
  const properties = isObject(value['properties']) ? value['properties'] : {};
  const named = properties['resourceType'];
  const allowed = isObject(named) && isArray(named['enum']) ? named['enum'] : [];
  const [only] = isObject(named) && named['const'] !== undefined ? [named['const']] : allowed;
  if (typeof only === 'string' && only !== 'Bundle' && allowed.length <= 1) return only;
  const deeper = [
    properties['entry'],
    properties['resource'],
    value['items'],
    ...['allOf', 'oneOf', 'anyOf'].flatMap((key) => (isArray(value[key]) ? value[key] : [])),
  ];
  for (const next of deeper) {
    const found = typeInSchema(contract, next, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
