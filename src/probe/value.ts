import { sample } from 'openapi-sampler';
import { within } from '../bounded/within.js';
import type { Contract, MediaType } from '../contract/contract.js';
import { withoutReadOnly } from '../contract/schema/strip.js';
import type { Direction } from '../contract/schema/validator.js';
import { isJsonType, type Json, type JsonObject } from '../json.js';

/** A value as it is sent, and as it may be shown: ids of real things are shown as pseudonyms. */
export interface Value {
  sent: string;
  shown: string;
}

/**
 * A value for a schema: made to be valid, not to be likely.
 * @param members `all` for every member that the schema names, `required` for as few as it allows
 * @param direction which way it goes: members that only go the other way are left out
 */
export function valueFor(
  schema: JsonObject,
  contract: Contract,
  members: 'all' | 'required' = 'required',
  direction: Direction = 'request',
): Json {
  try {
    const options = {
      skipReadOnly: direction === 'request',
      skipWriteOnly: direction === 'answer',
      skipNonRequired: members === 'required',
      quiet: true,
      maxSampleDepth: 8,
    };
    // Members that unfold into one another can be as many as a power of their number.
    const made = within(LONGEST_MS, () => sample(schema, options, contract.document) as Json);
    return made.done ? made.value : null;
  } catch {
    return null;
  }
}

/** No value that is sent takes so long to make. */
const LONGEST_MS = 500;

/** The body that a contract would have us send: media type and value, JSON where there is a choice. */
export function bodyFor(
  content: Record<string, MediaType>,
  contract: Contract,
): { type: string; value: Json } | undefined {
  const entries = Object.entries(content);
  const [type, media] = entries.find(([candidate]) => isJsonType(candidate)) ?? entries[0] ?? [];
  if (type === undefined || media === undefined) return undefined;
  // Of a body that the contract does not describe all that is known is that there is one.
  const example =
    media.example === undefined ? undefined : withoutReadOnly(contract.document, media.schema, media.example);
  return { type, value: example ?? valueFor(media.schema ?? {}, contract) ?? {} };
}
