import { answeredSchemas } from '../../contract/member-names.js';
import { resolve } from '../../contract/follow.js';
import type { Contract } from '../../contract/contract.js';
import type { Operation } from '../../contract/operation.js';
import { isAllowed } from '../../contract/schema/validator.js';
import { at, isJsonType, isObject, parseJson, type Json, type JsonObject } from '../../json.js';
import { propertiesOf } from '../../probe/marker.js';
import { withOtherValues } from '../../probe/other-values.js';
import { requestText } from '../../targets/reply.js';
import type { Marked } from '../ask-writes.js';

/** The object that a request sends as JSON. */
export function sentIn({ probe: { request } }: Marked): JsonObject | undefined {
  if (!isPlainJson(request.headers['content-type'] ?? '')) return undefined;
  const value = parseJson(requestText(request) ?? '');
  return isObject(value) ? value : undefined;
}

/** What the contract says of the JSON that an operation takes. */
export interface Taken {
  allows: (body: JsonObject) => boolean;
  /** The keywords of JSON Schema that a body breaks; `unknown` where it cannot be found out. */
  breaks: (body: JsonObject) => readonly string[];
}

/** @returns undefined where it takes no JSON that is described */
export function takenBy(operation: Operation, { validators }: Contract): Taken | undefined {
  const pointer = plainJsonOf(operation)?.schemaPointer;
  if (pointer === undefined) return undefined;
  const check = (body: JsonObject) => validators.request.check(pointer, body);
  return {
    allows: (body) => isAllowed(check(body)),
    breaks: (body) => {
      const checked = check(body);
      if (checked.kind !== 'checked' || checked.unchecked.length > 0) return ['unknown'];
      return checked.violations.map(({ keyword }) => keyword);
    },
  };
}

function plainJsonOf({ body }: Operation) {
  return Object.entries(body?.content ?? {}).find(([type]) => isPlainJson(type))?.[1];
}

/** The members that the contract has for the JSON that an operation takes. */
function membersTaken(operation: Operation, contract: Contract) {
  return propertiesOf(plainJsonOf(operation)?.schema ?? {}, contract);
}

/** What tells whether a value holds one of the texts that have to stay. */
export function holdsOneOf(kept: readonly string[]): (value: Json) => boolean {
  return (value) => kept.some((text) => JSON.stringify(value).includes(text));
}

/** JSON that is the value itself, and no list of changes to one (RFC 6902). */
function isPlainJson(type: string): boolean {
  return isJsonType(type) && !/json-patch/i.test(type);
}

/**
 * The bodies to change a record with, the most telling first: with other values than it has, then with those that it was
 * created with, then what the contract gives as an example.
 * @param kept texts that have to stay, by which the record is known
 */
export function changesOf(
  method: string,
  { sent, example }: { sent: JsonObject | undefined; example: JsonObject | undefined },
  { allows }: Taken,
  kept: readonly string[],
): JsonObject[] {
  const own = sent && allows(sent) ? sent : undefined;
  if (method === 'PATCH') {
    const whole = sent ?? {};
    const isKept = holdsOneOf(kept);
    const byMember = Object.entries(whole);
    const inOrder = [
      ...byMember.filter(([, value]) => !isKept(value)),
      ...byMember.filter(([, value]) => isKept(value)),
    ];
    const single = inOrder.flatMap(([name, value]) => {
      const body = { [name]: value };
      const other = allows(body) ? withOtherValues(body, allows, kept) : body;
      return other === body ? [] : [other];
    });
    return [...single.slice(0, 2), ...(example ? [example] : [])];
  }
  const bases = [own, example].filter((body) => body !== undefined);
  const others = bases.map((body) => withOtherValues(body, allows, kept));
  return [...new Set([...others.slice(0, 1), ...bases])].slice(0, 2);
}

/** The members that a read may show, without those that the contract says never come. */
export function declaredBy(reading: Operation | undefined, contract: Contract): Set<string> {
  if (!reading) return new Set();
  const schemas = [...answeredSchemas(contract, reading)];
  return new Set(
    schemas
      .filter(([, own]) => !own.some((one) => flagged(one, 'writeOnly', contract)))
      .map(([name]) => name),
  );
}

/** The defaults of the members that a body leaves out, where they are plain values (OpenAPI 3.0.4, section 4.8.24). */
export function defaultsOf(
  operation: Operation,
  sent: JsonObject,
  contract: Contract,
): ReadonlyMap<string, Json> {
  const members = Object.entries(membersTaken(operation, contract));
  return new Map(
    members.flatMap(([name, { default: value, readOnly, writeOnly }]): [string, Json][] => {
      const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return isPlain && readOnly !== true && writeOnly !== true && !Object.hasOwn(sent, name)
        ? [[name, value]]
        : [];
    }),
  );
}

/** Whether a host may give a member this very value where it is not sent: a switch, a zero, one of a few words. */
export function mayBeDefaultOf(
  operation: Operation,
  contract: Contract,
): (name: string, value: Json) => boolean {
  const members = membersTaken(operation, contract);
  return (name, value) => {
    const { default: initial, enum: listed } = members[name] ?? {};
    return typeof value === 'boolean' || value === 0 || initial !== undefined || listed !== undefined;
  };
}

/** Whether the contract says in words that an operation replaces the whole record. */
export function saysItReplaces({ pointer }: Operation, { document }: Contract): boolean {
  const operation = at(document, pointer);
  if (!isObject(operation)) return false;
  const text = [operation['summary'], operation['description']]
    .filter((one) => typeof one === 'string')
    .join(' ');
  return /\breplac(?:e|es|ed|ing)\b/i.test(text) && !/\b(?:merge|partial|partially|unchanged)\b/i.test(text);
}

/** Values for members of a record that are read-only, which nobody but the sender would give them. */
export function foreignValues(
  reading: Operation,
  record: JsonObject,
  contract: Contract,
): [member: string, value: Json][] {
  const schemas = answeredSchemas(contract, reading);
  const found = Object.entries(record).flatMap(([name, value]): [string, Json][] => {
    const isReadOnly = schemas.get(name)?.some((one) => flagged(one, 'readOnly', contract));
    if (!isReadOnly || IDENTIFIES.test(name)) return [];
    if (typeof value === 'string' && /^\d{4}-\d\d-\d\d[Tt ]/.test(value))
      return [[name, '2001-02-03T04:05:06Z']];
    return typeof value === 'number' && Number.isSafeInteger(value) ? [[name, value + 1000]] : [];
  });
  // A time is the least that a host could have its own reasons to look at.
  return found.sort(
    ([, one], [, other]) => Number(typeof other === 'string') - Number(typeof one === 'string'),
  );
}

/** What names a record or one state of it: to send another could be refused for that. */
const IDENTIFIES = /(?:^|_)id$|Id$|version|revision|etag/i;

function flagged(schema: Json, flag: 'readOnly' | 'writeOnly', { document }: Contract): boolean {
  const whole = resolve(document, schema);
  return isObject(whole) && whole[flag] === true;
}
