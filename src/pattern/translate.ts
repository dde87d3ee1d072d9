/** A pattern as RE2 reads it, and about how many states it takes. */
export interface Translated {
  re2: string;
  states: number;
}

/** RE2 repeats nothing more often. */
const MOST_REPEATS = 1000;
/** Each state may cost a step for each character of a text: more of them are linear by name only. */
const MOST_STATES = 10_000;

/**
 * What a pattern of ECMAScript, with the flag `u`, is in the language of RE2: it matches the same texts. Every character
 * and every class is written out by its code points, so that nothing of the one language is read as something else in
 * the other (`\s`, `.`, `\Q`, `(?i)`, `[[:alpha:]]`).
 * @param source a pattern that is valid with the flag `u`
 * @returns undefined where RE2 cannot say it: lookaround, references to groups, many repeats, and what is rare
 */
export function translate(source: string, ignoreCase: boolean): Translated | undefined {
  const reader = new Reader(source, ignoreCase);
  try {
    const translated = reader.alternatives(0);
    return translated.states > MOST_STATES ? undefined : translated;
  } catch (error) {
    if (error instanceof Inexpressible) return undefined;
    throw error;
  }
}

class Inexpressible extends Error {}

type Range = readonly [from: number, to: number];

const DIGIT: readonly Range[] = [[0x30, 0x39]];
const WORD: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** White space and line terminators (ECMA-262, sections 12.2 and 12.3). */
const SPACE: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const LINE_ENDS: readonly Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const LAST = 0x10ffff;

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13, '0': 0 };
/** Properties that both engines know under the same short name: the general categories. */
const CATEGORY =
  /^\{(?:C|Cc|Cf|Co|L|Ll|Lm|Lo|Lt|Lu|M|Mc|Me|Mn|N|Nd|Nl|No|P|Pc|Pd|Pe|Pf|Pi|Po|Ps|S|Sc|Sk|Sm|So|Z|Zl|Zp|Zs)\}/;

/** One member of a class: ranges, or a category as both languages write it. */
type Member = { ranges: readonly Range[] } | { category: string };

class Reader {
  private at = 0;

  constructor(
    private readonly source: string,
    private readonly ignoreCase: boolean,
  ) {}

  alternatives(depth: number): Translated {
    const parts: string[] = [];
    let states = 1;
    do {
      const sequence = this.sequence(depth);
      parts.push(sequence.re2);
      states += sequence.states + 1;
    } while (this.take('|'));
    if (depth === 0 && this.at < this.source.length) throw new Inexpressible();
    return { re2: parts.join('|'), states };
  }

  private sequence(depth: number): Translated {
    let re2 = '';
    let states = 0;
    while (this.at < this.source.length && !this.sees('|') && !this.sees(')')) {
      const term = this.repeated(this.term(depth));
      re2 += term.re2;
      states += term.states;
      if (states > MOST_STATES) throw new Inexpressible();
    }
    return { re2, states };
  }

  private term(depth: number): Translated {
    if (this.take('^')) return { re2: '\\A', states: 1 };
    if (this.take('$')) return { re2: '\\z', states: 1 };
    if (this.take('.')) return one(printClass([{ ranges: LINE_ENDS }], true));
    if (this.take('[')) return one(this.characterClass());
    if (this.take('(')) return this.group(depth);
    if (this.take('\\')) return one(this.escape());
    return one(printPoint(this.point()));
  }

  private group(depth: number): Translated {
    let opening = '(?:';
    if (this.take('?')) {
      if (this.take('<')) {
        const name = /^[A-Za-z_]\w*/.exec(this.rest())?.[0];
        // `(?<=` and `(?<!` look behind.
        if (name === undefined) throw new Inexpressible();
        this.at += name.length;
        if (!this.take('>')) throw new Inexpressible();
        opening = `(?P<${name}>`;
      } else if (!this.take(':')) throw new Inexpressible();
    }
    const { re2, states } = this.alternatives(depth + 1);
    if (!this.take(')')) throw new Inexpressible();
    return { re2: `${opening}${re2})`, states: states + 2 };
  }

  private repeated(term: Translated): Translated {
    const quantifier = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/.exec(this.rest());
    if (!quantifier) return term;
    const [written, least, comma, most] = quantifier;
    this.at += written.length;
    if (least === undefined) return { re2: term.re2 + written, states: term.states + 1 };
    const bounded = comma === undefined || most === '' ? least : (most ?? least);
    const times = Number(bounded);
    if (!(times <= MOST_REPEATS)) throw new Inexpressible();
    return { re2: term.re2 + written, states: term.states * (times + 1) + 1 };
  }

  /** What is behind a backslash, outside a class. */
  private escape(): string {
    if (this.take('b')) {
      // Without regard to case, `ſ` and the Kelvin sign are letters of words to the one engine only.
      if (this.ignoreCase) throw new Inexpressible();
      return '\\b';
    }
    // V8 finds it also between the halves of a character beyond U+FFFF.
    if (this.take('B')) throw new Inexpressible();
    const member = this.classEscape();
    if (typeof member === 'number') return printPoint(member);
    return 'category' in member ? member.category : printClass([member], false);
  }

