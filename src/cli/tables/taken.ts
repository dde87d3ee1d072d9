/**
 * The first of several pieces of text that take no more than so many lines together, and the rest. The first is taken
 * however long it is.
 */
export function taken<Piece>(
  pieces: readonly Piece[],
  lines: number,
  textOf: (piece: Piece) => string,
): { texts: string[]; rest: Piece[] } {
  const texts: string[] = [];
  let used = 0;
  for (const piece of pieces) {
    const text = textOf(piece);
    used += text.split('\n').length;
    if (texts.length > 0 && used > lines) break;
    texts.push(text);
  }
  return { texts, rest: pieces.slice(texts.length) };
}
