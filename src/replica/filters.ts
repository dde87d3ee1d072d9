import { asText, isArray, isObject, type Json, type JsonObject } from '../json.js';
import type { Filter } from './world.js';

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
    kept =
      'keepsOneIn' in filter
        ? kept.filter((_, index) => index % filter.keepsOneIn === 0)
        : kept.filter((record) => passes(record, filter, value, parameters));
  }
  return kept;
}

function passes(
  record: JsonObject,
  filter: Extract<Filter, { at: string }>,
  value: string,
  parameters: ReadonlyMap<string, string>,
): boolean {
  const found = valueAt(record, filter.at);
  if (found === undefined || found === null || typeof found === 'object') return false;
  const text = String(found);
  const digits = text.replace(/\D/g, '').slice(0, 8);
  switch (filter.match ?? 'equals') {
    case 'equals':
      return text.toLowerCase() === value.toLowerCase();
    case 'contains':
      return text.toLowerCase().includes(value.toLowerCase());
    case 'month':
      return digits.startsWith(value);
    case 'since':
      return digits >= value;
    case 'until':
      return digits <= value;
    case 'day': {
      const span = filter.span === undefined ? 0 : Number(parameters.get(filter.span) ?? 0);
      return digits >= value && digits <= dayAfter(value, Number.isFinite(span) ? span : 0);
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

/** The value at a place like `name.0.family` or `meta.tag[code=status].display`. */
export function valueAt(record: Json, place: string): Json | undefined {
  let current: Json | undefined = record;
  for (const step of place.split('.')) {
    const [, name = '', key, wanted] = /^([^[]*)(?:\[([^=\]]+)=([^\]]*)\])?$/.exec(step) ?? [];
    if (name !== '') {
      if (isArray(current)) current = current[Number(name)];
      else current = isObject(current) ? current[name] : undefined;
    }
    if (key !== undefined && isArray(current)) {
      current = current.find((item) => isObject(item) && asText(item[key] ?? null) === wanted);
    }
  }
  return current;
}
