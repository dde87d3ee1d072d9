import { within } from '../bounded/within.js';
import { compilePattern, type Pattern } from '../pattern/pattern.js';
import { isStatus } from './status.js';

/** Error texts that are known, and how the one that stands in an answer is told without what varies in it. */
export interface TextKeeper {
  /**
   * The known text that a body or message holds, or undefined: then nothing of it is kept. Of several, one that
   * is known to come with this status is preferred, where there is a status.
   */
  recognise: (text: string, status?: number) => RecognisedText | undefined;
}

export interface RecognisedText {
  /** Which known text it is. */
  id: string;
  /** The text with what varies masked: `… Authorization header: '<hash>'`. */
  shown: string;
  /** What stood in the places that vary, by name. Never kept. */
  parts: Record<string, string>;
}

/** A text pattern: literal words, with `{name}` for what varies and `{name:regex}` where its form is known. */
export interface TextPattern {
  id: string;
  text: string;
  /** The statuses that it comes with, `4xx` and `5xx` for all of their kind; any when not given. */
  status?: readonly (number | string)[] | undefined;
}

/**
 * Patterns match anywhere in a text, without regard to case and to the kind and number of blanks. Longer
 * patterns are tried first, so that the more exact one wins.
 */
export function createTextKeeper(patterns: readonly TextPattern[]): TextKeeper {
  const compiled = [...patterns]
    .sort((one, other) => literalLength(other.text) - literalLength(one.text))
    .map((pattern) => ({
      id: pattern.id,
      status: pattern.status,
      shown: pattern.text.replace(PLACE, '<$1>'),
      expression: compileText(pattern.text),
      linear: lazily(() => linearly(pattern.text)),
    }));
  type Known = (typeof compiled)[number];
  /** What is recognised with an engine: the groups of a known text that stands in the text. */
  const search = (
    groupsIn: (known: Known) => Record<string, string> | undefined,
    status: number | undefined,
  ): RecognisedText | undefined => {
    let other: RecognisedText | undefined;
    for (const known of compiled) {
      const fits =
        status === undefined ||
        known.status === undefined ||
        known.status.some((wanted) => isStatus(status, wanted));
      if (!fits && other) continue;
      const parts = groupsIn(known);
      if (!parts) continue;
      const recognised = { id: known.id, shown: known.shown, parts };
      if (fits) return recognised;
      other = recognised;
    }
    return other;
  };
  return {
    recognise: (text, status) => {
      const searched = text.slice(0, LONGEST_SEARCHED);
      const soon = within(SOON_MS, () =>
        search(({ expression }) => {
          const match = expression.exec(searched);
          return match ? { ...match.groups } : undefined;
        }, status),
      );
      if (soon.done) return soon.value;
      // A text that was made to take long is searched in linear time, which takes longer for all others.
      const later = within(LATER_MS, () => search(({ linear }) => linear()?.groups(searched), status));
      return later.done ? later.value : undefined;
    },
  };
}

/** More than ten times what a search of the longest text takes. */
const SOON_MS = 250;
const LATER_MS = 10_000;

/** An error stands near the beginning of an answer; a page of megabytes is not searched whole. */
const LONGEST_SEARCHED = 64 * 1024;

const PLACE = /\{([a-z]\w*)(?::((?:[^{}]|\{[^{}]*\})+))?\}/gi;

function literalLength(text: string): number {
  return text.replace(PLACE, '').length;
}

/**
 * The regular expression for a text pattern.
 * @throws SyntaxError when a form in it is none
 */
export function compileText(text: string): RegExp {
  return new RegExp(sourceOf(text), 'i');
}

/** The same for linear time, or undefined where that cannot be had. */
function linearly(text: string): Pattern | undefined {
  try {
    const pattern = compilePattern(sourceOf(text), { ignoreCase: true });
    return pattern.linear ? pattern : undefined;
  } catch {
    // Valid without the flag `u` only.
    return undefined;
  }
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function sourceOf(text: string): string {
  let source = '';
  let last = 0;
  for (const match of text.matchAll(PLACE)) {
    const [whole, name = '', form = '[^\\n<>"]{0,200}?'] = match;
    source += literal(text.slice(last, match.index)) + `(?<${name}>${form})`;
    last = match.index + whole.length;
  }
  // A place at the very end would match nothing at all if it were lazy.
  return source + literal(text.slice(last));
}

function literal(text: string): string {
  return text
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
    .replace(/["“”]|&quot;/g, '(?:["“”]|\\\\"|&quot;|&#34;)')
    .replace(/['’]/g, "(?:['’]|&#39;|&#x27;)");
}
