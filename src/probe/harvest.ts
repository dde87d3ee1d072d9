import { isArray, isObject, type Json, type JsonObject } from '../json.js';
import { plainName, singulars, type IdNames } from './id-names.js';
import { isIdForReading } from './segments.js';

/** What an answer says of one thing, as far as ids go: short texts and numbers, and where it says the thing is. */
export interface Item {
  /** By the plain form of their names. */
  members: ReadonlyMap<string, string>;
  /** The values of `self`, `url`, `href` and the like. */
  addresses: readonly string[];
  /** The thing itself, where it is no more than a text or a number. */
  text: string | undefined;
}

/** The things in an answer. */
export interface Harvest {
  /** False where the answer is about one thing. */
  isList: boolean;
  items: readonly Item[];
}

/**
 * The things in an answer, whether they are in an array at the top or in a member (`entry`, `data`, the name of the
 * collection, …), bare, as plain texts, or each wrapped in a member of its own (`resource`).
 * @param collection the last word of the path that was asked
 */
export function harvest(body: Json, collection: string | undefined): Harvest {
  const list = listIn(body, collection);
  if (list === undefined) return { isList: false, items: isObject(body) ? [itemOf(body, collection)] : [] };
  return { isList: true, items: list.slice(0, MOST_ITEMS).flatMap((one) => readItem(one, collection) ?? []) };
}

/** The ids of the things that an answer lists, where nothing more is known of what they are needed for. */
export function harvestIds({ isList, items }: Harvest): string[] {
  return isList ? items.flatMap((item) => item.text ?? item.members.get('id') ?? []) : [];
}

/** An id of a thing for a parameter, and what gave it. */
export interface Given {
  id: string;
  by: 'name' | 'id' | 'text';
}

/** What a thing of the parameter's own collection gives for it: what is called like it, its `id`, or itself. */
export function idOf({ members, text }: Item, names: IdNames): Given | undefined {
  if (text !== undefined) return { id: text, by: 'text' };
  for (const name of names.own) {
    const id = members.get(name);
    if (id !== undefined) return { id, by: name === 'id' ? 'id' : 'name' };
  }
  const id = names.byId === 'not' ? undefined : (members.get('id') ?? members.get('uuid'));
  return id === undefined ? undefined : { id, by: 'id' };
}

/** So many things of one list are looked at. */
const MOST_ITEMS = 100;
/** So many members of one thing are kept. */
const MOST_MEMBERS = 100;
const LONGEST_ADDRESS = 2000;

/** What lists of things are called, whatever the things are. */
const LISTS = [
  ...['entry', 'entries', 'data', 'items', 'results', 'result', 'records', 'values', 'value', 'content'],
  ...['list', 'rows', 'elements', 'resources', 'objects', 'hits', 'embedded'],
];
/** What is beside the things in an answer. */
const BESIDE = new Set([
  ...['link', 'links', 'errors', 'error', 'warnings', 'messages', 'notices', 'included', 'issue', 'issues'],
  ...[
    'meta',
    'metadata',
    'facets',
    'aggregations',
    'filters',
    'sort',
    'columns',
    'fields',
    'tags',
    'actions',
  ],
]);
/** What a thing of a list may be wrapped in. */
const WRAPPERS = ['resource', 'node', 'item', 'record', 'entity', 'attributes', 'properties', 'data'];

/** The array of the things, or undefined where there is none. An empty array is one: there are no things. */
export function listIn(body: Json, collection: string | undefined, depth = 0): Json[] | undefined {
  if (isArray(body)) return body;
  if (!isObject(body)) return undefined;
  const members = new Map(Object.entries(body).map(([name, value]) => [plainName(name), value]));
  const wanted = [...(collection === undefined ? [] : [plainName(collection)]), ...LISTS];
  const known = wanted.flatMap((name) => {
    const value = members.get(name);
    const list = isArray(value)
      ? value
      : isObject(value) && depth < DEEPEST_LIST
        ? listIn(value, collection, depth + 1)
        : undefined;
    return list ? [list] : [];
  });
  if (known.length > 0) return known.find((list) => list.length > 0) ?? [];
  const others = [...members].flatMap(([name, value]) =>
    isArray(value) && !BESIDE.has(name) ? [value] : [],
  );
  // A list of texts beside the members of one thing says something of that thing.
  return (
    others.find((list) => list.some(isObject)) ?? (others.length === members.size ? others[0] : undefined)
  );
}

const DEEPEST_LIST = 2;

function readItem(value: Json, collection: string | undefined): Item | undefined {
  if (isObject(value)) return isBeside(value) ? undefined : itemOf(value, collection);
  const text = idText(value);
  return text === undefined ? undefined : { members: new Map(), addresses: [], text };
}

/** What a search adds to the things that it has found (FHIR: `search.mode`). */
export function isBeside({ search }: JsonObject): boolean {
  return isObject(search) && (search['mode'] === 'include' || search['mode'] === 'outcome');
}

function itemOf(value: JsonObject, collection: string | undefined): Item {
  const layers = layersOf(value, collection);
  const members = new Map<string, string>();
  for (const [name, member] of layers.flatMap((layer) => Object.entries(layer).slice(0, MOST_MEMBERS))) {
    const text = idText(member);
    const plain = plainName(name);
    if (text !== undefined && !members.has(plain)) members.set(plain, text);
  }
  return { members, addresses: layers.flatMap(addressesIn), text: undefined };
}

/** A thing of a list, and what it may be wrapped in. */
export function layersOf(item: JsonObject, collection: string | undefined): JsonObject[] {
  return [item, ...wrappedIn(item, collection)];
}

function wrappedIn(item: JsonObject, collection: string | undefined): JsonObject[] {
  const names = [...WRAPPERS, ...(collection === undefined ? [] : singulars(plainName(collection)))];
  return Object.entries(item)
    .slice(0, MOST_MEMBERS)
    .flatMap(([name, member]) => (isObject(member) && names.includes(plainName(name)) ? [member] : []));
}

/** Where a thing says that it is itself; other things that it links to are none of it. */
function addressesIn(item: JsonObject): string[] {
  const direct = ['self', 'url', 'href', 'uri', 'location', 'fullUrl'].map((name) => own(item, name));
  const linked = ['_links', 'links'].flatMap((name) => {
    const links = own(item, name);
    if (isObject(links)) return [own(links, 'self')];
    if (!isArray(links)) return [];
    return links.slice(0, MOST_MEMBERS).filter((link) => isObject(link) && own(link, 'rel') === 'self');
  });
  return [...direct, ...linked].flatMap((value) => {
    const text = isObject(value) ? own(value, 'href') : value;
    return typeof text === 'string' && text.length <= LONGEST_ADDRESS ? [text] : [];
  });
}

function own(holder: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(holder, name) ? holder[name] : undefined;
}

/**
 * A value as an id. Numbers beyond what JSON keeps exactly have lost digits on the way, and negative ones and fractions
 * name no thing.
 */
export function idText(value: Json | undefined): string | undefined {
  const text =
    typeof value === 'string'
      ? value
      : typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
        ? String(value)
        : undefined;
  return text !== undefined && isIdForReading(text) ? text : undefined;
}
