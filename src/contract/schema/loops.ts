import { type JsonObject } from '../../json.js';
import { partsInPlace, within } from './in-place.js';
import { mark } from './unchecked.js';
import type { Workshop } from './workshop.js';

/**
 * Cuts the loops of schemas that include themselves: a value would be checked against them without end, and nothing of
 * it would be taken. A reference that closes a loop gets a copy of what it refers to, in which the loop is not closed
 * again. “All of itself and A” is so the same as “A”. Where nothing is left to be checked, that is noted.
 * @returns the copies, which are nowhere in the document
 */
export function cutLoops(workshop: Workshop, schemas: readonly JsonObject[]): JsonObject[] {
  const { targets, pointers, repairs } = workshop;
  const closing = findClosing(schemas, targets);
  if (closing.size === 0) return [];
  const copies = new Map<JsonObject, JsonObject>();

  const copyOf = (schema: JsonObject): JsonObject => {
    const known = copies.get(schema);
    if (known) return known;
    const copy = structuredClone(schema);
    copies.set(schema, copy);
    pair(schema, copy, (one, other) => {
      const target = targets.get(one);
      if (target) targets.set(other, target);
      pointers.set(other, pointers.get(one) ?? '');
    });
    follow(schema, copy, undefined);
    return copy;
  };
  /** Goes on in the copy wherever the schema is about the same value. */
  const follow = (schema: JsonObject, copy: JsonObject, keyword: string | undefined): void => {
    const target = targets.get(schema);
    if (target && closing.has(schema)) {
      Reflect.deleteProperty(copy, '$ref');
      targets.delete(copy);
      // All of several schemas, of which one is what is being checked already: the others say it all.
      if (keyword !== 'allOf') {
        const schemaPointer = pointers.get(schema) ?? '';
        mark(copy, { schemaPointer, keyword: '$ref', why: 'the schema is made of itself' });
      }
    } else if (target) targets.set(copy, copyOf(target));
    const others = partsInPlace(copy);
    for (const [index, { part, keyword: held }] of partsInPlace(schema).entries()) {
      const other = others[index];
      if (other) follow(part, other.part, held);
    }
  };

  for (const schema of closing) {
    const target = targets.get(schema);
    if (!target) continue;
    repairs.push({
      pointer: pointers.get(schema) ?? '',
      what: 'the schema includes itself',
      assumed: 'it is checked once',
    });
    targets.set(schema, copyOf(target));
  }
  return [...copies.values()];
}

/** The references without which there is no loop. */
function findClosing(
  schemas: readonly JsonObject[],
  targets: ReadonlyMap<JsonObject, JsonObject>,
): Set<JsonObject> {
  const closing = new Set<JsonObject>();
  // Where a loop does not end at a reference, one before its end is taken, and another loop may lead past it.
  for (let known = -1; closing.size > known;) {
    known = closing.size;
    addClosing(schemas, targets, closing);
  }
  return closing;
}

/** Adds the references that close a loop which none of those known has cut, found in one walk over all schemas. */
function addClosing(
  schemas: readonly JsonObject[],
  targets: ReadonlyMap<JsonObject, JsonObject>,
  closing: Set<JsonObject>,
): void {
  const done = new Set<JsonObject>();
  const active = new Set<JsonObject>();
  const nextOf = (schema: JsonObject): JsonObject[] => {
    const target = closing.has(schema) ? undefined : targets.get(schema);
    const parts = partsInPlace(schema).map(({ part }) => part);
    return [...parts, ...(target ? [target] : [])].reverse();
  };
  for (const root of schemas) {
    if (done.has(root)) continue;
    // Chains of references may be longer than the stack.
    const path = [{ schema: root, next: nextOf(root) }];
    active.add(root);
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const part = here.next.pop();
      if (part === undefined) {
        path.pop();
        active.delete(here.schema);
        done.add(here.schema);
      } else if (active.has(part)) {
        const loop = path.slice(path.findIndex(({ schema }) => schema === part)).map(({ schema }) => schema);
        const last = [...loop.entries()].findLast(
          ([index, schema]) => targets.get(schema) === (loop[index + 1] ?? part) && !closing.has(schema),
        );
        if (last) closing.add(last[1]);
      } else if (!done.has(part)) {
        active.add(part);
        path.push({ schema: part, next: nextOf(part) });
      }
    }
  }
}

/** Calls `visit` with each schema of two that are alike. */
function pair(one: JsonObject, other: JsonObject, visit: (one: JsonObject, other: JsonObject) => void): void {
  const others = within(other);
  for (const schema of within(one)) {
    const like = others.next();
    if (like.done !== true) visit(schema, like.value);
  }
}
