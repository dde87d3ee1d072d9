/**
 * What a reader does not see or sees in another place: control characters, line separators, marks of direction, halves
 * of characters. Files are written without them, and a compiler takes some for the end of a line.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text as a string literal of TypeScript: whatever characters it has, the literal ends where it ends. */
export function stringLiteral(text: string): string {
  return escapeUnseen(JSON.stringify(text));
}

/** A value as a literal of TypeScript, on one line. */
export function jsonLiteral(value: object): string {
  return escapeUnseen(JSON.stringify(value));
}

/** A text as a part of a comment of either kind: on one line, and without the end of a comment. */
export function commentText(text: string): string {
  return escapeUnseen(text.replace(/\s+/g, ' ').replaceAll('*/', '*\\/'));
}

/** Unseen characters as escapes, which in a string literal mean the same. The ends of lines stay. */
export function escapeUnseen(typescript: string): string {
  return typescript.replace(UNSEEN, (unseen) =>
    unseen === '\n' ? unseen : Array.from({ length: unseen.length }, (_, at) => escaped(unseen, at)).join(''),
  );
}

function escaped(text: string, at: number): string {
  return `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`;
}
