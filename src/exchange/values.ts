import { isArray, isObject, isTooDeep, parseJson, type Json } from '../json.js';
import type { Body } from './body.js';
import { elementsOfInterchange } from './interchange.js';
import { pairsIn } from './pairs.js';

/**
 * What the members of a body hold, each as `path: value`: of JSON its strings, numbers and truth values, of XML its
 * innermost elements, of a text its names and values, of a page what its forms and fields are. A message says something wherever it is; a code that
 * is a common word, or only a number, says it where it is. Takes time in proportion to the length of the body.
 *
 * Lists do not count in a path: `errors.code` is that of each error. A path also begins at each member inside, as
 * answers are passed on within others.
 */
export function valuesOf(body: Body): string[] {
  switch (body.kind) {
    case 'empty':
    case 'binary':
      return [];
    case 'json':
      return distinct(
        membersOf(body.value).flatMap(({ path, value }) =>
          path.map((_, from) => said(path.slice(from).join('.'), value)),
        ),
      );
    case 'html':
      return distinct(valuesOfPage(body.text.slice(0, LONGEST_SEARCHED)));
    case 'xml':
      return distinct(valuesOfXml(body.text.slice(0, LONGEST_SEARCHED)));
    default:
      return distinct([
        ...valuesOfText(body.text),
        ...elementsOfInterchange(body.text.slice(0, LONGEST_SEARCHED)),
        ...valuesInText(body.text.slice(0, LONGEST_SEARCHED)),
      ]);
  }
}

/**
 * The same for the body of a success, where all that stands deeper is data: paths begin at its root. What is wrong with
 * parts of a success is left out: errors beside data are of single fields (GraphQL, section 7.1.2).
 */
export function valuesOfSuccess(body: Body): string[] {
  if (body.kind === 'xml') return valuesOf(body);
  if (body.kind === 'text') return distinct(valuesOfText(body.text));
  if (body.kind !== 'json') return [];
  const isPartial = isObject(body.value) && holdsSomething(body.value['data']);
  return distinct(
    membersOf(body.value)
      .filter(({ path, isPassedOn }) => !isPassedOn && !(isPartial && path[0] === 'errors'))
      .map(({ path, value }) => said(path.join('.'), value)),
  );
}

function holdsSomething(value: Json | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (isArray(value)) return value.some(holdsSomething);
  return isObject(value) ? Object.values(value).some(holdsSomething) : true;
}

const LONGEST_SEARCHED = 64 * 1024;
const LONGEST_VALUE = 300;
const MOST_VALUES = 300;
const DEEPEST = 5;
const MOST_ITEMS = 5;
const MOST_MEMBERS = 20;

function said(path: string, value: string): string {
  return `${path}: ${value}`;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].slice(0, MOST_VALUES);
}

/** A body is not searched whole, however it is nested. */
const MOST_VISITED = 1_000;

interface Member {
  path: readonly string[];
  value: string;
  /** Whether it is in an answer that a string holds. */
  isPassedOn: boolean;
}

/** The members of a value, those near its root first. */
function membersOf(root: Json): Member[] {
  const members: Member[] = [];
  const open: { value: Json; path: readonly string[]; isPassedOn: boolean }[] = [
    { value: root, path: [], isPassedOn: false },
  ];
  for (let next = 0; next < open.length && next < MOST_VISITED; next += 1) {
    const current = open[next];
    if (!current) break;
    const { value, path, isPassedOn } = current;
    const go = (inner: Json, ...steps: string[]) =>
      open.push({ value: inner, path: [...path, ...steps], isPassedOn });
    if (isArray(value)) {
      for (const item of value.slice(0, MOST_ITEMS)) go(item);
    } else if (isObject(value)) {
      if (path.length > DEEPEST) continue;
      for (const [name, member] of Object.entries(value).slice(0, MOST_MEMBERS)) go(member, name);
    } else if (value !== null && path.length > 0) {
      const text = String(value);
      if (text.length <= LONGEST_VALUE) members.push({ path, value: text, isPassedOn });
      const inner = typeof value === 'string' ? passedOn(value) : undefined;
      if (inner !== undefined) open.push({ value: inner, path: [], isPassedOn: true });
    }
  }
  return members;
}

/** The answer that somebody passes on as a string. */
function passedOn(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text) || text.length > LONGEST_SEARCHED || isTooDeep(text)) return undefined;
  return parseJson(text);
}

/** Elements that hold no others, or an attribute for their value, by their names without prefix. */
function valuesOfXml(text: string): string[] {
  const leaves = text
    .replace(/<!\[CDATA\[([^<>\]]{0,300})\]\]>/g, '$1')
    .matchAll(/<(?:[\w-]+:)?([\w-]+)(?:\s[^<>]*)?>([^<>]{1,300})<\//g);
  // FHIR keeps what an element holds in an attribute.
  const attributes = text.matchAll(/<(?:[\w-]+:)?([\w-]+)\s(?:[^<>"]{1,200}\s)?value="([^"<>]{1,300})"/g);
  return [...leaves, ...attributes].map(([, name = '', value = '']) => said(name, value.trim()));
}

/** The members of a text that is nothing but names and values. */
function valuesOfText(text: string): string[] {
  return (pairsIn(text) ?? []).map(([name, value]) => said(name, value.trim()));
}

/** What tells a page to sign in from others: its forms, its fields, and what has made it. */
function valuesOfPage(text: string): string[] {
  const tags = text.matchAll(/<(form|input|meta|html|body|script|link|a|iframe)\s([^<>]{1,1000})>/gi);
  return [...tags].flatMap(([, tag = '', attributes = '']) =>
    [
      ...attributes.matchAll(
        /\b(type|name|id|action|content|href|src|class)\s{0,3}=\s{0,3}(?:"([^"]{1,300})"|'([^']{1,300})'|([^\s"'>]{1,300}))/gi,
      ),
    ].map(([, name = '', double, single, bare]) =>
      said(`${tag.toLowerCase()}.${name.toLowerCase()}`, double ?? single ?? bare ?? ''),
    ),
  );
}

/** Members of JSON that are in a text, as in a line of a log or where a body was cut off. */
function valuesInText(text: string): string[] {
  const members = text
    .replaceAll('\\"', '"')
    .matchAll(/"([\w.-]{1,60})"\s{0,20}:\s{0,20}(?:"([^"\n]{1,300})"|(-?\d{1,20}|true|false)\b)/g);
  return [...members].map(([, name = '', string, other]) => said(name, string ?? other ?? ''));
}
