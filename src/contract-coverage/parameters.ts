import { resolve, wholeOf } from '../contract/follow.js';
import type { Operation } from '../contract/operation.js';
import type { Parameter } from '../contract/parameter.js';
import type { Style } from '../contract/styles.js';
import { asText, isArray, isObject, type JsonObject } from '../json.js';
import { percentDecoded } from '../percent.js';
import { handlingOf } from '../request/parameters/names.js';

/** How a parameter is called in what is seen: `query limit`. */
export function parameterKey({ in: place, name }: Pick<Parameter, 'in' | 'name'>): string {
  return `${place} ${name}`;
}

/** The parameters of an operation that are its own: headers that the request sets anyway are none. */
export function ownParameters({ parameters }: Pick<Operation, 'parameters'>): Parameter[] {
  return parameters.filter((parameter) => handlingOf(parameter) !== 'ignored');
}

/** The values that the contract lists for a parameter, or for the items of one that is a list; as texts. */
export function listedValues({ schema }: Pick<Parameter, 'schema'>, document: JsonObject): string[] {
  const items = wholeOf(document, schema).flatMap((part) => {
    const found = resolve(document, part['items']);
    return isObject(found) ? wholeOf(document, found) : [];
  });
  const listed = [...wholeOf(document, schema), ...items].flatMap(({ enum: values }) =>
    isArray(values) ? values : [],
  );
  return [...new Set(listed.flatMap((value) => (value === null ? [] : [asText(value)])))];
}

/** A request as its parameters are found in it. */
export interface Sent {
  /** What is in the path for each of its parameters, in their order. */
  ids: readonly string[];
  query: URLSearchParams;
  /** By name in lower case; undefined for one whose value is not known. */
  headers: ReadonlyMap<string, string | undefined>;
}

/**
 * The texts that are in a request for a parameter.
 * @returns undefined where it was not sent
 */
export function sentTexts(
  parameter: Parameter,
  { path }: Pick<Operation, 'path'>,
  sent: Sent,
  document: JsonObject,
): string[] | undefined {
  const { name, in: place, style, explode } = parameter;
  if (place === 'query') {
    const own = sent.query.getAll(name);
    if (own.length > 0) return own.flatMap((text) => itemsOf(text, parameter));
    if (style === 'deepObject')
      return [...sent.query.keys()].some((key) => key.startsWith(`${name}[`)) ? [] : undefined;
    // An object whose members are in the query like parameters of their own.
    const members = style === 'form' && explode ? memberNames(parameter, document) : [];
    return members.some((member) => sent.query.has(member)) ? [] : undefined;
  }
  if (place === 'path') {
    const index = [...path.matchAll(/\{([^}]*)\}/g)].findIndex(([, own]) => own === name);
    const text = sent.ids[index];
    return text === undefined ? undefined : itemsOf(text, parameter);
  }
  if (place === 'cookie') return cookieTexts(name, sent.headers.get('cookie'));
  if (!sent.headers.has(name.toLowerCase())) return undefined;
  const text = sent.headers.get(name.toLowerCase());
  return text === undefined ? [] : itemsOf(text, parameter);
}

function cookieTexts(name: string, header = ''): string[] | undefined {
  const own = header.split('; ').flatMap((pair) => {
    const [key = '', ...value] = pair.split('=');
    return percentDecoded(key) === name ? [percentDecoded(value.join('='))] : [];
  });
  return own.length > 0 ? own : undefined;
}

/** A text, and each part of it where it may be the items of a list. */
function itemsOf(text: string, { style, schema }: Parameter): string[] {
  if (schema['type'] !== 'array') return [text];
  return [text, ...text.split(SEPARATORS[style] ?? ',')];
}

const SEPARATORS: Partial<Record<Style, string>> = {
  pipeDelimited: '|',
  spaceDelimited: ' ',
  tabDelimited: '\t',
};

function memberNames({ schema }: Parameter, document: JsonObject): string[] {
  return wholeOf(document, schema).flatMap(({ properties }) =>
    isObject(properties) ? Object.keys(properties) : [],
  );
}
