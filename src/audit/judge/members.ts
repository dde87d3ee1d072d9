import type { Contract } from '../../contract/contract.js';
import { mostSpecific, firstJson, type MediaType } from '../../contract/content.js';
import { resolve } from '../../contract/follow.js';
import type { Operation } from '../../contract/operation.js';
import { isArray, isObject, pointerSteps, type Json, type JsonObject } from '../../json.js';
import type { SentBody } from '../call.js';

/** The names of a body that the contract does not have, and those that it requires and that are not there. */
export interface BodyNames {
  unknown: string[];
  missing: string[];
}

/**
 * Holds the names in a body against the schema that the contract has for it. A member is unknown where the schema names
 * members and does not say that others are allowed (`additionalProperties`, `patternProperties`); where it says nothing,
 * JSON Schema would allow it, but nobody has described what it does. A schema that names no members is open.
 */
export function namesAgainst(
  { document }: Pick<Contract, 'document'>,
  { body: described }: Pick<Operation, 'body'>,
  body: SentBody,
): BodyNames {
  const schema = described && schemaFor(described.content, body.mediaType);
  if (!schema || !body.members) return { unknown: [], missing: [] };
  const unknown: string[] = [];
  for (const member of body.members) {
    if (unknown.some((above) => member.startsWith(`${above}/`))) continue;
    if (!isKnown(document, schema, pointerSteps(member), new Set())) unknown.push(member);
  }
  const given = new Set(body.members.map((member) => pointerSteps(member)[0]));
  const missing = requiredOf(document, schema, new Set()).filter((name) => !given.has(name));
  return { unknown, missing };
}

function schemaFor(content: Record<string, MediaType>, type: string | undefined): JsonObject | undefined {
  const found = type === undefined ? firstJson(content) : mostSpecific(content, type);
  // A host that takes several types describes them alike; one that is not described at all is another matter.
  return (found ?? firstJson(content))?.[1].schema;
}

/** Whether some schema that counts at this place has the member, or allows those that it does not name. */
function isKnown(document: JsonObject, written: Json, steps: readonly string[], seen: Set<Json>): boolean {
  const schema = resolve(document, written);
  const [step, ...rest] = steps;
  // A circle of references says nothing more than it has said before.
  if (!isObject(schema) || step === undefined || seen.has(schema)) return true;
  const parts = partsOf(schema);
  const below = new Set([...seen, schema]);
  if (parts.length > 0) {
    const all = [...parts, withoutParts(schema)].filter((part) => saysSomething(document, part));
    return all.length === 0 || all.some((part) => isKnown(document, part, steps, below));
  }
  if (step === '*')
    return schema['items'] === undefined || isKnown(document, schema['items'], rest, new Set());
  const { properties, additionalProperties, patternProperties } = schema;
  if (isObject(properties) && Object.hasOwn(properties, step)) {
    const member = properties[step];
    return member === undefined || isKnown(document, member, rest, new Set());
  }
  if (!isObject(properties) || Object.keys(properties).length === 0) return true;
  return additionalProperties === true || isObject(additionalProperties) || isObject(patternProperties);
}

function partsOf(schema: JsonObject): Json[] {
  return ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
    const parts = schema[keyword];
    return isArray(parts) ? parts : [];
  });
}

function withoutParts(schema: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !['allOf', 'anyOf', 'oneOf', 'not'].includes(keyword)),
  );
}

/** Whether a part of a schema names members at all; a mere `required` beside others does not open the whole. */
function saysSomething(document: JsonObject, part: Json): boolean {
  const schema = resolve(document, part);
  return (
    isObject(schema) &&
    (partsOf(schema).length > 0 ||
      ['properties', 'items', 'additionalProperties', 'patternProperties'].some(
        (name) => schema[name] !== undefined,
      ))
  );
}

/** What every alternative requires of the body as a whole. */
function requiredOf(document: JsonObject, written: Json, seen: Set<Json>): string[] {
  const schema = resolve(document, written);
  if (!isObject(schema) || seen.has(schema)) return [];
  const own = isArray(schema['required'])
    ? schema['required'].filter((name) => typeof name === 'string')
    : [];
  const all = isArray(schema['allOf']) ? schema['allOf'] : [];
  const inner = new Set([...seen, schema]);
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  // What only the host fills in is not sent.
  const isSent = (name: string): boolean => {
    const member = resolve(document, properties[name]);
    return !(isObject(member) && member['readOnly'] === true);
  };
  return [...new Set([...own.filter(isSent), ...all.flatMap((part) => requiredOf(document, part, inner))])];
}
