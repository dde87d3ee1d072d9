import { sample } from 'openapi-sampler';
import { within } from '../../bounded/within.js';
import type { Contract } from '../../contract/contract.js';
import type { Checked, Direction } from '../../contract/schema/validator.js';
import type { Json, JsonObject } from '../../json.js';
import { generate } from './generate.js';
import { inOneWay } from './one-way.js';
import type { Plan } from './plan.js';

/** What a value is wanted for. */
export interface Wanted {
  schema: JsonObject;
  /** Where the schema is in the document; where it is not known, nothing can be checked. */
  schemaPointer: string | undefined;
  direction: Direction;
  /** What the contract gives as examples; the first that satisfies the schema is taken. */
  examples?: readonly Json[];
  /** `all` for every member that the schema names, `required` for as few as it allows. Default: `required`. */
  members?: 'all' | 'required';
}

export type Made = { ok: true; value: Json } | { ok: false; why: string };

/**
 * A value that satisfies its schema: an example of the contract, else one that is made. Every value is held against the
 * schema by the validator of the contract; only where the validator cannot say, a value is taken as it is.
 * @returns why there is none, where none that was made satisfies the schema
 */
export function makeValue(
  wanted: Wanted,
  { document, validators }: Pick<Contract, 'document' | 'validators'>,
): Made {
  const { schema, schemaPointer, direction, examples = [], members = 'required' } = wanted;
  const check = (value: Json): Checked =>
    schemaPointer === undefined
      ? { kind: 'not checked', why: 'schema' }
      : validators[direction].check(schemaPointer, value);
  let wrong: Checked | undefined;
  const candidates = function* (): Generator<Json> {
    for (const example of examples) {
      yield inOneWay(example, schema, document, direction);
      yield example;
    }
    const sampled = within(LONGEST_MS, () => sampledValue(schema, document, { direction, members }));
    if (sampled.done && sampled.value !== undefined)
      yield inOneWay(sampled.value, schema, document, direction);
    for (const plan of plansFor(document, direction, members)) {
      const made = within(LONGEST_MS, () => generate(schema, plan));
      if (!made.done) return;
      if (made.value !== undefined) yield made.value;
    }
  };
  for (const candidate of candidates()) {
    const checked = check(candidate);
    if (checked.kind === 'not checked' || checked.violations.length === 0)
      return { ok: true, value: candidate };
    wrong ??= checked;
  }
  return { ok: false, why: `no value that satisfies its schema could be made${reasonOf(wrong)}` };
}

/** No value that is sent takes so long to make: members that unfold into one another can be very many. */
const LONGEST_MS = 500;

/** What the library makes of a schema. It follows examples and defaults, but not every keyword. */
function sampledValue(
  schema: JsonObject,
  document: JsonObject,
  { direction, members }: Required<Pick<Wanted, 'direction' | 'members'>>,
): Json | undefined {
  const options = {
    skipReadOnly: direction === 'request',
    skipWriteOnly: direction === 'answer',
    skipNonRequired: members === 'required',
    quiet: true,
    maxSampleDepth: 8,
  };
  try {
    return sample(schema, options, document) as Json | undefined;
  } catch {
    return undefined;
  }
}

/** First what was asked for, with what the contract gives inside, then without; then other alternatives. */
function* plansFor(document: JsonObject, direction: Direction, members: 'all' | 'required'): Generator<Plan> {
  const other = members === 'all' ? 'required' : 'all';
  for (let turn = 0; turn < TURNS; turn += 1) {
    // How schemas are joined depends on the turn alone.
    const known = new Map<JsonObject, JsonObject | undefined>();
    yield { document, direction, members, examples: true, turn, known };
    yield { document, direction, members, examples: false, turn, known };
    yield { document, direction, members: other, examples: false, turn, known };
  }
}

const TURNS = 8;

function reasonOf(checked: Checked | undefined): string {
  const [first] = checked?.kind === 'checked' ? checked.violations : [];
  return first === undefined ? '' : `: ${first.pointer === '' ? 'it' : first.pointer} ${first.message}`;
}
