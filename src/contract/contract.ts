import type { Json, JsonObject } from '../json.js';
import type { Place } from '../problem.js';
import type { SecurityAlternative } from './security.js';
import type { OwnServer, Server } from './servers.js';
import type { Direction, Validator } from './schema/validator.js';

/** The vendor's OpenAPI document, loaded, self-contained, and with what had to be repaired noted. */
export interface Contract {
  title: string;
  version: string;
  /** The file that was loaded. */
  file: string;
  /** SHA-256 (hex) of the root file as it stands on disk. */
  sha256: string;
  /** The OpenAPI version that `document` is written in, after repairs and upgrade. */
  dialect: '3.0' | '3.1';
  /** The whole document after repairs: every `$ref` points into it. */
  document: JsonObject;
  operations: Operation[];
  /** The servers of the whole contract. The first counts for operations that have none of their own. */
  servers: readonly [Server, ...Server[]];
  /** True when nothing in the contract says who may ask, neither for all operations nor for one. */
  silentAboutSecurity: boolean;
  repairs: Repair[];
  /** Checks values against its schemas; each schema is compiled once, when it is first needed. */
  validators: Record<Direction, Validator>;
  /** Where in the file the value that a JSON Pointer names stands, as near as can be found. */
  locate: (pointer: string) => Place;
}

/** One thing in the contract that is broken but can be lived with. */
export interface Repair {
  /** Which kind of repair it is, for example `missing-reference`. */
  kind: string;
  what: string;
  place: Place;
  assumed: string;
}

/** One method and path template of the contract (OpenAPI 3.0.3, section 4.7.10). */
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

/** The ways in which a parameter can be written. All but `tabDelimited` are those of OpenAPI; that one is `tsv` of Swagger 2.0. */
export type Style =
  'simple' | 'label' | 'matrix' | 'form' | 'spaceDelimited' | 'pipeDelimited' | 'tabDelimited' | 'deepObject';

export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

/** One value that goes with a request (OpenAPI 3.0.4, section 4.7.12). */
export interface Parameter {
  name: string;
  in: ParameterPlace;
  required: boolean;
  /** How its value is written; where the contract does not say, what counts in its place. */
  style: Style;
  explode: boolean;
  /** Whether reserved characters of URLs are not encoded in it. */
  allowReserved: boolean;
  /** The media type of its value, where the contract describes it by `content`. */
  contentType: string | undefined;
  schema: JsonObject;
  /** JSON Pointer of the schema in the document; undefined where there is none. */
  schemaPointer: string | undefined;
  /** The first of the examples. */
  example: Json | undefined;
  /** All examples that the contract gives of it, in the parameter and in its schema. */
  examples: readonly Json[];
}

export interface RequestBody {
  required: boolean;
  /** By media type. */
  content: Record<string, MediaType>;
}

export interface DocumentedResponse {
  description: string;
  headers: DocumentedHeader[];
  /** By media type. Empty when the response has no body. */
  content: Record<string, MediaType>;
}

export interface DocumentedHeader {
  name: string;
  required: boolean;
  schema: JsonObject;
  /** JSON Pointer of its schema in the document. */
  schemaPointer: string | undefined;
  /** The media type of its value, where the contract describes it by `content`; else it is written in the style `simple`. */
  mediaType: string | undefined;
}

export interface MediaType {
  schema: JsonObject | undefined;
  /** JSON Pointer of the schema in the document, for validation by reference. */
  schemaPointer: string | undefined;
  /** The first example that the contract gives. */
  example: Json | undefined;
  /** How the members of a form are written, where the contract says it; by their names. */
  encoding: Readonly<Record<string, Encoding>>;
}

/** How one member of a form is written (OpenAPI 3.0.4, section 4.7.15). */
export interface Encoding {
  contentType?: string | undefined;
  style?: Style | undefined;
  explode?: boolean | undefined;
  allowReserved?: boolean | undefined;
}
