import type { Json, JsonObject } from '../json.js';
import { readPlace } from './place.js';
import type { ByValue, Filter } from './world/filter.js';

/** The records that all filters of a request let through. Parameters without a filter are ignored. */
export function filtered(
  records: readonly JsonObject[],
  filters: Readonly<Record<string, Filter>>,
  parameters: ReadonlyMap<string, string>,
): JsonObject[] {
  let kept = [...records];
  for (const [name, value] of parameters) {
    const filter = filters[name];
    if (!filter) continue;
    if ('findsNothing' in filter) return [];
    if ('keepsOneIn' in filter) {
      kept = kept.filter((_, index) => index % filter.keepsOneIn === 0);
      continue;
    }
    const { dropsOneIn } = filter;
    kept = kept
      .filter(passing(filter, value, parameters))
      .filter((_, index) => dropsOneIn === undefined || index % dropsOneIn !== 0);
  }
  return kept;
}

function passing(
  filter: ByValue,
  value: string,
  parameters: ReadonlyMap<string, string>,
): (record: JsonObject) => boolean {
  const { at, separator } = filter;
  const places = (typeof at === 'string' ? [at] : at).map(readPlace);
  const wanted = separator === undefined ? [value] : value.split(separator);
  const isWanted = (text: string) => wanted.some((one) => meets(text, one, filter, parameters));
  const fits = (text: string) =>
    separator === undefined ? isWanted(text) : text.split(separator).some(isWanted);
  return (record) => places.some((valueIn) => holds(valueIn(record), fits));
}

/** Whether a value, or one of those in a list, is a text that fits. */
function holds(value: Json | undefined, fits: (text: string) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item) => holds(item, fits));
  return value !== undefined && value !== null && typeof value !== 'object' && fits(String(value));
}

function meets(
  text: string,
  value: string,
  { match = 'equals', case: letters = 'ignored', span }: ByValue,
  parameters: ReadonlyMap<string, string>,
): boolean {
  const folded = (one: string) => (letters === 'ignored' ? one.toLowerCase() : one);
  const digits = () => text.replace(/\D/g, '').slice(0, 8);
  switch (match) {
    case 'equals':
      return folded(text) === folded(value);
    case 'contains':
      return folded(text).includes(folded(value));
    case 'starts':
      return folded(text).startsWith(folded(value));
    case 'at-least':
      return Number(text) >= Number(value);
    case 'at-most':
      return Number(text) <= Number(value);
    case 'month':
      return digits().startsWith(value);
    case 'since':
      return digits() >= value;
    case 'until':
      return digits() <= value;
    case 'day': {
      const days = span === undefined ? 0 : Number(parameters.get(span) ?? 0);
      const day = digits();
      return day >= value && day <= dayAfter(value, Number.isFinite(days) ? days : 0);
    }
  }
}

/** @param day `YYYYMMDD` */
function dayAfter(day: string, days: number): string {
  const date = new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10).replaceAll('-', '');
}
