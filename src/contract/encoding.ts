import { isObject, type Json, type JsonObject } from '../json.js';
import { writtenStyle, type Style } from './styles.js';

/**
 * How one member of a form is written.
 *
 * @see https://spec.openapis.org/oas/v3.0.4.html#encoding-object
 */
export interface Encoding {
  contentType?: string | undefined;
  style?: Style | undefined;
  explode?: boolean | undefined;
  allowReserved?: boolean | undefined;
}

/** The Encoding Objects of a Media Type Object. */
export function readEncodings(value: Json | undefined): Record<string, Encoding> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]) => (isObject(item) ? [[name, encodingOf(item)]] : [])),
  );
}

function encodingOf(item: JsonObject): Encoding {
  const { contentType, explode, allowReserved } = item;
  const style = writtenStyle(item);
  return {
    ...(typeof contentType === 'string' ? { contentType } : {}),
    ...(style === undefined ? {} : { style }),
    ...(typeof explode === 'boolean' ? { explode } : {}),
    ...(allowReserved === true ? { allowReserved } : {}),
  };
}
