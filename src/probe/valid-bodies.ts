import { isDeepStrictEqual } from 'node:util';
import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import { asText, isArray, isJsonType, isObject, type Json, type JsonObject } from '../json.js';
import { propertiesOf } from './marker.js';
import { memberAt, placesIn, replaced } from './other-values.js';

/** A body that the contract allows, and that differs from another one in one way. */
export interface ValidBody {
  /** `example`: it is the one of the contract. */
  how: 'enum' | 'left-out' | 'least' | 'most' | 'example';
  /** The names of the members that lead to what is different. */
  path: readonly string[];
  /** The value that the contract lists. */
  listed?: string;
  body: JsonObject;
}

/** So many of each kind say enough of an operation. */
const MOST_OF_KIND: Readonly<Record<ValidBody['how'], number>> = {
  ...{ example: 1, enum: 4, 'left-out': 2, least: 2, most: 2 },
};

/**
 * Bodies that the contract allows, each different from a plain one in one member: with another value of its list, without
 * it, with the least and the most that it may be; and the example of the contract.
 * @param body the plain one, which the contract allows
 * @param kept texts by which what is created is known: they stay
 */
export function validBodies(
  operation: Operation,
  body: JsonObject,
  contract: Contract,
  { allows, kept }: { allows: (body: JsonObject) => boolean; kept: readonly string[] },
): ValidBody[] {
  const media = Object.entries(operation.body?.content ?? {}).find(([type]) => isJsonType(type))?.[1];
  if (!media?.schema || !allows(body)) return [];
  const isKept = (value: Json | undefined) =>
    kept.some((text) => JSON.stringify(value ?? null).includes(text));
  const members = placesIn(body).map((path) => ({
    path,
    value: memberAt(body, path),
    schema: schemaAt(path, media.schema ?? {}, contract),
  }));
  const changed = (how: ValidBody['how'], path: readonly string[], value: Json | undefined): ValidBody => ({
    ...{ how, path, body: replaced(body, path, value) },
  });
  const enums = members
    .filter(({ path, value }) => !MOVES_ON.test(path.at(-1) ?? '') && !isKept(value))
    .map(({ path, value, schema }) =>
      listedIn(schema)
        .filter((one) => one !== value)
        .map((one) => ({ ...changed('enum', path, one), listed: asText(one) })),
    );
  const found: ValidBody[] = [
    ...examplesFor(media.example, body, isKept),
    ...inTurn(enums),
    ...Object.keys(body)
      .filter((name) => !isKept(body[name]))
      .map((name) => changed('left-out', [name], undefined)),
    ...members.flatMap(({ path, value, schema }) => [
      ...leastOf(value, schema)
        .filter(() => !isKept(value))
        .map((least) => changed('least', path, least)),
      ...mostOf(value, schema).map((most) => changed('most', path, most)),
    ]),
  ];
  const counts = new Map<ValidBody['how'], number>();
  return found.filter((one) => {
    const count = counts.get(one.how) ?? 0;
    if (count >= MOST_OF_KIND[one.how] || !allows(one.body)) return false;
    counts.set(one.how, count + 1);
    return true;
  });
}

/** What a record goes through of itself: it need not begin in each of these. */
const MOVES_ON = /(?:status|state|stage|phase|step)$/i;

/** First one of each list, then a second one of each. */
function inTurn<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, place) =>
    lists.flatMap((list) => list.slice(place, place + 1)),
  ).flat();
}

/** What the contract says of the member that a path leads to. */
function schemaAt(path: readonly string[], whole: JsonObject, contract: Contract): JsonObject {
  let schema = whole;
  for (const name of path) schema = propertiesOf(schema, contract)[name] ?? {};
  return schema;
}

function listedIn({ enum: values }: JsonObject): Json[] {
  return isArray(values) ? values.filter((one) => typeof one === 'string' || typeof one === 'number') : [];
}

/** Bounds beyond these are those of a number in memory, or of nobody's texts, and no promise that anybody has thought of. */
const LARGEST_NUMBER = 2_147_483_646;
const LONGEST_TEXT = 1000;

function leastOf(value: Json | undefined, { minimum, minLength }: JsonObject): Json[] {
  if (typeof value === 'number' && typeof minimum === 'number')
    return minimum !== value && Math.abs(minimum) <= LARGEST_NUMBER ? [minimum] : [];
  return isPlainText(value) && typeof minLength === 'number' && minLength > 0 && minLength < value.length
    ? [value.slice(0, minLength)]
    : [];
}

function mostOf(value: Json | undefined, { maximum, maxLength }: JsonObject): Json[] {
  if (typeof value === 'number' && typeof maximum === 'number')
    return maximum !== value && Math.abs(maximum) <= LARGEST_NUMBER ? [maximum] : [];
  return isPlainText(value) &&
    typeof maxLength === 'number' &&
    maxLength > value.length &&
    maxLength <= LONGEST_TEXT
    ? [value.padEnd(maxLength, 'x')]
    : [];
}

/** A text that only people read: of all others it is not known what else is asked of them. */
function isPlainText(value: Json | undefined): value is string {
  return typeof value === 'string' && /^\p{L}[\p{L}\p{N} -]*$/u.test(value);
}

/**
 * The example of the contract as it can be sent: what may be there only once, names something else or is a time is that of
 * the plain body. None where the plain body has nothing to put there.
 */
function examplesFor(
  example: Json | undefined,
  body: JsonObject,
  isKept: (value: Json | undefined) => boolean,
): ValidBody[] {
  if (!isObject(example)) return [];
  const sent = {
    ...example,
    ...Object.fromEntries(Object.entries(body).filter(([, value]) => isKept(value))),
  };
  let fitted: JsonObject = sent;
  for (const path of placesIn(sent)) {
    const value = memberAt(sent, path);
    if (!NAMES_ONE.test(path.at(-1) ?? '') && !isTime(value) && !isList(value)) continue;
    const own = memberAt(body, path);
    if (own === undefined) return [];
    fitted = replaced(fitted, path, own);
  }
  return isDeepStrictEqual(fitted, body) ? [] : [{ how: 'example', path: [], body: fitted }];
}

/** Members that name something, or of which two records may not have the same. */
const NAMES_ONE =
  /(?:ids?|key|code|number|ur[il]|e-?mail|phone|login|slug|name|title|label|host|domain|path)$/i;

function isTime(value: Json | undefined): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);
}

/** Things in a list may name others as well. */
function isList(value: Json | undefined): boolean {
  return isArray(value) && value.some((one) => typeof one === 'object');
}
