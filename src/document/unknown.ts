import { KindGuard, type TSchema } from '@sinclair/typebox';
import { at, isObject, pointer } from '../json.js';
import { likely } from '../nearest.js';

/** A member that no form of a shape has at its place. */
export interface UnknownMember {
  /** The steps to the object that has it. */
  holder: readonly string[];
  name: string;
  /** The name that it probably stands for; undefined where nothing like it is known there. */
  like: string | undefined;
  /** The names that could be there. */
  known: readonly string[];
}

/**
 * The members of a value that its shape does not know, at every depth. Of a value that can have one of several forms,
 * a member is known that any of them has: which form it was to be, the validator says.
 */
export function unknownMembers(
  shape: TSchema,
  value: unknown,
  holder: readonly string[] = [],
): UnknownMember[] {
  return unknownIn(formsOf(shape), value, holder);
}

function unknownIn(forms: readonly TSchema[], value: unknown, steps: readonly string[]): UnknownMember[] {
  if (Array.isArray(value)) {
    const items = forms.flatMap((form) => (KindGuard.IsArray(form) ? formsOf(form.items) : []));
    return value.flatMap((item, index) => unknownIn(items, item, [...steps, String(index)]));
  }
  if (typeof value !== 'object' || value === null) return [];
  const objects = forms.filter((form) => KindGuard.IsObject(form) || KindGuard.IsRecord(form));
  // What takes anything, or no object at all, knows no member and misses none.
  if (objects.length === 0 || forms.some((form) => KindGuard.IsUnknown(form) || KindGuard.IsUnsafe(form)))
    return [];
  const known = objects.flatMap((form) => (KindGuard.IsObject(form) ? Object.keys(form.properties) : []));
  const free = known.filter((name) => !Object.hasOwn(value, name));
  return Object.entries(value).flatMap(([name, member]): UnknownMember[] => {
    const below = objects.flatMap((form) => formsOfMember(form, name));
    if (below.length > 0) return unknownIn(below, member, [...steps, name]);
    if (!objects.every(isClosed)) return [];
    return [{ holder: steps, name, like: likely(name, free), known: free }];
  });
}

/** The forms that a value of a shape can have. */
function formsOf(shape: TSchema): TSchema[] {
  return KindGuard.IsUnion(shape) ? shape.anyOf.flatMap(formsOf) : [shape];
}

function formsOfMember(form: TSchema, name: string): TSchema[] {
  if (KindGuard.IsObject(form)) {
    const own = Object.hasOwn(form.properties, name) ? form.properties[name] : undefined;
    return own ? formsOf(own) : [];
  }
  if (!KindGuard.IsRecord(form)) return [];
  const found = Object.entries(form.patternProperties).find(([pattern]) =>
    new RegExp(pattern, 'u').test(name),
  );
  return found ? formsOf(found[1]) : [];
}

function isClosed(form: TSchema): boolean {
  return form['additionalProperties'] === false;
}

/**
 * A value whose unknown members are gone, or are under the name that they probably stand for: what else is wrong with
 * it can be said of that, and nothing twice.
 */
export function asKnown(value: unknown, unknown: readonly UnknownMember[]): unknown {
  const copy = structuredClone(value);
  for (const { holder, name, like } of unknown) {
    const object = at(copy, pointer(...holder));
    if (!isObject(object)) continue;
    const member = object[name];
    Reflect.deleteProperty(object, name);
    if (like !== undefined && member !== undefined) object[like] = member;
  }
  return copy;
}
