import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { at, isArray, isJsonType, isObject, type Json, type JsonObject } from '../json.js';

/**
 * A body for an operation with our marker in a text member, so that what it creates can be known again. The body as it
 * was when its schema has no member that could hold the marker: a text without a list of values, a format or a pattern,
 * and long enough.
 */
export function withMarker(
  operation: Operation,
  body: Json,
  marker: string,
  contract: Contract,
): { body: Json; marked: boolean } {
  const media = Object.entries(operation.body?.content ?? {}).find(([type]) => isJsonType(type))?.[1];
  if (!isObject(body) || media?.schema === undefined) return { body, marked: false };
  const pointer = media.schemaPointer;
  // NaN where the check took too long: it is neither more nor fewer, so such a body is not taken.
  const faults = (value: Json) => {
    if (pointer === undefined) return 0;
    const checked = contract.validators.request.check(pointer, value);
    if (checked.kind === 'checked') return checked.violations.length;
    return checked.why === 'schema' ? 0 : NaN;
  };
  const before = faults(body);
  for (const marked of placesFor(media.schema, body, marker, contract, 0)) {
    if (faults(marked) <= before) return { body: marked, marked: true };
  }
  return { body, marked: false };
}

const DEEPEST = 2;

/** The body with the marker in each member that could hold it: names first, then other texts, then what is inside. */
function* placesFor(
  schema: JsonObject,
  body: JsonObject,
  marker: string,
  contract: Contract,
  depth: number,
): Generator<JsonObject> {
  const properties = Object.entries(propertiesOf(schema, contract));
  const fitting = properties.filter(([, member]) => canHold(member, marker)).map(([name]) => name);
  const ranked = [
    ...fitting.filter((name) => TELLING.test(name)),
    ...fitting.filter((name) => !TELLING.test(name) && name in body),
    ...fitting.filter((name) => !TELLING.test(name) && !(name in body)),
  ];
  for (const name of ranked) yield { ...body, [name]: marker };
  if (depth >= DEEPEST) return;
  for (const [name, member] of properties) {
    const inner = body[name];
    if (!isObject(inner)) continue;
    for (const marked of placesFor(member, inner, marker, contract, depth + 1))
      yield { ...body, [name]: marked };
  }
}

const TELLING = /^(?:name|title|label|subject|description|comment|note|reason|text|display)s?$/i;

/** The members of an object schema, with what it refers to and what it is made of. */
export function propertiesOf(schema: JsonObject, contract: Contract): Record<string, JsonObject> {
  const found: Record<string, JsonObject> = {};
  const visit = (one: Json | undefined, left: number): void => {
    const whole = resolved(one, contract);
    if (whole === undefined || left === 0) return;
    const { allOf, properties } = whole;
    if (isArray(allOf)) for (const part of allOf) visit(part, left - 1);
    if (!isObject(properties)) return;
    for (const [name, member] of Object.entries(properties)) {
      const own = resolved(member, contract);
      if (own) found[name] = own;
    }
  };
  visit(schema, 8);
  return found;
}

function resolved(schema: Json | undefined, contract: Contract): JsonObject | undefined {
  let current = schema;
  for (let hops = 0; hops < 16; hops += 1) {
    if (!isObject(current)) return undefined;
    const { $ref } = current;
    if (typeof $ref !== 'string') return current;
    current = at(contract.document, $ref);
  }
  return undefined;
}

function canHold(schema: JsonObject, marker: string): boolean {
  const { type, maxLength, minLength } = schema;
  const isText = type === 'string' || (isArray(type) && type.includes('string'));
  return (
    isText &&
    !LIMITING.some((keyword) => keyword in schema) &&
    schema['readOnly'] !== true &&
    (typeof maxLength !== 'number' || maxLength >= marker.length) &&
    (typeof minLength !== 'number' || minLength <= marker.length)
  );
}

const LIMITING = ['enum', 'const', 'format', 'pattern', 'not', 'oneOf', 'anyOf', 'allOf'];
