import type { JsonObject } from '../../json.js';
import type { Place } from '../../problem.js';
import type { Repair } from '../contract.js';
import type { BrokenReference } from '../source.js';

/** A contract under repair: repairs change `document` in place and return what they did. */
export interface Draft {
  document: JsonObject;
  broken: BrokenReference[];
  /** Where in the root file the value that a JSON Pointer names is. */
  locate: (pointer: string) => Place;
}

/** One kind of damage that can be lived with: found, repaired in memory, and reported. */
export type Repairer = (draft: Draft) => Repair[];
