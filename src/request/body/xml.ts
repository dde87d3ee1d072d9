import { resolve } from '../../contract/follow.js';
import { asText, isArray, isObject, pointerSteps, type Json, type JsonObject } from '../../json.js';
import type { WriteBody } from './body.js';

/**
 * XML as the XML Objects of a schema say
 * ([OpenAPI 3.0.4, section 4.7.26](https://spec.openapis.org/oas/v3.0.4.html#xml-object)).
 */
export const writeXml: WriteBody = (value, { type, schema, document = {} }) => {
  try {
    const root = facetsOf(schema, document);
    const name = root.name ?? componentName(schema);
    if (name === undefined) throw new Inexpressible('the contract gives its root element no name');
    if (value === null || (isArray(value) && !root.isWrapped))
      throw new Inexpressible('it has no root element');
    return {
      ok: true,
      type,
      body: `<?xml version="1.0" encoding="UTF-8"?>${elements(name, value, schema, document)}`,
    };
  } catch (error) {
    if (error instanceof Inexpressible)
      return { ok: false, why: `it cannot be written as XML: ${error.message}` };
    throw error;
  }
};

class Inexpressible extends Error {}

/** The name of the component that a reference names. */
function componentName(schema: JsonObject | undefined): string | undefined {
  const reference = schema?.['$ref'];
  return typeof reference === 'string' ? pointerSteps(reference).at(-1) : undefined;
}

interface Facets {
  name: string | undefined;
  prefix: string | undefined;
  namespace: string | undefined;
  isAttribute: boolean;
  isWrapped: boolean;
  properties: JsonObject;
  additional: Json | undefined;
  items: Json | undefined;
}

/** What a schema says of XML, with the parts that it is made of. */
function facetsOf(schema: Json | undefined, document: JsonObject, left = DEEPEST): Facets {
  const whole = resolve(document, schema);
  if (!isObject(whole)) return NOTHING;
  if (left === 0) throw new Inexpressible('its schema contains itself');
  if (ALTERNATIVES.some((keyword) => keyword in whole))
    throw new Inexpressible('its schema has alternatives, and their elements could not be distinguished');
  const { allOf, xml: own, properties, additionalProperties, items } = whole;
  const parts = isArray(allOf) ? allOf.map((part) => facetsOf(part, document, left - 1)) : [];
  const xml = isObject(own) ? own : {};
  const text = (key: string) => (typeof xml[key] === 'string' ? xml[key] : undefined);
  return {
    name: text('name'),
    prefix: text('prefix'),
    namespace: text('namespace'),
    isAttribute: xml['attribute'] === true,
    isWrapped: xml['wrapped'] === true,
    properties: Object.fromEntries([
      ...parts.flatMap((part) => Object.entries(part.properties)),
      ...Object.entries(isObject(properties) ? properties : {}),
    ]),
    additional: additionalProperties ?? parts.find((part) => part.additional !== undefined)?.additional,
    items: items ?? parts.find((part) => part.items !== undefined)?.items,
  };
}

const ALTERNATIVES = ['oneOf', 'anyOf'];
const DEEPEST = 64;
const NOTHING: Facets = {
  ...{ name: undefined, prefix: undefined, namespace: undefined, isAttribute: false, isWrapped: false },
  ...{ properties: {}, additional: undefined, items: undefined },
};

/** The elements of a member: several of a list that is not wrapped, none of `null`. */
function elements(
  name: string,
  value: Json,
  schema: Json | undefined,
  document: JsonObject,
  left = DEEPEST,
): string {
  if (left === 0) throw new Inexpressible('it is nested too deep');
  const facets = facetsOf(schema, document);
  if (value === null) return '';
  if (!isArray(value)) return element(facets.name ?? name, facets, contentOf(value, facets, document, left));
  const { name: itemName } = facetsOf(facets.items, document);
  const outer = facets.name ?? name;
  // The name of a list that is not wrapped is nowhere.
  const inner = itemName ?? (facets.isWrapped ? outer : name);
  const items = value.map((item) => elements(inner, item, facets.items, document, left - 1)).join('');
  return facets.isWrapped ? element(outer, facets, { attributes: '', content: items }) : items;
}

function contentOf(value: Json, facets: Facets, document: JsonObject, left: number) {
  if (!isObject(value)) return { attributes: '', content: escaped(asText(value)) };
  let attributes = '';
  let content = '';
  for (const [name, member] of Object.entries(value)) {
    const schema = Object.hasOwn(facets.properties, name) ? facets.properties[name] : facets.additional;
    const own = facetsOf(schema, document);
    if (!own.isAttribute) content += elements(name, member, schema, document, left - 1);
    else if (member !== null && typeof member === 'object')
      throw new Inexpressible('an attribute holds no list and no object');
    else if (member !== null)
      attributes += ` ${qualified(own.name ?? name, own)}="${escaped(String(member))}"`;
  }
  return { attributes, content };
}

function element(
  name: string,
  facets: Facets,
  { attributes, content }: { attributes: string; content: string },
): string {
  const { prefix, namespace } = facets;
  const declared =
    namespace === undefined
      ? ''
      : ` xmlns${prefix === undefined ? '' : `:${prefix}`}="${escaped(namespace)}"`;
  const tag = qualified(name, facets);
  return `<${tag}${declared}${attributes}>${content}</${tag}>`;
}

function qualified(name: string, { prefix }: Facets): string {
  for (const part of [name, ...(prefix === undefined ? [] : [prefix])]) {
    if (!/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(part)) throw new Inexpressible('a name is none of XML');
  }
  return prefix === undefined ? name : `${prefix}:${name}`;
}

function escaped(text: string): string {
  // XML 1.0 has no way to write these (section 2.2).
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text))
    throw new Inexpressible('a text holds a character that XML does not have');
  return text.replace(/[&<>"'\t\n\r]/g, (special) => `&#${special.charCodeAt(0)};`);
}
