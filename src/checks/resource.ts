import { isObject, type Json, type JsonObject } from '../json.js';
import { idText } from '../probe/harvest.js';
import { plainName, singulars, type IdNames } from '../probe/id-names.js';

/** A thing of an answer, and the members that may hold its id, the surest first. */
export interface Resource {
  members: JsonObject;
  ids: readonly { member: string; id: string }[];
  /** The member that it is wrapped in. */
  wrapper: string | undefined;
}

/** What things are wrapped in, besides a member that is called like them. */
const WRAPPERS = ['resource', 'data', 'item', 'result', 'record', 'entity', 'node'];

/**
 * The thing that a value is: itself, or what it wraps.
 * @param collection the last fixed word of the path
 * @returns undefined where nothing in it has an id
 */
export function resourceIn(
  value: Json | undefined,
  names: IdNames,
  collection: string | undefined,
): Resource | undefined {
  if (!isObject(value)) return undefined;
  const bare = thingOf(value, names, undefined);
  if (bare) return bare;
  const wrappers = [...WRAPPERS, ...(collection === undefined ? [] : singulars(plainName(collection)))];
  for (const [name, member] of Object.entries(value)) {
    if (!isObject(member) || !wrappers.includes(plainName(name))) continue;
    const wrapped = thingOf(member, names, name);
    if (wrapped) return wrapped;
  }
  return undefined;
}

function thingOf(members: JsonObject, names: IdNames, wrapper: string | undefined): Resource | undefined {
  const wanted = new Set([...names.own, ...(names.byId === 'not' ? [] : ['id'])]);
  const ids = [...wanted].flatMap((name) =>
    Object.entries(members).flatMap(([member, value]) => {
      const id = plainName(member) === name ? idText(value) : undefined;
      return id === undefined ? [] : [{ member, id }];
    }),
  );
  return ids.length > 0 ? { members, ids, wrapper } : undefined;
}
