/**
 * Everything that this process knows and nobody else may learn: client secrets, tokens, Authorization values.
 * Whatever is about to be written is searched for each of them first.
 */
export class Secrets {
  readonly #finders = new Map<string, Finder>();

  /** Very short values are left out: they would be found everywhere, and prove nothing. */
  add(value: string): void {
    if (value.length >= SHORTEST && !this.#finders.has(value)) this.#finders.set(value, finderOf(value));
  }

  /** Whether any secret is in a text that comes in pieces, also where it begins in one and ends in the next. */
  foundInPieces(pieces: Iterable<string>): boolean {
    const reach = Math.max(0, ...[...this.#finders.values()].map(({ reach }) => reach));
    let before = '';
    for (const piece of pieces) {
      const text = before + piece;
      if (this.foundIn(text)) return true;
      // What is looked at again begins with a line, so that no number is cut into a shorter one.
      before = text.slice(Math.max(0, text.lastIndexOf('\n', text.length - reach)));
    }
    return false;
  }

  /** Whether any secret is in a text: raw, or as JSON, HTML, Markdown, URLs, Base64 or hexadecimal write it. */
  foundIn(text: string): boolean {
    const finders = [...this.#finders.values()];
    if (finders.some(({ isIn }) => isIn(text))) return true;
    const bare = finders.flatMap((finder) => finder.bare ?? []);
    if (bare.length === 0) return false;
    if (!/[\\&]/.test(text)) return bare.some((one) => text.includes(one));
    const overlap = LONGEST_ESCAPE * Math.max(...bare.map(({ length }) => length));
    for (const piece of piecesOf(text, overlap)) {
      const plain = unescaped(piece);
      if (bare.some((one) => plain.includes(one))) return true;
    }
    return false;
  }
}

/** How one secret is found. */
interface Finder {
  /** Whether it is in a text as it is. */
  isIn: (text: string) => boolean;
  /** What is to be searched for in a text without its escapes. */
  bare: string | undefined;
  /** So many characters it can take at most. */
  reach: number;
}

function finderOf(secret: string): Finder {
  if (isNumber(secret))
    return { isIn: (text) => hasNumber(text, secret), bare: undefined, reach: secret.length };
  const forms = [...formsOf(secret)];
  const bare = unescaped(secret);
  const reach = Math.max(LONGEST_ESCAPE * bare.length, ...forms.map(({ length }) => length));
  return { isIn: (text) => forms.some((form) => text.includes(form)), bare, reach };
}

/** A long text without its escapes is made a piece at a time: the copy of a whole report would take 100 MB. */
const PIECE = 1024 * 1024;

/** The longest way to write one character: `&#x10ffff;` or `&#1114111;`, or with a backslash. */
const LONGEST_ESCAPE = 12;

/** A text in pieces. What is no longer than the overlap is in one of them as a whole. */
function* piecesOf(text: string, overlap: number): Generator<string> {
  for (let start = 0; start < text.length; start += PIECE) yield text.slice(start, start + PIECE + overlap);
}

const SHORTEST = 6;

/** A number that is short enough to be by chance inside another one, such as a time or a count. */
function isNumber(secret: string): boolean {
  return /^\d{1,11}$/.test(secret);
}

/** Whether a number is in a text as a whole: not as a part of a longer number or word. */
function hasNumber(text: string, number: string): boolean {
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
    const beside = [text[at - 1] ?? '', text[at + number.length] ?? ''];
    if (!beside.some((one) => /[\dA-Za-z]/.test(one))) return true;
  }
  return false;
}

/** A text without the marks that Markdown, HTML and shells put before or in the place of punctuation. */
function unescaped(text: string): string {
  return text
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '')
    .replace(/&(?:amp|lt|gt|quot|#\d{1,7}|#x[\da-f]{1,6});/gi, (reference) => characterOf(reference));
}

/** The character that a reference of HTML stands for; the reference itself where there is none. */
function characterOf(reference: string): string {
  const named = ENTITIES[reference];
  if (named !== undefined) return named;
  const [, hexadecimal, digits = ''] = /^&#(x?)(.+);$/i.exec(reference) ?? [];
  const code = Number.parseInt(digits, hexadecimal ? 16 : 10);
  return code <= LAST_CHARACTER ? String.fromCodePoint(code) : reference;
}

const LAST_CHARACTER = 0x10ffff;

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** How a secret is written where no escape can be taken away to see it. */
function formsOf(given: string): Set<string> {
  const bytes = Buffer.from(given, 'utf8');
  // What is not Unicode cannot be written as a URL, nor into a file.
  const secret = bytes.toString('utf8');
  return new Set([
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    bytes.toString('hex'),
    ...base64Forms(bytes),
  ]);
}

/** How Base64 writes the secret when it is inside a longer text, at each of the three alignments. */
function base64Forms(bytes: Buffer): string[] {
  const whole = [bytes.toString('base64'), bytes.toString('base64url')];
  const inside = [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The outer characters also depend on what is beside the secret.
    const core = encoded.slice(shift === 0 ? 0 : 4, -4);
    return core.length >= SHORTEST + 2 ? [core, core.replaceAll('+', '-').replaceAll('/', '_')] : [];
  });
  return [...whole, ...inside];
}
