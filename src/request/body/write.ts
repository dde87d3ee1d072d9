import { isObject, type Json } from '../../json.js';
import { writeBinary } from './binary.js';
import type { BodyForm, WriteBody, WrittenBody } from './body.js';
import { writeForm } from './form.js';
import { writeJson } from './json.js';
import { concrete, familyOf, type Family } from './media-types.js';
import { writeMultipart } from './multipart.js';
import { writeText } from './text.js';
import { writeXml } from './xml.js';

const WRITERS: Readonly<Record<Family, WriteBody>> = {
  json: writeJson,
  form: writeForm,
  multipart: writeMultipart,
  xml: writeXml,
  text: writeText,
  binary: writeBinary,
};

/**
 * Writes the value of a body in its media type.
 * @returns why it cannot be, where the media type is not known, or has no form for such a value
 */
export function writeBody(value: Json, form: BodyForm): WrittenBody {
  const family = familyOf(form.type) ?? (isFile(form) ? 'binary' : undefined);
  if (family === undefined) return { ok: false, why: `a body of the media type ${form.type} cannot be made` };
  const type = form.type.includes('*') ? (concrete(form.type) ?? form.type) : form.type;
  return WRITERS[family](value, { ...form, type });
}

/** Whatever its media type is: a file is sent as its bytes. */
function isFile({ schema }: BodyForm): boolean {
  return isObject(schema) && schema['type'] === 'string' && schema['format'] === 'binary';
}
