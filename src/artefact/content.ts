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
 * An object as `JSON.stringify` writes it with an indent of two spaces, and a line end: each item of the lists in it is a
 * piece.
 */
export function jsonContent(value: object): Content {
  return () => jsonPieces(value);
}

function* jsonPieces(value: object): Generator<string> {
  let between = '{';
  for (const [name, member] of Object.entries<unknown>({ ...value })) {
    if (member === undefined) continue;
    const start = `${between}\n  ${JSON.stringify(name)}: `;
    between = ',';
    if (!Array.isArray(member) || member.length === 0) {
      yield start + indented(member, '  ');
      continue;
    }
    yield `${start}[`;
    for (const [index, item] of member.entries()) {
      yield `${index === 0 ? '' : ','}\n    ${indented(item, '    ')}`;
    }
    yield '\n  ]';
  }
  yield between === '{' ? '{}\n' : '\n}\n';
}

/** What has no text in JSON is null in a list. A line end in JSON is never inside of a text. */
function indented(value: unknown, indent: string): string {
  return JSON.stringify(value ?? null, null, 2)
    .split('\n')
    .join(`\n${indent}`);
}
