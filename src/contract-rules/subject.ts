import type { Contract } from '../contract/contract.js';
import { follow } from '../contract/follow.js';
import { writtenOperations, type Written } from '../contract/paths.js';
import { walkSchemas } from '../contract/walk.js';
import { isArray, isObject, pointer, type Json, type JsonObject } from '../json.js';

/** A parameter of an operation, wherever it is described. */
export interface WrittenParameter {
  name: string;
  in: string;
  /** Whether the path says it, for all its operations. */
  shared: boolean;
  value: JsonObject;
  /** Where it is named: for a reference, where the reference is. */
  pointer: string;
  /** Where it is described. */
  described: string;
}

export interface WrittenResponse {
  status: string;
  value: JsonObject;
  pointer: string;
  /** What is described of its body, by media type; of Swagger 2.0 by what the operation produces. */
  bodies: { type: string; schema: Json | undefined; pointer: string }[];
}

export interface WrittenOperation {
  /** `GET /things/{id}`, as the file writes it. */
  id: string;
  method: string;
  path: string;
  value: JsonObject;
  pointer: string;
  parameters: WrittenParameter[];
  responses: WrittenResponse[];
  /** What it says of security, or else what the document says for all; undefined where neither does. */
  security: Json[] | undefined;
  securityPointer: string;
}

/** A schema, or a parameter or header of Swagger 2.0, which says in itself what its value is. */
export interface WrittenSchema {
  value: JsonObject;
  pointer: string;
}

/** A contract as rules look at it. */
export interface Subject {
  /** As it is in the file, with what it references in other files, and nothing repaired. */
  document: JsonObject;
  version: '2.0' | '3.0' | '3.1';
  operations: readonly WrittenOperation[];
  schemas: readonly WrittenSchema[];
  /** The schemas, and what else says which values there are. */
  typed: readonly WrittenSchema[];
  /** The security schemes that it describes, by name. */
  securitySchemes: JsonObject;
  /** The same contract, loaded and repaired. */
  contract: Contract;
}

/** @param document as it was read, before it was repaired */
export function subjectOf(document: JsonObject, contract: Contract): Subject {
  const version = document['swagger'] === undefined ? contract.dialect : '2.0';
  const operations = writtenOperations(document).map((written) => readOperation(document, written));
  const schemas: WrittenSchema[] = [];
  walkSchemas(document, (value, { pointer }) => {
    schemas.push({ value, pointer });
  });
  const components = isObject(document['components']) ? document['components'] : {};
  const schemes = document['securityDefinitions'] ?? components['securitySchemes'];
  return {
    ...{ document, version, operations, schemas, contract },
    typed: [...schemas, ...(version === '2.0' ? typedOfSwagger(operations) : [])],
    securitySchemes: isObject(schemes) ? schemes : {},
  };
}

function readOperation(document: JsonObject, written: Written): WrittenOperation {
  const { path, method, pathItem, pathPointer, operation } = written;
  const here = pathPointer + pointer(method);
  const ownSecurity = operation['security'] !== undefined;
  const security = operation['security'] ?? document['security'];
  return {
    id: `${method.toUpperCase()} ${path}`,
    ...{ method, path, value: operation, pointer: here },
    parameters: [
      ...readParameters(document, pathItem['parameters'], pathPointer, true),
      ...readParameters(document, operation['parameters'], here, false),
    ],
    responses: readResponses(document, operation, here),
    security: isArray(security) ? security : undefined,
    securityPointer: ownSecurity ? here + pointer('security') : pointer('security'),
  };
}

function readParameters(
  document: JsonObject,
  list: Json | undefined,
  above: string,
  shared: boolean,
): WrittenParameter[] {
  if (!isArray(list)) return [];
  return list.flatMap((item, index) => {
    const here = above + pointer('parameters', index);
    const { value, pointer: described } = follow(document, item, here);
    if (!isObject(value)) return [];
    const { name, in: place } = value;
    if (typeof name !== 'string' || typeof place !== 'string') return [];
    return [{ name, in: place, shared, value, pointer: here, described }];
  });
}

function readResponses(document: JsonObject, operation: JsonObject, above: string): WrittenResponse[] {
  const { responses } = operation;
  if (!isObject(responses)) return [];
  return Object.entries(responses).flatMap(([status, item]) => {
    if (status.startsWith('x-')) return [];
    const here = above + pointer('responses', status);
    const { value, pointer: described } = follow(document, item, here);
    if (!isObject(value)) return [];
    return [{ status, value, pointer: here, bodies: readBodies(document, operation, value, described) }];
  });
}

function readBodies(
  document: JsonObject,
  operation: JsonObject,
  response: JsonObject,
  here: string,
): WrittenResponse['bodies'] {
  if (document['swagger'] !== undefined) {
    const produced = operation['produces'] ?? document['produces'];
    const types = isArray(produced) ? produced.filter((type) => typeof type === 'string') : [];
    const { schema } = response;
    if (schema === undefined) return [];
    return types.map((type) => ({ type, schema, pointer: here + pointer('schema') }));
  }
  const { content } = response;
  if (!isObject(content)) return [];
  return Object.entries(content).map(([type, media]) => ({
    type,
    schema: isObject(media) ? media['schema'] : undefined,
    pointer: here + pointer('content', type),
  }));
}

/** Parameters other than bodies, headers, and the items of both (Swagger 2.0, Parameter Object and Header Object). */
function typedOfSwagger(operations: readonly WrittenOperation[]): WrittenSchema[] {
  const found = new Map<string, WrittenSchema>();
  const add = (value: Json | undefined, here: string): void => {
    if (!isObject(value) || found.has(here)) return;
    found.set(here, { value, pointer: here });
    add(value['items'], here + pointer('items'));
  };
  for (const { parameters, responses } of operations) {
    for (const parameter of parameters)
      if (parameter.in !== 'body') add(parameter.value, parameter.described);
    for (const { value, pointer: here } of responses) {
      if (!isObject(value['headers'])) continue;
      for (const [name, header] of Object.entries(value['headers']))
        add(header, here + pointer('headers', name));
    }
  }
  return [...found.values()];
}
