/** A piece of a word of a shell command: a text that stands for itself, or a variable of the reader's shell. */
export type Piece = { text: string } | { variable: string };

/** One argument of a command. */
export type Word = readonly Piece[];

/** What a shell, interactive or not, leaves as it is. */
const PLAIN = /^[\w@%+:,./-]+$/;

/** What neither quotes nor a line of a terminal can be trusted with: it is written by number. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Whether a text holds what a terminal obeys or does not show. */
export function isUnseen(text: string): boolean {
  return UNSEEN.test(text);
}

/**
 * A word as it is pasted into bash, zsh or ksh. Only its variables are expanded: no text of it ends the word, runs
 * anything, or is taken for a line of the history.
 */
export function quoted(word: Word): string {
  const pieces = word.flatMap((piece): Piece[] => ('text' in piece ? partsOf(piece.text) : [piece]));
  if (pieces.length === 0) return '""';
  let written = '';
  let inQuotes = false;
  for (const [index, piece] of pieces.entries()) {
    const own = 'text' in piece && ownQuotes(piece.text);
    if (own ? inQuotes : !inQuotes) {
      written += '"';
      inQuotes = !inQuotes;
    }
    written +=
      own || ('text' in piece ? escapedInQuotes(piece.text) : expansion(piece.variable, pieces[index + 1]));
  }
  return inQuotes ? `${written}"` : written;
}

/** A text as one argument, without quotes where it needs none. */
export function quotedText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.includes("'") || isUnseen(text) ? quoted([{ text }]) : `'${text}'`;
}

function escapedInQuotes(text: string): string {
  return text.replace(/["\\`$]/g, (special) => `\\${special}`);
}

/** A variable, in braces where what follows could be taken for a part of its name or for a modifier of it. */
function expansion(variable: string, next: Piece | undefined): string {
  return next && 'text' in next && !/^[/?&; ]/.test(next.text) ? `\${${variable}}` : `$${variable}`;
}

/** A text with each character that no double quotes can hold as a part of its own. */
function partsOf(text: string): { text: string }[] {
  // No argument can hold the character of number 0, or half a character.
  const held = Buffer.from(text.replaceAll('\0', '\ufffd')).toString();
  return (held.match(/!|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+|[^!\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu) ?? []).map(
    (part) => ({ text: part }),
  );
}

/** Quotes of its own for what double quotes do not make a text; empty where they do. */
function ownQuotes(text: string): string {
  // An interactive shell looks for its history in double quotes as well, and a backslash there would stay.
  if (text === '!') return "'!'";
  if (!isUnseen(text)) return '';
  const bytes = [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`);
  return `$'${bytes.join('')}'`;
}

/**
 * Reads a word as `quoted` and `quotedText` write it, from a place in a text.
 * @returns the word and where it ends; undefined where anything is there that a shell could take for more than texts
 *   and variables
 */
export function readWord(text: string, from: number): { word: Piece[]; end: number } | undefined {
  const word: Piece[] = [];
  let at = from;
  while (at < text.length && text[at] !== ' ') {
    const read = readPart(text, at);
    if (!read) return undefined;
    word.push(...read.pieces);
    at = read.end;
  }
  return at === from ? undefined : { word: joined(word), end: at };
}

/** With texts that stand side by side as one. */
function joined(word: readonly Piece[]): Piece[] {
  return word.reduce<Piece[]>((before, piece) => {
    const last = before.at(-1);
    if (!last || !('text' in last) || !('text' in piece)) return [...before, piece];
    return [...before.slice(0, -1), { text: last.text + piece.text }];
  }, []);
}

function readPart(text: string, at: number): { pieces: Piece[]; end: number } | undefined {
  const bare = matchAt(/[\w@%+:,./-]+/y, text, at);
  if (bare) return { pieces: [{ text: bare[0] }], end: at + bare[0].length };
  const single = matchAt(/'([^'\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*)'/uy, text, at);
  if (single) return { pieces: [{ text: single[1] ?? '' }], end: at + single[0].length };
  const byNumber = matchAt(/\$'((?:\\x[0-9a-f]{2})+)'/y, text, at);
  if (byNumber) {
    const [whole, bytes = ''] = byNumber;
    const decoded = Buffer.from(bytes.replaceAll('\\x', ''), 'hex').toString();
    return { pieces: [{ text: decoded }], end: at + whole.length };
  }
  const double = matchAt(
    /"((?:[^"\\`$!\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\\["\\`$]|\$[A-Z][A-Z0-9_]*|\$\{[A-Z][A-Z0-9_]*\})*)"/uy,
    text,
    at,
  );
  return double && { pieces: piecesOf(double[1] ?? ''), end: at + double[0].length };
}

function piecesOf(inQuotes: string): Piece[] {
  return [...inQuotes.matchAll(/\$\{?([A-Z][A-Z0-9_]*)\}?|((?:[^$\\]|\\.)+)/gu)].map(
    ([, variable, text = '']) =>
      variable === undefined ? { text: text.replace(/\\(.)/gu, '$1') } : { variable },
  );
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | undefined {
  expression.lastIndex = at;
  return expression.exec(text) ?? undefined;
}
