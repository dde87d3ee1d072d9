import { parseJson } from '../json.js';
import { literalAt, unescaped } from './literal.js';

/** A document that is in a text: the body of an answer, if it is one. */
export interface Document {
  kind: 'json' | 'html' | 'xml';
  /** As it is there, or where a program has printed it in a form of its own, as JSON. */
  text: string;
  /** The offset behind it. */
  to: number;
}

/**
 * The document that begins at an offset: JSON, also where its quotes are escaped or where a program has printed it as a value
 * of its own (`{ code: 12 }`, `{'code': 12}`), a page, or XML.
 * @param limit where it ends at the latest
 */
export function documentAt(text: string, from: number, limit = text.length): Document | undefined {
  const beginning = text.slice(from, from + 40);
  if (/^[[{]/.test(beginning)) return jsonAt(text, from, limit);
  if (beginning.startsWith('<')) return markupAt(text, from, limit);
  return undefined;
}

function jsonAt(text: string, from: number, limit: number): Document | undefined {
  const end = balancedEnd(text, from, limit);
  if (end !== undefined) {
    const whole = text.slice(from, end);
    if (isJson(whole)) return { kind: 'json', text: whole, to: end };
    // A terminal has broken a line within a string.
    const joined = whole.replaceAll('\n', '');
    if (joined !== whole && isJson(joined)) return { kind: 'json', text: joined, to: end };
    const bare = unescaped(whole);
    if (/^[[{]\s{0,8}\\"/.test(whole) && isJson(bare)) return { kind: 'json', text: bare, to: end };
  }
  if (!/^(?:\{\s{0,80}(?:["'\w$:]|\})|\[\s{0,80}["'{\d\]])/.test(text.slice(from, from + 200)))
    return undefined;
  const literal = end === undefined ? undefined : literalAt(text.slice(0, end), from);
  return literal && { kind: 'json', text: JSON.stringify(literal.value), to: literal.to };
}

function isJson(text: string): boolean {
  return parseJson(text) !== undefined;
}

/**
 * Where the brackets that open at an offset are closed again; undefined where they are not.
 */
export function balancedEnd(text: string, from: number, limit = text.length): number | undefined {
  let depth = 0;
  const most = Math.min(limit, from + LONGEST);
  // In a text that is escaped itself, quotes are behind a backslash.
  const isEscaped = /^[[{]\s{0,8}\\"/.test(text.slice(from, from + 12));
  for (let at = from; at < most; at++) {
    const character = text[at];
    if (isEscaped && character === '\\') at += 1;
    else if (character === '"' || (character === "'" && isQuote(text, at))) at = stringEnd(text, at, most);
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

/** No body is longer that anybody pastes outside of a HAR file. */
const LONGEST = 4_000_000;

/** Whether an apostrophe begins a string, as in what Node and Python print, and is not in a word. */
function isQuote(text: string, at: number): boolean {
  return /[\s{[(,:=]/.test(text[at - 1] ?? ' ');
}

/** The offset of the quote that ends a string; of the end of the text where it is cut. */
function stringEnd(text: string, from: number, most: number): number {
  const quote = text[from];
  for (let at = from + 1; at < most; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  return most;
}

function markupAt(text: string, from: number, limit: number): Document | undefined {
  const beginning = text.slice(from, from + 300);
  if (/^<(?:!doctype html|html|head|body)\b/i.test(beginning)) {
    return { kind: 'html', ...upTo(text, from, limit, '</html>') };
  }
  const [, name] =
    /^(?:<\?xml[^>]{0,100}>\s{0,20})?(?:<!--[^>]{0,100}-->\s{0,20})?<([A-Za-z][\w:.-]{0,60})/.exec(
      beginning,
    ) ?? [];
  if (name === undefined) return undefined;
  if (/^(?:html|center|h[12]|title|pre)$/i.test(name))
    return { kind: 'html', ...upTo(text, from, limit, '</html>') };
  const [, isEmpty] =
    /^(?:<\?xml[^>]{0,100}>\s{0,20})?(?:<!--[^>]{0,100}-->\s{0,20})?<[A-Za-z][^<>]{0,250}(\/)>/.exec(
      beginning,
    ) ?? [];
  if (isEmpty !== undefined) {
    const to = text.indexOf('>', from + 1) + 1;
    return { kind: 'xml', text: text.slice(from, to), to };
  }
  return { kind: 'xml', ...upTo(text, from, limit, `</${name}>`) };
}

/** A part of a text up to its closing tag, or where there is none, to the limit. */
function upTo(text: string, from: number, limit: number, tag: string): { text: string; to: number } {
  const window = text.slice(from, Math.min(limit, from + LONGEST));
  const at = lowerCased(window).indexOf(tag.toLowerCase());
  const length = at < 0 ? window.trimEnd().length : at + tag.length;
  return { text: window.slice(0, length), to: from + length };
}

/** Where documents stand that begin a line: JSON that is whole, and pages. What they say, a host has said, and no client. */
export function documentsIn(text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let left = MOST_SEARCHED;
  for (const { index } of text.matchAll(
    /^(?:\{\s{0,80}"|\[\s{0,80}[{"]|<(?:!doctype html|html[\s>]|\?xml ))/gim,
  )) {
    const before = found.at(-1)?.to ?? 0;
    if (index < before || left <= 0) continue;
    const to = text[index] === '<' ? markupAt(text, index, text.length)?.to : balancedEnd(text, index);
    left -= (to ?? Math.min(text.length, index + LONGEST)) - index;
    const isWhole = to !== undefined && (text[index] === '<' || isJson(text.slice(index, to)));
    if (isWhole) found.push({ from: index, to });
  }
  return found;
}

/** How many letters are read for brackets that nobody closes. */
const MOST_SEARCHED = 20_000_000;

/** In small letters, of the same length: letters beyond ASCII are left as they are. */
export function lowerCased(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
