import { compilePattern } from '../../pattern/pattern.js';

/**
 * A text that a pattern matches, made by reading the pattern from left to right. Only what can be made so is: whether the
 * whole matches is tested in the end, so lookaround is passed over.
 * @param turn takes other alternatives and other characters
 * @returns undefined where none was found
 */
export function textOfPattern(
  source: string,
  { minLength = 0, maxLength = LONGEST }: { minLength?: number; maxLength?: number },
  turn: number,
): string | undefined {
  try {
    const { test } = compilePattern(source);
    const fitting = charactersByClass();
    // A pattern without a beginning says nothing of what is before.
    const before = turn % 2 === 1 && !source.startsWith('^') ? 'text' : '';
    for (let grow = 0; grow <= MOST_GROWTH; grow = grow < EACH_GROWTH ? grow + 1 : grow * 2) {
      const made = before + new Maker(source, grow, turn, fitting).alternatives(true);
      for (const text of [made, padded(made, minLength)]) {
        const { length } = Array.from(text);
        if (length >= minLength && length <= maxLength && test(text)) return text;
      }
    }
  } catch (error) {
    if (!(error instanceof Unreadable) && !(error instanceof SyntaxError)) throw error;
  }
  return undefined;
}

const LONGEST = 10_000;
const EACH_GROWTH = 64;
const MOST_GROWTH = 1_024;

class Unreadable extends Error {}

/** A pattern without an end says nothing of what follows. */
function padded(text: string, length: number): string {
  return text + 'x'.repeat(Math.max(0, length - Array.from(text).length));
}

class Maker {
  private at = 0;
  private drawn = 0;

  constructor(
    private readonly source: string,
    /** How much more often than it has to everything is repeated. */
    private readonly grow: number,
    private readonly turn: number,
    private readonly fittingOf: (characterClass: string) => readonly string[],
  ) {}

  alternatives(isWhole = false): string {
    const texts = [this.sequence()];
    while (this.take('|')) texts.push(this.sequence());
    if (isWhole && this.at < this.source.length) throw new Unreadable();
    return texts[this.turn % texts.length] ?? '';
  }

  private sequence(): string {
    let text = '';
    while (this.at < this.source.length && !this.sees('|') && !this.sees(')')) {
      const start = this.at;
      const one = this.term();
      const end = this.at;
      const times = this.repeats();
      text += one;
      // Read again, a class gives another character.
      const after = this.at;
      if (times === 0) text = text.slice(0, text.length - one.length);
      for (let count = 1; count < times; count += 1) {
        this.at = start;
        text += this.term();
        if (this.at !== end || text.length > LONGEST) throw new Unreadable();
      }
      this.at = after;
    }
    return text;
  }

  /** How often the term before is repeated. */
  private repeats(): number {
    const [whole, mark, least, comma, most] =
      /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.source.slice(this.at)) ?? [];
    if (whole === undefined) return 1;
    this.at += whole.length;
    if (mark !== undefined)
      return (mark === '+' ? 1 : 0) + (mark === '?' ? Math.min(1, this.grow) : this.grow);
    const from = Number(least);
    const to = comma === '' ? from : most === '' || most === undefined ? Infinity : Number(most);
    return Math.min(from + this.grow, to);
  }

  private term(): string {
    if (this.take('^') || this.take('$')) return '';
    if (this.take('(')) return this.group();
    if (this.sees('[')) return this.oneOf(/^\[(?:\\[^]|[^\]\\])*\]/);
    if (this.sees('.')) return this.oneOf(/^\./);
    if (this.sees('\\')) return this.escape();
    const character = String.fromCodePoint(this.source.codePointAt(this.at) ?? 0);
    this.at += character.length;
    return character;
  }

  private group(): string {
    const [opening] = /^\?(?:[:=!]|<[=!]|<[^>]*>)/.exec(this.source.slice(this.at)) ?? [''];
    if (this.sees('?') && opening === '') throw new Unreadable();
    this.at += opening.length;
    const text = this.alternatives();
    if (!this.take(')')) throw new Unreadable();
    return /^\?<?[=!]/.test(opening) ? '' : text;
  }

  private escape(): string {
    const rest = this.source.slice(this.at);
    if (/^\\[bB]/.test(rest)) {
      this.at += 2;
      return '';
    }
    if (/^\\(?:[1-9]|k<)/.test(rest)) throw new Unreadable();
    if (/^\\[dDwWsS]/.test(rest)) return this.oneOf(/^\\./);
    if (/^\\[pP]\{/.test(rest)) return this.oneOf(/^\\[pP]\{[^}]*\}/);
    const [token] =
      /^\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[a-zA-Z]|[^])/u.exec(rest) ?? [];
    if (token === undefined) throw new Unreadable();
    this.at += token.length;
    const code = /^\\[ux]\{?([0-9a-fA-F]+)/.exec(token)?.[1];
    if (code !== undefined) return String.fromCodePoint(parseInt(code, 16));
    if (token.startsWith('\\c') && token.length === 3) return String.fromCharCode(token.charCodeAt(2) % 32);
    return CONTROLS[token] ?? token.slice(1);
  }

  /** A character of a class. */
  private oneOf(token: RegExp): string {
    const [source] = token.exec(this.source.slice(this.at)) ?? [];
    if (source === undefined) throw new Unreadable();
    this.at += source.length;
    const fitting = this.fittingOf(source);
    this.drawn += 1;
    const found = fitting[(this.turn * this.drawn) % fitting.length];
    if (found === undefined) throw new Unreadable();
    return found;
  }

  private sees(character: string): boolean {
    return this.source[this.at] === character;
  }

  private take(character: string): boolean {
    if (!this.sees(character)) return false;
    this.at += 1;
    return true;
  }
}

/** The characters that belong to a class, which is asked of the engine, once for each class. */
function charactersByClass(): (characterClass: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (characterClass) => {
    const there = known.get(characterClass);
    if (there) return there;
    const { test } = compilePattern(`^${characterClass}$`);
    const fitting = CHARACTERS.filter((character) => test(character));
    known.set(characterClass, fitting);
    return fitting;
  };
}

const CONTROLS: Readonly<Record<string, string>> = {
  '\\t': '\t',
  '\\n': '\n',
  '\\v': '\v',
  '\\f': '\f',
  '\\r': '\r',
  '\\0': '\0',
};

/** The characters that are tried: plain ones first. */
const CHARACTERS = [
  ...Array.from(
    'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890-_ .,:;/@#+*=!?()[]{}<>|&%$"\'\\^`~',
  ),
  ...Array.from('\t\n\räÄéßλΩжЖ中あ😀€'),
];
