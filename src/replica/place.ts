import { asText, isArray, isObject, type Json } from '../json.js';

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
