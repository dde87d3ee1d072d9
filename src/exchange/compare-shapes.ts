import { isArray, isObject, type Json } from '../json.js';

/** One way in which two shapes differ. `path` is written like `entry[].resource.id`; empty for the whole. */
export interface ShapeDifference {
  path: string;
  what: 'appeared' | 'vanished' | 'changed';
  from: string;
  to: string;
}

/**
 * Compares two shapes of bodies as `exchange/shape.ts` writes them. These are changes of the data, and none of the shape: how long
 * a text or a list is, that a list is empty, which items of a list carry an optional member, that a number has
 * decimals, and that of several types that were seen before only some are seen now.
 */
export function compareShapes(base: Json, head: Json): ShapeDifference[] {
  return compare(formsOf(base), formsOf(head), '');
}

/** What a place of a body can hold: types of scalars, the members of an object, the items of a list. */
interface Forms {
  types: Set<string>;
  /** With the names as they are, and whether every item carries the member. */
  members: Map<string, { shape: Json; always: boolean }> | undefined;
  /** Undefined when there is no list; null when the lists were empty. */
  items: Json | null | undefined;
}

function formsOf(shape: Json): Forms {
  const forms: Forms = { types: new Set(), members: undefined, items: undefined };
  const parts = isArray(shape) && shape[0] === '|' ? shape.slice(1) : [shape];
  for (const part of parts) {
    if (typeof part === 'string') {
      for (const type of part.split(' | ')) forms.types.add(typeOf(type));
    } else if (isArray(part)) {
      forms.items = part[1] ?? null;
    } else if (isObject(part)) {
      forms.members = new Map(
        Object.entries(part)
          .filter(([name]) => name !== '…')
          .map(([name, member]): [string, { shape: Json; always: boolean }] => {
            const always = !name.endsWith('?');
            return [always ? name : name.slice(0, -1), { shape: member, always }];
          }),
      );
    }
  }
  return forms;
}

/** `string 3..12` is a string and `integer` a number: what is left of a type when the data is left out. */
function typeOf(text: string): string {
  const word = text.replace(/ \d+(\.\.\d+)?$/, '');
  return word === 'integer' ? 'number' : word;
}

function compare(base: Forms, head: Forms, path: string): ShapeDifference[] {
  // Null stands for a value that is left open: what it is when it is set, nothing tells.
  const kindsBefore = kindsOf(base);
  const kindsNow = kindsOf(head);
  const added = kindsNow.filter((kind) => !kindsBefore.includes(kind));
  const onlyNull = kindsBefore.length === 1 && kindsBefore[0] === 'null';
  if (added.length > 0 && !onlyNull) {
    return [{ path, what: 'changed', from: kindsBefore.join(' or '), to: kindsNow.join(' or ') }];
  }
  const found: ShapeDifference[] = [];
  if (base.members && head.members) found.push(...compareMembers(base.members, head.members, path));
  if (base.items && head.items) found.push(...compare(formsOf(base.items), formsOf(head.items), `${path}[]`));
  return found;
}

function kindsOf({ types, members, items }: Forms): string[] {
  return [...types, ...(members ? ['object'] : []), ...(items === undefined ? [] : ['list'])].sort();
}

function compareMembers(
  base: NonNullable<Forms['members']>,
  head: NonNullable<Forms['members']>,
  path: string,
): ShapeDifference[] {
  const found: ShapeDifference[] = [];
  for (const [name, before] of base) {
    const here = path === '' ? name : `${path}.${name}`;
    const now = head.get(name);
    if (now) found.push(...compare(formsOf(before.shape), formsOf(now.shape), here));
    // A member that only some items carried before may be carried by none of those that came today.
    else if (before.always)
      found.push({ path: here, what: 'vanished', from: describe(before.shape), to: '' });
  }
  for (const [name, now] of head) {
    const here = path === '' ? name : `${path}.${name}`;
    if (!base.has(name)) found.push({ path: here, what: 'appeared', from: '', to: describe(now.shape) });
  }
  return found;
}

function describe(shape: Json): string {
  return kindsOf(formsOf(shape)).join(' or ');
}

/** One difference as a line: `entry[].id: number, was string`. */
export function describeDifference({ path, what, from, to }: ShapeDifference): { from: string; to: string } {
  const name = path === '' ? 'the body' : path;
  if (what === 'appeared') return { from: `no ${name}`, to: `${name} (${to})` };
  if (what === 'vanished') return { from: `${name} (${from})`, to: `no ${name}` };
  return { from: `${name}: ${from}`, to: `${name}: ${to}` };
}
