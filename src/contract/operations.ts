import { isArray, isObject, pointer, type Json, type JsonObject } from '../json.js';
import type {
  Contract,
  DocumentedResponse,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
} from './contract.js';
import { METHODS, SAFE_METHODS } from './methods.js';
import { follow, resolve } from './follow.js';
import { readHeaders } from './header.js';

import { isGuarded, securityOf } from './security.js';
import { encodingsOf, styleOf } from './styles.js';
import { contractServers, ownServer } from './servers.js';

/**
 * The operation table of a repaired document (OpenAPI 3.0.3, section 4.7.8 and following), in the order of the
 * document.
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

/** Whether neither the document nor any of its operations says a word of who may ask; `[]` is such a word. */
export function isSilentAboutSecurity(document: JsonObject): boolean {
  return (
    !isArray(document['security']) &&
    writtenOperations(document).every(({ operation }) => !isArray(operation['security']))
  );
}

/** An operation as it stands in a document. */
export interface Written {
  path: string;
  method: string;
  pathItem: JsonObject;
  /** Where the path item stands, which may be another place than its path. */
  pathPointer: string;
  operation: JsonObject;
}

/** Every operation of a document, of any version, in its order. */
export function writtenOperations(document: JsonObject): Written[] {
  const paths = document['paths'];
  if (!isObject(paths)) return [];
  return Object.entries(paths).flatMap(([path, item]) => {
    const { value: pathItem, pointer: pathPointer } = follow(document, item, pointer('paths', path));
    if (!isObject(pathItem)) return [];
    return METHODS.flatMap((method) => {
      const operation = pathItem[method];
      return isObject(operation) ? [{ path, method, pathItem, pathPointer, operation }] : [];
    });
  });
}

function readOperation(document: JsonObject, found: Written & Pick<Contract, 'servers'>): Operation {
  const { operation, path } = found;
  const method = found.method.toUpperCase();
  const here = pointer('paths', path, found.method);
  const tags = operation['tags'];
  const [tag] = isArray(tags) ? tags : [];
  const security = securityOf(document, operation);
  const server = ownServer([operation, found.pathItem], found.servers);
  const prefix = (server ?? found.servers[0]).path;
  return {
    id: `${method} ${prefix}${path}`,
    operationId: text(operation['operationId']) ?? `${method} ${path}`,
    method,
    path: prefix + path,
    server,
    tag: text(tag) ?? firstSegment(path),
    summary: text(operation['summary']),
    deprecated: operation['deprecated'] === true,
    safe: isSafe(method, operation['x-safe']),
    // Where a call without a credential is allowed too, none has to be sent.
    secured: isGuarded(security),
    security,
    guarded: isGuarded(security),
    standing: text(operation['x-standing']),
    parameters: readParameters(document, found),
    body: readBody(document, operation['requestBody'], `${here}/requestBody`),
    responses: readResponses(document, operation['responses'], here),
    pointer: here,
  };
}

/**
 * Whether asking changes nothing: GET, HEAD and OPTIONS are safe by their definition (RFC 9110, section 9.2.1), unless the
 * contract says `x-safe: false`. That a POST is a search can only be taken from the contract; of a method that is defined
 * to change something it is not believed.
 */
function isSafe(method: string, marked: Json | undefined): boolean {
  if (SAFE_METHODS.has(method)) return marked !== false;
  return method === 'POST' && marked === true;
}

function firstSegment(path: string): string {
  return path.split('/').find((segment) => segment !== '' && !segment.startsWith('{')) ?? 'operations';
}

