import { asText, isArray, isObject, type Json } from '../json.js';

/** The value at a place like `name.0.family` or `meta.tag[code=status].display`. */
export function valueAt(record: Json, place: string): Json | undefined {
  return readPlace(place)(record);
}

/** @returns what gives the value at a place in one record after another */
export function readPlace(place: string): (record: Json) => Json | undefined {
  const steps = place.split('.').map((step) => {
    const [, name = '', key, wanted] = /^([^[]*)(?:\[([^=\]]+)=([^\]]*)\])?$/.exec(step) ?? [];
    return { name, key, wanted };
  });
  return (record) => {
    let current: Json | undefined = record;
    for (const { name, key, wanted } of steps) {
      if (name !== '') {
        if (isArray(current)) current = current[Number(name)];
        else current = isObject(current) ? current[name] : undefined;
      }
      if (key !== undefined && isArray(current)) {
        current = current.find((item) => isObject(item) && asText(item[key] ?? null) === wanted);
      }
    }
    return current;
  };
}
