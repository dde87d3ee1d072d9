import { compileWords, plainWordsOf } from '../exchange/plain-words.js';
import { once } from '../once.js';
import type { SentenceWords } from '../verdict/signatures.js';

/** Distinguishes sentences that refuse something from others, whoever says them. */
export interface Sentences {
  /**
   * Those sentences of a text by which something is refused, or undefined where there are none. A rule on what is refused, what
   * went well, and what a program says of files or of its own source is none.
   */
  refusingIn: (text: string) => string | undefined;
  /** Whether a line is one of a database, of mail, of files or of another protocol, where the same names are used. */
  isElsewhere: (line: string) => boolean;
}

/** Compiles the words of sentences when they are first needed. */
export function createSentences(words: SentenceWords): Sentences {
  const refuse = once(() => words.refuse.map(compileWords));
  const other = once(() => words.other.map(compileWords));
  const elsewhere = once(() => words.elsewhere.map(compileWords));
  const alone = once(
    () => new Set(words.alone.flatMap((phrases) => phrases.split('|')).map((phrase) => plainWordsOf(phrase))),
  );
  const refuses = (sentence: string): boolean => {
    const plain = plainWordsOf(sentence);
    if (alone().has(plain)) return true;
    return refuse().some((pattern) => pattern.test(plain)) && !other().some((pattern) => pattern.test(plain));
  };
  return {
    refusingIn: (text) => {
      const sentences = text.slice(0, LONGEST).split(/(?<=[.!?;])\s+/);
      const refusing = sentences.filter((sentence) => !sentence.endsWith('?') && refuses(sentence));
      return refusing.length === 0 ? undefined : refusing.join(' ').slice(0, LONGEST_KEPT);
    },
    isElsewhere: (line) => {
      // What is quoted, somebody else has said.
      const plain = plainWordsOf(line.slice(0, LONGEST).replace(QUOTED, ' '));
      return elsewhere().some((pattern) => pattern.test(plain));
    },
  };
}

const QUOTED = /(?<!\w)(?:'[^'\n]{1,300}'|"[^"\n]{1,300}"|`[^`\n]{1,300}`)/g;
const LONGEST = 2_000;
/** A longer one is no error message. */
const LONGEST_KEPT = 500;
