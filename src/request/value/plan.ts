import type { Direction } from '../../contract/schema/validator.js';
import type { JsonObject } from '../../json.js';

/** What a value is made by, besides its schema. Another turn makes another value, by other alternatives. */
export interface Plan {
  document: JsonObject;
  direction: Direction;
  /** Every member that the schema names, or as few as it allows. */
  members: 'all' | 'required';
  /** Whether examples and defaults inside the schema are taken. */
  examples: boolean;
  turn: number;
  /** What schemas have come to as one, by the schema: members that unfold into one another meet the same ones again. */
  known: Map<JsonObject, JsonObject | undefined>;
}
