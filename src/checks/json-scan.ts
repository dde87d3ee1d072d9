/** What a parser of JSON does not report of a text: it keeps one of two members of a name, and rounds its numbers. */
export interface Scanned {
  /** Where the first object or list ends; undefined where none does. */
  end: number | undefined;
  /** Each name that its object has already, as often as it is repeated. */
  repeated: string[];
  /** Whole numbers that a parser which uses doubles changes, and the member that each is in. */
  changed: { digits: string; member: string | undefined }[];
}

/**
 * Goes once through a text that may be an object or a list of JSON (RFC 8259). Whether it is one, a parser has to say;
 * of a text that is none, all that is found means nothing.
 */
export function scanJson(text: string): Scanned {
  const found: Scanned = { end: undefined, repeated: [], changed: [] };
  const levels: Level[] = [];
  let index = 0;
  while (index < text.length) {
    const character = text.charAt(index);
    const level = levels.at(-1);
    let next = index + 1;
    if (character === '"') {
      next = endOfString(text, index);
      if (level?.names && level.isNameNext) {
        const name = nameOf(text.slice(index, next));
        if (level.names.has(name)) found.repeated.push(name);
        level.names.add(name);
        level.member = name;
        level.isNameNext = false;
      }
    } else if (character === '{') levels.push({ names: new Set(), isNameNext: true, member: undefined });
    // The things in a list are in the member that has the list.
    else if (character === '[') levels.push({ names: undefined, isNameNext: false, member: level?.member });
    else if (character === ',') {
      if (level) level.isNameNext = true;
    } else if (character === '}' || character === ']') {
      levels.pop();
      if (levels.length === 0) {
        found.end = next;
        return found;
      }
    } else if (character === '-' || isDigit(character)) {
      while (next < text.length && /[\d.eE+-]/.test(text.charAt(next))) next += 1;
      const digits = text.slice(index, next);
      if (isChanged(digits)) found.changed.push({ digits, member: level?.member });
    }
    index = next;
  }
  return found;
}

/** An object or a list that the text is in the middle of. */
interface Level {
  /** Those of an object so far. */
  names: Set<string> | undefined;
  /** Whether the next string of an object is a name. */
  isNameNext: boolean;
  member: string | undefined;
}

/** Behind the closing quote of the string that begins here, or behind the text. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charAt(index) !== '"') index += text.charAt(index) === '\\' ? 2 : 1;
  return index + 1;
}

/** Two names are the same when they are written with other escapes as well. */
function nameOf(written: string): string {
  if (!written.includes('\\')) return written.slice(1, -1);
  try {
    return String(JSON.parse(written));
  } catch {
    return written;
  }
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

/** The longest whole numbers that are looked at: what is longer is no id and no count. */
const MOST_DIGITS = 40;

function isChanged(digits: string): boolean {
  if (digits.length > MOST_DIGITS || !/^-?\d{16,}$/.test(digits)) return false;
  const double = Number(digits);
  // The shortest way to write a large double has other digits than it: nothing was lost there.
  return String(double) !== digits && BigInt(double) !== BigInt(digits);
}
