import { asText, type Json, type JsonObject } from '../json.js';
import { valueAt } from './place.js';
import type { Sort } from './world/listing.js';

/** The records in the order that a request asks for. Fields that the world does not name are ignored. */
export function sorted(
  records: readonly JsonObject[],
  sort: Sort | undefined,
  parameters: ReadonlyMap<string, string>,
): JsonObject[] {
  const asked = sort && parameters.get(sort.parameter);
  if (sort === undefined || asked === undefined) return [...records];
  const { separator = ',', descending = '-', fields } = sort;
  const keys = asked.split(separator).flatMap((written) => {
    const isDescending = written.startsWith(descending);
    const place = fields[isDescending ? written.slice(descending.length) : written];
    return place === undefined ? [] : [{ place, direction: isDescending ? -1 : 1 }];
  });
  return [...records].sort((one, other) => {
    for (const { place, direction } of keys) {
      const order = compared(valueAt(one, place), valueAt(other, place));
      if (order !== 0) return order * direction;
    }
    return 0;
  });
}

/** Numbers by their size, all else by its text; what is not there comes first. */
function compared(one: Json | undefined, other: Json | undefined): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  const [first, second] = [asText(one ?? ''), asText(other ?? '')];
  return first < second ? -1 : first > second ? 1 : 0;
}
