import { compileWords, plainWordsOf } from '../exchange/plain-words.js';
import { once } from '../once.js';
import { textsOf, type ClientText, type SentenceWords } from '../verdict/signatures.js';
import type { Pasted } from './paste.js';

/** Distinguishes sentences that refuse something from others, whoever says them. */
export interface Sentences {
  /**
   * Those sentences of a text by which something is refused, or undefined where there are none. A rule on what is refused, what
   * went well, and what a program says of files or of its own source is none.
   */
  refusingIn: (text: string) => string | undefined;
  /** What a text says in plain words: that no answer came about, or that something was refused. */
  replyIn: (text: string) => Pasted['reply'] | undefined;
  /** What somebody is written that was refused, or is down, as in a mail of a vendor; undefined where there is no such sentence. */
  noticeIn: (text: string) => string | undefined;
  /** Whether a line has words that are of no refusal, whatever else is in it. */
  isOther: (line: string) => boolean;
  /** Whether a line is one of a database, of mail, of files or of another protocol, where the same names are used. */
  isElsewhere: (line: string) => boolean;
}

/**
 * Compiles the words of sentences when they are first needed.
 * @param clients of whom the plain words of failures are taken
 */
export function createSentences(words: SentenceWords, clients: readonly ClientText[]): Sentences {
  const refuse = once(() => words.refuse.map(compileWords));
  const notice = once(() => words.notice.map(compileWords));
  const other = once(() => words.other.map(compileWords));
  const elsewhere = once(() => words.elsewhere.map(compileWords));
  const alone = once(
    () => new Set(words.alone.flatMap((phrases) => phrases.split('|')).map((phrase) => plainWordsOf(phrase))),
  );
  const isOther = (plain: string) => other().some((pattern) => pattern.test(plain));
  const refuses = (sentence: string): boolean => {
    const plain = plainWordsOf(sentence);
    if (alone().has(plain)) return true;
    return refuse().some((pattern) => pattern.test(plain)) && !isOther(plain);
  };
  const failures = once(() =>
    clients.flatMap(({ words: texts, client, code, phase }) =>
      code === undefined
        ? []
        : textsOf(texts).map((text) => ({ by: compileWords(text), client, code, phase })),
    ),
  );
  const failureIn = (sentence: string) => {
    const plain = plainWordsOf(sentence);
    const known = failures().find(({ by }) => by.test(plain));
    return known && isOther(plain) ? undefined : known;
  };
  const refusingIn = (text: string) => {
    const refusing = sentencesOf(text).filter(refuses);
    return refusing.length === 0 ? undefined : refusing.join(' ').slice(0, LONGEST_KEPT);
  };
  return {
    refusingIn,
    replyIn: (text) => {
      const failed = sentencesOf(text)
        .map(failureIn)
        .find((one) => one !== undefined);
      if (failed) {
        const { client, code, phase } = failed;
        return { kind: 'failure', code, phase, client, isInPlainWords: true };
      }
      const stated = refusingIn(text);
      if (stated === undefined) return undefined;
      const unknown = { status: undefined, statusFrom: undefined, headers: undefined };
      return { kind: 'answer', ...unknown, body: Buffer.from(stated) };
    },
    noticeIn: (text) => {
      // What a notice says next is often what will be.
      const clauses = sentencesOf(text).flatMap((sentence) => sentence.split(/,? (?:and|so|because) /));
      const stated = clauses.filter((clause) => {
        const plain = plainWordsOf(clause);
        return !isOther(plain) && notice().some((pattern) => pattern.test(plain));
      });
      return stated.length === 0 ? undefined : stated.join('. ').replace(GREETING, '').slice(0, LONGEST_KEPT);
    },
    isOther: (line) => isOther(plainWordsOf(line)),
    isElsewhere: (line) => {
      // What is quoted, somebody else has said.
      const plain = plainWordsOf(line.slice(0, LONGEST).replace(QUOTED, ' '));
      return elsewhere().some((pattern) => pattern.test(plain));
    },
  };
}

/** The sentences of a text that are no questions. */
function sentencesOf(text: string): string[] {
  const sentences = text.slice(0, LONGEST).split(/(?<=[.!?;])\s+/);
  return sentences.filter((sentence) => !sentence.endsWith('?'));
}

const GREETING = /^\s{0,8}(?:hi|hello|dear|hey)\b[^,:.\n]{0,60}[,:.]\s{0,8}/i;
const QUOTED = /(?<!\w)(?:'[^'\n]{1,300}'|"[^"\n]{1,300}"|`[^`\n]{1,300}`)/g;
const LONGEST = 2_000;
/** A longer one is no error message. */
const LONGEST_KEPT = 500;
