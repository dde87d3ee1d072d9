import { isArray, isObject, type Json } from '../json.js';

/**
 * The ids in an answer that lists things, whether the things stand in an array at the top or in a member
 * (`entry`, `data`, `items`, …), bare or each wrapped in a member of its own (`resource`).
 */
export function harvestIds(body: Json): string[] {
  return listIn(body).flatMap((item) => {
    if (!isObject(item)) return [];
    const id = item['id'] ?? Object.values(item).find((member) => isObject(member) && 'id' in member);
    const value = isObject(id) ? id['id'] : id;
    return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
  });
}

function listIn(body: Json): Json[] {
  if (isArray(body)) return body;
  if (!isObject(body)) return [];
  return (
    (Object.values(body).find((member) => isArray(member) && member.some(isObject)) as Json[] | undefined) ??
    []
  );
}
