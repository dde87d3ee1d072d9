import { isArray, pointer, type Json, type JsonObject } from '../json.js';
import { SAFE_METHODS } from './methods.js';
import { readParameters, type Parameter } from './parameter.js';
import type { Written } from './paths.js';
import { readBody, type RequestBody } from './request-body.js';
import { readResponses, type DocumentedResponse } from './response.js';
import { isGuarded, securityOf, type SecurityAlternative } from './security.js';
import { ownServer, type OwnServer, type Server } from './servers.js';

/**
 * One method and path template of the contract.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html#operation-object
 */
export interface Operation {
  /** Method and path template, for example `GET /things/{id}/`. Unique in a contract. */
  id: string;
  operationId: string;
  method: string;
  /** The path template as it is written, with the path of the server in front if that is not the root. */
  path: string;
  /** The server that it, or its path, has of its own. */
  server: OwnServer | undefined;
  tag: string;
  summary: string | undefined;
  deprecated: boolean;
  /** True when asking changes nothing: GET, HEAD, OPTIONS, or a POST that is marked `x-safe: true`. */
  safe: boolean;
  /** Whether a token has to be sent. */
  secured: boolean;
  /** The ways in which a caller can say who it is; any one of them is enough. Empty: everybody may ask. */
  security: readonly SecurityAlternative[];
  /** True when the contract says that nobody gets in without a credential: no way in is empty. */
  guarded: boolean;
  standing: string | undefined;
  parameters: Parameter[];
  body: RequestBody | undefined;
  /** Documented responses by status: `200`, `4XX`, `default`. */
  responses: Record<string, DocumentedResponse>;
  /** JSON Pointer of the operation in the document. */
  pointer: string;
}

/** @param found the operation, and the servers of the whole contract */
export function readOperation(
  document: JsonObject,
  found: Written & { servers: readonly [Server, ...Server[]] },
): Operation {
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

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
