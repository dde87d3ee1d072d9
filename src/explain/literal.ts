import { setMember, type Json, type JsonObject } from '../json.js';

/** A value that was read from a text, and where it ends there. */
export interface Literal {
  value: Json;
  /** The offset behind it. */
  to: number;
}

/**
 * Reads the value that begins at an offset, as programs print their values: JSON, also cut; what `console.log` and
 * `util.inspect` of Node print; `repr` of Python and `inspect` of Ruby. What it does not know it takes as a text up to the
 * next comma, so that a part that is odd does not hide the rest.
 * @returns undefined where no object, list or text in quotes begins
 */
export function literalAt(text: string, from: number): Literal | undefined {
  if (!/^(?:[bu]?["'`]|[[{])/.test(text.slice(from, from + 2))) return undefined;
  const source: Source = { text: text.slice(from, from + LONGEST), at: 0 };
  const value = readValue(source, 0);
  return { value, to: from + source.at };
}

const LONGEST = 8_000_000;
const DEEPEST = 60;

interface Source {
  text: string;
  at: number;
}

function readValue(source: Source, depth: number): Json {
  skipBlanks(source);
  const reference = match(source, /<ref \*\d{1,9}> /y);
  if (reference !== undefined) skipBlanks(source);
  const bytes = match(source, /<Buffer(?: [0-9a-f]{2}){0,5000}[^>\n]{0,40}>/y);
  if (bytes !== undefined) return Buffer.from(bytes.replace(/<Buffer|[^0-9a-f]/g, ''), 'hex').toString();
  const character = source.text[source.at];
  if (character === '"' || character === "'" || character === '`') return readStrings(source);
  if (match(source, /[bur]{1,2}(?=["'])/y) !== undefined) return readStrings(source);
  if (character === '{' && depth < DEEPEST) return readObject(source, depth, '}');
  if ((character === '[' || character === '(') && depth < DEEPEST && !isMark(source)) {
    return readList(source, depth, character === '[' ? ']' : ')');
  }
  // The name of a class before what it holds: `AxiosHeaders {`, `Map(2) {`, `Headers([`, `[Object: null prototype] {`.
  const named = match(source, CLASS);
  if (named !== undefined && depth < DEEPEST) {
    const value = readValue(source, depth + 1);
    // A stream shows how it works, and not what it holds.
    return /Stream\b/.test(named) ? `[${named.trim()}]` : value;
  }
  return readRaw(source, depth);
}

const CLASS =
  /(?![A-Za-z]{0,60}(?:Error|Exception) \[)(?:[A-Za-z_$][\w.$]{0,80}|\[Object: null prototype\]|Object \[[\w ]{1,40}\])(?:\(\d{1,9}\))? ?(?=[[{(])/y;

/** `[Object]`, `[Function: then]`, `[Circular *1]` are no lists. */
function isMark({ text, at }: Source): boolean {
  return /^\[(?:Object|Array|Function|Circular|Getter|Setter|Symbol|Error|AsyncFunction|class)\b/.test(
    text.slice(at, at + 20),
  );
}

function readObject(source: Source, depth: number, end: string): JsonObject {
  const members: JsonObject = {};
  source.at += 1;
  for (;;) {
    skipBlanks(source, ',');
    if (source.at >= source.text.length || match(source, closing(end)) !== undefined) return members;
    const start = source.at;
    const name = readName(source);
    skipBlanks(source);
    if (match(source, /:|=>|=/y) === undefined) {
      // No member at all: `... 2 more items`.
      readRaw(source, depth);
      if (source.at === start) source.at += 1;
      continue;
    }
    setMember(members, name, readValue(source, depth + 1));
  }
}

function readName(source: Source): string {
  const quote = source.text[source.at];
  if (quote === '"' || quote === "'") return readString(source);
  const inBrackets = match(source, /\[([\w() .]{1,80})\](?=\s*:)/y);
  if (inBrackets !== undefined) return inBrackets.slice(1, -1);
  return (match(source, /:?[\w$.-]{1,200}/y) ?? '').replace(/^:/, '');
}

function readList(source: Source, depth: number, end: string): Json {
  const items: Json[] = [];
  source.at += 1;
  for (;;) {
    skipBlanks(source, ',');
    if (source.at >= source.text.length || match(source, closing(end)) !== undefined) return items;
    const start = source.at;
    items.push(readValue(source, depth + 1));
    if (source.at === start) source.at += 1;
  }
}

function closing(end: string): RegExp {
  return end === '}' ? /\}/y : end === ']' ? /\]/y : /\)/y;
}

/** Texts that are joined: `'one' +\n  'two'`. */
function readStrings(source: Source): string {
  const parts = [readString(source)];
  while (match(source, /\s{0,80}\+\s{0,80}(?=["'`])/y) !== undefined) parts.push(readString(source));
  return parts.join('');
}

function readString(source: Source): string {
  const quote = source.text[source.at] ?? '"';
  let end = source.at + 1;
  while (end < source.text.length && source.text[end] !== quote) end += source.text[end] === '\\' ? 2 : 1;
  const inner = source.text.slice(source.at + 1, end);
  source.at = Math.min(end + 1, source.text.length);
  return unescaped(inner);
}

/** A text without the escapes of JSON, JavaScript or Python. */
export function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([^]))/gi,
    (_, braced?: string, four?: string, two?: string, letter?: string) => {
      if (letter !== undefined) return LETTERS[letter] ?? letter;
      const code = parseInt(braced ?? four ?? two ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    },
  );
}

const LETTERS: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '', f: '', v: '', '0': '' };

/**
 * A number, a word, or what else stands up to the next comma, line end or closing bracket. An error that is printed with
 * its stack goes on with its members in braces.
 */
function readRaw(source: Source, depth: number): Json {
  const mark = match(source, /\[[^\]\n]{0,200}\]/y);
  if (mark !== undefined) return mark;
  const raw = (match(source, /[^,\n\]})]{1,2000}/y) ?? '').trim();
  if (/^(?:[A-Z]\w{0,60})?(?:Error|Exception)\b/.test(raw)) return readError(source, depth, raw);
  if (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(raw)) return Number(raw);
  const word = WORDS.get(raw);
  return word === undefined ? raw : word;
}

const WORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['null', null],
  ['None', null],
  ['nil', null],
  ['undefined', null],
]);

function readError(source: Source, depth: number, beginning: string): Json {
  const rest = match(source, /[^\n]{0,4000}/y) ?? '';
  const stack = match(source, /(?:\n\s{1,80}at [^\n]{0,1000}){0,200}/y) ?? '';
  const message = `${beginning}${rest}`;
  const opensMembers = (stack === '' ? message : stack).trimEnd().endsWith('{');
  if (!opensMembers || depth >= DEEPEST) return message.replace(/[\s,\]})]+$/, '');
  // The brace itself is the last letter that was read.
  source.at = source.text.lastIndexOf('{', source.at - 1);
  return { message: message.replace(/\s*\{$/, ''), ...readObject(source, depth + 1, '}') };
}

function skipBlanks(source: Source, also = ''): void {
  for (;;) {
    const character = source.text[source.at];
    const isSkipped = character === ' ' || character === '\n' || character === '\t' || character === '\r';
    if (!isSkipped && (character === undefined || character !== also)) return;
    source.at += 1;
  }
}

/** What a sticky expression matches where the source is; the source then is behind it. */
function match(source: Source, expression: RegExp): string | undefined {
  expression.lastIndex = source.at;
  const found = expression.exec(source.text)?.[0];
  if (found !== undefined) source.at += found.length;
  return found;
}