function readParameters(
  document: JsonObject,
  { pathItem, pathPointer, operation, method }: Written,
): Parameter[] {
  const found = new Map<string, Parameter>();
  const lists: [Json | undefined, string][] = [
    [pathItem['parameters'], pathPointer],
    [operation['parameters'], pathPointer + pointer(method)],
  ];
  for (const [list, here] of lists) {
    if (!isArray(list)) continue;
    for (const [index, item] of list.entries()) {
      const parameter = readParameter(document, item, here + pointer('parameters', index));
      // What an operation says of a parameter overrides what its path says (section 4.7.9).
      if (parameter) found.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...found.values()];
}

function readParameter(document: JsonObject, written: Json, here: string): Parameter | undefined {
  const { value: item, pointer: there } = follow(document, written, here);
  if (!isObject(item)) return undefined;
  const name = text(item['name']);
  const place = item['in'];
  if (name === undefined) return undefined;
  if (place !== 'path' && place !== 'query' && place !== 'header' && place !== 'cookie') return undefined;
  const [type, content] = isObject(item['content']) ? (Object.entries(item['content'])[0] ?? []) : [];
  const inContent = item['schema'] === undefined && type !== undefined && isObject(content);
  const schema = resolve(document, inContent ? content['schema'] : item['schema']);
  const examples = [
    ...examplesOf(document, item),
    ...(isObject(schema) && schema['example'] !== undefined ? [schema['example']] : []),
    ...(isObject(schema) && isArray(schema['examples']) ? schema['examples'] : []),
  ];
  return {
    name,
    in: place,
    required: place === 'path' || item['required'] === true,
    ...styleOf(item, place),
    contentType: inContent ? type : undefined,
    schema: isObject(schema) ? schema : {},
    schemaPointer: isObject(schema)
      ? there + (inContent ? pointer('content', type, 'schema') : pointer('schema'))
      : undefined,
    example: exampleOf(document, item) ?? (isObject(schema) ? schema['example'] : undefined),
    examples,
  };
}

function readBody(document: JsonObject, value: Json | undefined, here: string): RequestBody | undefined {
  const { value: body, pointer: there } = follow(document, value, here);
  if (!isObject(body)) return undefined;
  return { required: body['required'] === true, content: readContent(document, body['content'], there) };
}

function readResponses(
  document: JsonObject,
  value: Json | undefined,
  here: string,
): Record<string, DocumentedResponse> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([status, item]) => {
      const { value: response, pointer: there } = follow(document, item, here + pointer('responses', status));
      if (!isObject(response)) return [];
      const key = /^\dxx$/i.test(status) ? status.toUpperCase() : status;
      return [
        [
          key,
          {
            description: text(response['description']) ?? '',
            headers: readHeaders(document, response['headers'], there + pointer('headers')),
            content: readContent(document, response['content'], there),
          },
        ],
      ];
    }),
  );
}

function readContent(document: JsonObject, value: Json | undefined, here: string): Record<string, MediaType> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([type, item]) => {
      if (!isObject(item)) return [];
      const schema = item['schema'];
      const media: MediaType = {
        schema: isObject(schema) ? schema : undefined,
        schemaPointer: isObject(schema) ? here + pointer('content', type, 'schema') : undefined,
        example: exampleOf(document, item),
        encoding: encodingsOf(item['encoding']),
      };
      return [[type, media]];
    }),
  );
}

/** `example`, or the value of the first of `examples` (OpenAPI 3.0.3, section 4.7.14). */
function exampleOf(document: JsonObject, holder: JsonObject): Json | undefined {
  if (holder['example'] !== undefined) return holder['example'];
  const examples = holder['examples'];
  const first = isObject(examples) ? resolve(document, Object.values(examples)[0]) : undefined;
  return isObject(first) ? first['value'] : undefined;
}

/** `example`, and the values of all `examples`. */
function examplesOf(document: JsonObject, holder: JsonObject): Json[] {
  const several = isObject(holder['examples']) ? Object.values(holder['examples']) : [];
  return [
    ...(holder['example'] === undefined ? [] : [holder['example']]),
    ...several.flatMap((one) => {
      const example = resolve(document, one);
      return isObject(example) && example['value'] !== undefined ? [example['value']] : [];
    }),
  ];
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
