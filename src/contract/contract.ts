import type { JsonObject } from '../json.js';
import type { Place } from '../problem.js';
import type { Operation } from './operation.js';
import type { Server } from './servers.js';
import type { Direction, Validator } from './schema/validator.js';

/** The vendor's OpenAPI document, loaded, self-contained, and with what had to be repaired noted. */
export interface Contract {
  title: string;
  version: string;
  /** The file that was loaded. */
  file: string;
  /** SHA-256 (hex) of the root file as it is on disk. */
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
  /** Where in the file the value that a JSON Pointer names is, as near as can be found. */
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
