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
    .map(({ id, text, status }) => ({ id, status, ...compile(text) }));
  return {
    recognise: (text, status) => {
      const searched = text.slice(0, LONGEST_SEARCHED);
      let other: RecognisedText | undefined;
      for (const known of compiled) {
        const fits =
          status === undefined ||
          known.status === undefined ||
          known.status.some((wanted) => isStatus(status, wanted));
        if (!fits && other) continue;
        const match = known.expression.exec(searched);
        if (!match) continue;
        const recognised = { id: known.id, shown: known.shown, parts: { ...match.groups } };
        if (fits) return recognised;
        other = recognised;
      }
      return other;
    },
  };
}

/** An error stands near the beginning of an answer; a page of megabytes is not searched whole. */
const LONGEST_SEARCHED = 64 * 1024;

const PLACE = /\{([a-z]\w*)(?::((?:[^{}]|\{[^{}]*\})+))?\}/gi;

function literalLength(text: string): number {
  return text.replace(PLACE, '').length;
}

function compile(text: string): { expression: RegExp; shown: string } {
  let source = '';
  let last = 0;
  for (const match of text.matchAll(PLACE)) {
    const [whole, name = '', form = '[^\\n<>"]{0,200}?'] = match;
    source += literal(text.slice(last, match.index)) + `(?<${name}>${form})`;
    last = match.index + whole.length;
  }
  source += literal(text.slice(last));
  // A place at the very end would match nothing at all if it were lazy.
  return { expression: new RegExp(source, 'i'), shown: text.replace(PLACE, '<$1>') };
}

function literal(text: string): string {
  return text
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
    .replace(/["“”]|&quot;/g, '(?:["“”]|\\\\"|&quot;|&#34;)')
    .replace(/['’]/g, "(?:['’]|&#39;|&#x27;)");
}
