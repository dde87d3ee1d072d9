import { isArray, isObject, type Json } from '../json.js';

/** What a text shows of the inside of a host: how many of each. */
export interface Internals {
  /** Lines of a stack. One alone may be an example, or a way of speaking. */
  frames: number;
  /** Error texts of databases, and statements. */
  statements: number;
  /** Places of source files in a file system. */
  paths: number;
}

/** Looks for them in the first part of a text: each expression below takes a time that grows with its length only. */
export function internalsIn(text: string): Internals {
  const start = text.slice(0, MOST);
  const number = (expressions: readonly RegExp[]): number =>
    expressions.reduce((sum, expression) => sum + [...start.matchAll(expression)].length, 0);
  return {
    frames: number(FRAMES),
    statements: number(STATEMENTS) + (hasQuery(start) ? 1 : 0),
    paths: number(PATHS),
  };
}

const MOST = 200_000;

const FRAMES = [
  // JavaScript: `at x (/srv/shop/x.js:1:2)`, `at file:///srv/shop/x.js:1:2`
  /\bat (?:[^\s()]{1,200} ){0,3}\(?(?:node:[\w/]{1,100}|[^\s()]{1,300}\.[cm]?[jt]sx?):\d{1,7}:\d{1,7}\b/g,
  // Python
  /\bFile "[^"\n]{1,300}", line \d{1,7}, in\b/g,
  // Java and its kin
  /\bat [\w$.<>/@]{3,300}\((?:[\w$-]{1,100}\.(?:java|kt|scala|groovy):\d{1,7}|Native Method|Unknown Source)\)/g,
  // PHP
  /#\d{1,3} \/[^\s()]{1,300}\.php\(\d{1,7}\)/g,
  // .NET
  /\bat [\w.<>`[\],+]{3,300}\([^()\n]{0,300}\) in [^\n]{1,300}?:line \d{1,7}\b/g,
];

const STATEMENTS = [
  /\bSQLSTATE\[/g,
  /\bORA-\d{5}:/g,
  /\bsyntax error at or near\b/g,
  /\bYou have an error in your SQL syntax\b/g,
];

/** In capital letters, as programs write statements; prose may have the same words in small ones. */
function hasQuery(text: string): boolean {
  const select = text.search(/\bSELECT\s/);
  if (select < 0) return false;
  const rest = text.slice(select, select + LONGEST_QUERY);
  const from = rest.search(/\sFROM\s/);
  return from > 0 && /\sWHERE\s/.test(rest.slice(from));
}

const LONGEST_QUERY = 4000;

const PATHS = [
  // Below folders that a path of an API is seldom in, and of languages that a page does not load.
  /(?<![\w./:-])\/(?:var|usr|home|srv|opt|root|Users)\/(?:[\w.@+-]{1,100}\/){1,20}[\w.@+-]{1,100}\.(?:php|py|rb|java|kt|go|cs|pl|ex)\b/g,
  /(?<![\w./-])[A-Za-z]:\\(?:[\w .@+-]{1,100}\\){1,20}[\w.@+-]{1,100}\.(?:php|py|rb|java|kt|go|cs|vb|js|ts)\b/g,
];

/** All texts in a value, a line for each: what is written over several lines of JSON, or in a list, is read as one. */
export function textsIn(value: Json): string {
  const texts: string[] = [];
  const open: Json[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') texts.push(next);
    else if (isArray(next)) open.push(...next.toReversed());
    else if (isObject(next)) open.push(...Object.values(next).toReversed());
  }
  return texts.join('\n');
}
