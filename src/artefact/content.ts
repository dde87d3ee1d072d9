import { isObject } from '../json.js';

/**
 * What is written: a text, or, where that is large, a way to go through it in pieces, as often as is needed. Pieces end
 * where no word and no number does.
 */
export type Content = string | (() => Iterable<string>);

/** So many characters are written at once. */
const CHUNK = 1024 * 1024;

/** The pieces of a content, many small ones as one. */
export function* chunksOf(content: Content): Generator<string> {
  let chunk: string[] = [];
  let size = 0;
  for (const piece of typeof content === 'string' ? [content] : content()) {
    chunk.push(piece);
    size += piece.length;
    if (size < CHUNK) continue;
    yield chunk.join('');
    [chunk, size] = [[], 0];
  }
  yield chunk.join('');
}

/** A content as one text. */
export function textOf(content: Content): string {
  return typeof content === 'string' ? content : [...content()].join('');
}

/**
 * A value as `JSON.stringify` writes it with an indent of two spaces, and a line end: each item of the lists in it, and of
 * the lists in those, is a piece or several.
 */
export function jsonContent(value: unknown): Content {
  return function* () {
    yield* jsonPieces(value, '', LEVELS);
    yield '\n';
  };
}

/** So many levels of lists and objects are in pieces: a list of what has lists. What is deeper is small. */
const LEVELS = 3;

function* jsonPieces(value: unknown, indent: string, levels: number): Generator<string> {
  const isList = Array.isArray(value);
  if (levels === 0 || !(isList || isObject(value))) {
    yield indented(value, indent);
    return;
  }
  const inner = `${indent}  `;
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  let between = open;
  for (const [name, member] of isList ? value.entries() : Object.entries(value)) {
    if (!isList && member === undefined) continue;
    yield `${between}\n${inner}${isList ? '' : `${JSON.stringify(name)}: `}`;
    yield* jsonPieces(member, inner, levels - 1);
    between = ',';
  }
  yield between === open ? open + close : `\n${indent}${close}`;
}

/** What has no text in JSON is null in a list. A line end in JSON is never inside of a text. */
function indented(value: unknown, indent: string): string {
  return JSON.stringify(value ?? null, null, 2)
    .split('\n')
    .join(`\n${indent}`);
}
