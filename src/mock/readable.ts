import { resolve } from '../contract/follow.js';
import { METHODS } from '../contract/methods.js';
import { styleOf } from '../contract/styles.js';
import { copyOfObject, isArray, isObject, type Json, type JsonObject } from '../json.js';

/**
 * A copy of a document whose requests the mock can read. Prism 5 throws at lists and objects in paths, and at those in
 * headers that are missing, and of a name that is repeated in a form it keeps the last value. There it is given a schema that
 * allows anything: what is sent is held against the contract when it is made. Paths, requirements of security and media types
 * that are none are left out.
 */
export function readable(document: JsonObject): JsonObject {
  const copy = copyOfObject(document);
  dropOddSecurity(copy);
  dropOddPaths(copy);
  const paths = copy['paths'];
  for (const item of Object.values(isObject(paths) ? paths : {})) {
    if (!isObject(item)) continue;
    relaxParameters(item, copy);
    for (const method of METHODS) {
      const operation = item[method];
      if (!isObject(operation)) continue;
      dropOddSecurity(operation);
      relaxParameters(operation, copy);
      relaxForm(operation, copy);
      dropOddMediaTypes(operation, copy);
    }
  }
  return copy;
}

/** With a path that begins without a slash (OpenAPI 3.0.3, section 4.7.8.1), Prism finds none of the others either. */
function dropOddPaths({ paths }: JsonObject): void {
  if (!isObject(paths)) return;
  for (const path of Object.keys(paths)) if (!path.startsWith('/')) Reflect.deleteProperty(paths, path);
}

/** Prism fails at requirements that are no list of objects (OpenAPI 3.0.3, section 4.7.30): they ask for nothing. */
function dropOddSecurity(holder: JsonObject): void {
  const { security } = holder;
  if (security !== undefined && !(isArray(security) && security.every(isObject))) delete holder['security'];
}

/** Prism ends at names of bodies that are no media type (RFC 9110, section 8.3.1): nothing can be sent or answered as one of these. */
function dropOddMediaTypes({ requestBody, responses }: JsonObject, document: JsonObject): void {
  for (const written of [requestBody, ...Object.values(isObject(responses) ? responses : {})]) {
    const body = resolve(document, written);
    const content = isObject(body) ? body['content'] : undefined;
    if (!isObject(content)) continue;
    for (const name of Object.keys(content))
      if (!MEDIA_TYPE.test(name)) Reflect.deleteProperty(content, name);
  }
}

const MEDIA_TYPE =
  /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;\s*[\w!#$%&'*+.^`|~-]+=(?:[\w!#$%&'*+.^`|~-]+|"(?:[^"\\]|\\.)*")\s*)*$/;

function relaxParameters(holder: JsonObject, document: JsonObject): void {
  const { parameters } = holder;
  if (!isArray(parameters)) return;
  holder['parameters'] = parameters.map((written) => {
    const parameter = resolve(document, written);
    if (!isObject(parameter) || !hasParts(parameter['schema'], document)) return written;
    const { in: place } = parameter;
    if (place === 'path' || place === 'header') return { ...parameter, schema: {} };
    // What the contract does not say, Prism takes to be otherwise than OpenAPI does.
    return place === 'query' ? { ...parameter, ...writtenOut(parameter) } : written;
  });
}

function writtenOut(parameter: JsonObject): JsonObject {
  const { style, explode } = styleOf(parameter, 'query');
  // Lists by tabs have no style of OpenAPI.
  return style === 'tabDelimited' ? { schema: {} } : { style, explode };
}

function relaxForm(operation: JsonObject, document: JsonObject): void {
  const body = resolve(document, operation['requestBody']);
  const content = isObject(body) ? body['content'] : undefined;
  const form = isObject(content) ? content[FORM] : undefined;
  const schema = isObject(form) ? resolve(document, form['schema']) : undefined;
  const properties = isObject(schema) ? schema['properties'] : undefined;
  if (!isObject(body) || !isObject(content) || !isObject(form) || !isObject(schema) || !isObject(properties))
    return;
  const relaxed = Object.entries(properties).map(
    ([name, own]) => [name, hasParts(own, document) ? {} : own] as const,
  );
  const own = { ...form, schema: { ...schema, properties: Object.fromEntries(relaxed) } };
  operation['requestBody'] = { ...body, content: { ...content, [FORM]: own } };
}

const FORM = 'application/x-www-form-urlencoded';

/** Whether a value of a schema is a list or an object. */
function hasParts(schema: Json | undefined, document: JsonObject): boolean {
  const whole = resolve(document, schema);
  const type = isObject(whole) ? whole['type'] : undefined;
  const types = isArray(type) ? type : [type];
  return types.includes('array') || types.includes('object');
}
