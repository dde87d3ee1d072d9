import { createHash } from 'node:crypto';
import { at, isObject, type Json } from '../json.js';
import type { Contract } from './contract.js';
import type { Operation } from './operation.js';
import { strongComponents } from './strong-components.js';

/**
 * For each operation a text that is the same for two editions of a contract that ask and promise the same of it:
 * made of its parameters, its bodies and every schema that they refer to. Prose, examples and extensions have no
 * part in it, nor has the order of members. 16 hexadecimal digits.
 */
export function createDigests(contract: Pick<Contract, 'document'>): (operation: Defined) => string {
  const schemas = new Map<string, Essence>();
  const schemaAt = (reference: string): Essence => {
    const known = schemas.get(reference);
    if (known) return known;
    const made = essenceOf(at(contract.document, reference) ?? null);
    schemas.set(reference, made);
    return made;
  };
  const groups = new Map<string, string>();
  const groupHash = (reference: string): string => {
    const isNew = (one: string) => !groups.has(one);
    const components = strongComponents([reference].filter(isNew), (one) =>
      schemaAt(one).references.filter(isNew),
    );
    for (const component of components) {
      const within = new Set(component);
      const further = new Set(component.flatMap((one) => schemaAt(one).references));
      const made = hash([
        component.toSorted().flatMap((one) => [one, schemaAt(one).hash]),
        [...further]
          .filter((one) => !within.has(one))
          .toSorted()
          .flatMap((one) => [one, groups.get(one)]),
      ]);
      for (const one of component) groups.set(one, made);
    }
    return groups.get(reference) ?? '';
  };
  return (operation) => {
    const own = essenceOf(partsOf(operation));
    const reached = new Set(own.references);
    for (const reference of reached) {
      if (reached.size > MOST_REACHED)
        return hash([own.hash, ...own.references.toSorted().flatMap((one) => [one, groupHash(one)])]);
      for (const further of schemaAt(reference).references) reached.add(further);
    }
    return hash([
      own.hash,
      ...[...reached].sort().flatMap((reference) => [reference, schemaAt(reference).hash]),
    ]);
  };
}

/**
 * Of an operation that reaches more schemas than this the text is made of those that it refers to itself, each with a hash of
 * all behind it, which is made once. To take them one by one would, where all schemas refer to one another, be as much work for
 * each operation as the contract is long. Others keep the text that runs have recorded so far.
 */
const MOST_REACHED = 200;

/** A value without what does not matter, as a hash, and what it refers to. */
interface Essence {
  hash: string;
  references: string[];
}

/** What of an operation has a part in it. */
type Defined = Pick<Operation, 'id' | 'secured' | 'deprecated' | 'parameters' | 'body' | 'responses'>;

function partsOf({ id, secured, deprecated, parameters, body, responses }: Defined): Json {
  return [
    id,
    secured,
    deprecated,
    parameters.map(({ name, in: place, required, schema }) => [name, place, required, schema]),
    body ? [body.required, contentOf(body.content)] : null,
    Object.entries(responses)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([status, { headers, content }]) => [
        status,
        headers.map(({ name, required, schema }) => [name, required, schema]),
        contentOf(content),
      ]),
  ];
}

function contentOf(content: Operation['responses'][string]['content']): Json {
  return Object.entries(content).map(([type, { schema }]) => [type, schema ?? null]);
}

const PROSE = new Set(['description', 'summary', 'title', 'example', 'examples', 'externalDocs', '$comment']);

function essenceOf(value: Json): Essence {
  const references = new Set<string>();
  const visit = (node: Json, namesAreFree: boolean): unknown => {
    if (Array.isArray(node)) return node.map((item) => visit(item, false));
    if (!isObject(node)) return node;
    if (!namesAreFree && typeof node['$ref'] === 'string') references.add(node['$ref']);
    return (
      Object.entries(node)
        // A property may be called “description”; only as a keyword is that prose.
        .filter(([name]) => namesAreFree || !(PROSE.has(name) || name.startsWith('x-')))
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([name, member]) => [name, visit(member, !namesAreFree && name === 'properties')])
    );
  };
  return { hash: hash(visit(value, false)), references: [...references] };
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