  /** What is behind a backslash and may be in a class too: a character, or a set of them. */
  private classEscape(): number | Member {
    const letter = this.next();
    switch (letter) {
      case 'd':
        return { ranges: DIGIT };
      case 'D':
        return { ranges: complement(DIGIT) };
      case 's':
        return { ranges: SPACE };
      case 'S':
        return { ranges: complement(SPACE) };
      case 'w':
        return { ranges: WORD };
      case 'W':
        // Without regard to case, what is no letter of a word is a letter of none of its spellings.
        if (this.ignoreCase) throw new Inexpressible();
        return { ranges: complement(WORD) };
      case 'p':
      case 'P': {
        const name = CATEGORY.exec(this.rest())?.[0];
        if (name === undefined || this.ignoreCase) throw new Inexpressible();
        this.at += name.length;
        return { category: `\\${letter}${name}` };
      }
      case 'c':
        return this.next().charCodeAt(0) % 32;
      case 'x':
        return this.hexadecimal(/^[0-9A-Fa-f]{2}/);
      case 'u':
        return this.unicode();
      default: {
        const control = CONTROLS[letter];
        if (control !== undefined) return control;
        // Digits and `k` refer to groups; all else that is valid stands for itself.
        if (/[1-9k]/.test(letter)) throw new Inexpressible();
        return letter.codePointAt(0) ?? 0;
      }
    }
  }

  private unicode(): number {
    if (this.take('{')) {
      const point = this.hexadecimal(/^[0-9A-Fa-f]+/);
      if (!this.take('}') || isSurrogate(point)) throw new Inexpressible();
      return point;
    }
    const unit = this.hexadecimal(/^[0-9A-Fa-f]{4}/);
    if (!isSurrogate(unit)) return unit;
    const low = /^\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})/.exec(this.rest());
    // Half a character; what it matches differs.
    if (unit >= 0xdc00 || low?.[1] === undefined) throw new Inexpressible();
    this.at += low[0].length;
    return 0x10000 + (unit - 0xd800) * 0x400 + (parseInt(low[1], 16) - 0xdc00);
  }

  private hexadecimal(digits: RegExp): number {
    const found = digits.exec(this.rest())?.[0];
    if (found === undefined) throw new Inexpressible();
    this.at += found.length;
    return parseInt(found, 16);
  }

  private characterClass(): string {
    const negated = this.take('^');
    const members: Member[] = [];
    while (!this.take(']')) {
      const from = this.classMember();
      const isRange = typeof from === 'number' && this.sees('-') && !this.rest().startsWith('-]');
      if (!isRange) {
        members.push(typeof from === 'number' ? { ranges: [[from, from]] } : from);
        continue;
      }
      this.at += 1;
      const to = this.classMember();
      if (typeof to !== 'number') throw new Inexpressible();
      members.push({ ranges: [[from, to]] });
    }
    return printClass(members, negated);
  }

  private classMember(): number | Member {
    if (!this.take('\\')) return this.point();
    if (this.take('b')) return 8;
    return this.classEscape();
  }

  /** The next character as it stands. */
  private point(): number {
    const point = this.source.codePointAt(this.at);
    if (point === undefined || isSurrogate(point)) throw new Inexpressible();
    this.at += point > 0xffff ? 2 : 1;
    return point;
  }

  private next(): string {
    return String.fromCodePoint(this.point());
  }

  private sees(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  private take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at += text.length;
    return true;
  }

  /** What is still to be read, as far as a name or a number can reach. */
  private rest(): string {
    return this.source.slice(this.at, this.at + 100);
  }
}

function one(re2: string): Translated {
  return { re2, states: 1 };
}

function isSurrogate(point: number): boolean {
  return point >= 0xd800 && point <= 0xdfff;
}

/** The ranges between sorted ranges. */
function complement(ranges: readonly Range[]): Range[] {
  const gaps: Range[] = [];
  let next = 0;
  for (const [from, to] of ranges) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST) gaps.push([next, LAST]);
  return gaps;
}

function printClass(members: readonly Member[], negated: boolean): string {
  // Neither language has a word for it that the other one knows: nothing, and everything.
  if (members.length === 0) return negated ? '[\\x{0}-\\x{10ffff}]' : '[^\\x{0}-\\x{10ffff}]';
  const inside = members.map((member) =>
    'category' in member
      ? member.category
      : member.ranges
          .map(([from, to]) => (from === to ? printPoint(from) : `${printPoint(from)}-${printPoint(to)}`))
          .join(''),
  );
  return `[${negated ? '^' : ''}${inside.join('')}]`;
}

function printPoint(point: number): string {
  return `\\x{${point.toString(16)}}`;
}
