import { within } from '../bounded/within.js';
import { compilePattern, type Pattern } from '../pattern/pattern.js';
import { waysIn } from '../pattern/ways.js';
import { once } from '../once.js';
import { isStatus } from './status.js';

/** Error texts that are known, and how the one that an answer says is named without what varies in it. */
export interface TextKeeper {
  /**
   * The known text that one of the messages of an answer is, or undefined: then nothing of them is kept. Of several,
   * one that is known to come with this status is preferred, then one that says more than what everybody says, then
   * the longest.
   * @param values what members of the body hold, each as `path: value`; only patterns that name a member are these
   */
  recognise: (
    messages: readonly string[],
    status?: number,
    values?: readonly string[],
  ) => RecognisedText | undefined;
  /**
   * What a member holds by which the body of a success says that it is a refusal. Only patterns that name a member, and
   * that are known to come with a success, are looked for: all else in such a body is data.
   */
  recogniseInSuccess: (values: readonly string[], status: number) => RecognisedText | undefined;
}

export interface RecognisedText {
  /** Which known text it is. */
  id: string;
  /** Whether everybody says it. */
  common: boolean;
  /** The text with what varies masked: `… Authorization header: '<hash>'`. */
  shown: string;
  /** What was in the places that vary, by name. Never kept. */
  parts: Record<string, string>;
}

/**
 * A text pattern: literal words, with `{name}` for what varies, `{name:regex}` where its form is known, and `…` where
 * other words may be.
 */
export interface TextPattern {
  id: string;
  text: string;
  /** The statuses that it comes with, `4xx` and `5xx` for all of their kind; any when not given. */
  status?: readonly (number | string)[] | undefined;
  /** Whether everybody says it: then a text that says more is preferred. */
  common?: boolean;
  /** Whether it is what a member holds, as `path: value`, and no message. */
  isValue?: boolean;
}

/**
 * Patterns match whole messages, without regard to case, to the kind and number of blanks, and to quotes and full stops
 * around them. Longer patterns are tried first, so that the more exact one wins.
 */
export function createTextKeeper(patterns: readonly TextPattern[]): TextKeeper {
  const prepared = once(() => prepare(patterns));
  /** What is recognised with an engine: the groups of a known text that a message is. */
  const search = (
    groupsIn: (known: Known, message: string) => Record<string, string> | undefined,
    candidates: readonly Known[],
    messages: readonly Message[],
    status: number | undefined,
  ): RecognisedText | undefined => {
    const comesWith = (known: Known) =>
      status === undefined ||
      known.status === undefined ||
      known.status.some((wanted) => isStatus(status, wanted));
    let other: RecognisedText | undefined;
    for (const known of candidates) {
      // What is known of successes only says nothing of a refusal.
      if (known.isOfSuccess && (status === undefined || !isOfSuccess(status))) continue;
      const fits = comesWith(known);
      if (!fits && other) continue;
      for (const message of messages) {
        if (!mayBe(known, message)) continue;
        const parts = groupsIn(known, message.text);
        if (!parts) continue;
        const recognised = { id: known.id, common: known.common, shown: shownText(known.text), parts };
        if (fits) return recognised;
        other ??= recognised;
        break;
      }
    }
    return other;
  };
  const recognise: TextKeeper['recognise'] = (texts, status, values = []) => {
    const messages = [
      ...texts.map((text) => ({ text, plain: plain(text), isValue: false })),
      ...values.map((text) => ({ text, plain: plain(text), isValue: true })),
    ];
    // Not within the time that a search may take: what is interrupted stays half done.
    const candidates = candidatesFor(messages, prepared());
    const byExpression = () =>
      search(
        ({ expression }, message) => {
          const match = expression().exec(message);
          return match ? { ...match.groups } : undefined;
        },
        candidates,
        messages,
        status,
      );
    // To set a limit of time takes longer than most searches.
    if (!mayTakeLong(candidates, messages)) return byExpression();
    const soon = within(SOON_MS, byExpression);
    if (soon.done) return soon.value;
    // A text that was made to take long is searched in linear time, which takes longer for all others.
    const later = within(LATER_MS, () =>
      search(({ linear }, message) => linear()?.groups(message), candidates, messages, status),
    );
    return later.done ? later.value : undefined;
  };
  const ofSuccess = once(() =>
    createTextKeeper(
      patterns.filter(({ isValue, status }) => isValue === true && status?.some(isOfSuccess) === true),
    ),
  );
  return {
    recognise,
    recogniseInSuccess: (values, status) =>
      values.length === 0 ? undefined : ofSuccess().recognise([], status, values),
  };
}

/** A pattern, with all that is made of it when it is first needed. */
interface Known extends Required<Omit<TextPattern, 'status'>> {
  status: TextPattern['status'];
  /** Whether it is known to come with a success, and with nothing else. */
  isOfSuccess: boolean;
  /** The longest literal piece of it. */
  words: () => string;
  /** Whether it is held against a short message at once. */
  isQuick: () => boolean;
  /** The forms of its places of which a message has to hold each: known before the whole is tried. */
  forms: () => readonly RegExp[];
  expression: () => RegExp;
  linear: () => Pattern | undefined;
}

/** Patterns in the order in which they are tried, and which of them can be said where a word is. */
interface Prepared {
  known: readonly Known[];
  /** By the word that a message has to hold, the places of patterns in that order; those without such a word below ''. */
  byWord: ReadonlyMap<string, readonly number[]>;
}

function prepare(patterns: readonly TextPattern[]): Prepared {
  const known = patterns
    .map(({ id, text, status, common = false, isValue = false }) => {
      const literal = text.includes('{') ? text.replace(PLACE, () => PLACE_MARK) : text;
      return {
        ...{ id, text, status, common, isValue, literal },
        isOfSuccess: status?.every(isOfSuccess) === true,
        length: literalLength(literal),
        words: once(() => longestWordsOf(literal)),
        isQuick: once(() => isQuick(text)),
        forms: once(() => shortFormsOf(text)),
        expression: once(() => compileText(text)),
        linear: once(() => linearly(text)),
      };
    })
    .sort((one, other) => Number(one.common) - Number(other.common) || other.length - one.length);
  const byWord = new Map<string, number[]>();
  for (const [place, { literal }] of known.entries()) {
    const word = longestWordOf(literal);
    const places = byWord.get(word);
    if (places) places.push(place);
    else byWord.set(word, [place]);
  }
  return { known, byWord };
}

/** The patterns that messages can be by the words that they hold, in the order in which they are tried. */
function candidatesFor(messages: readonly Message[], { known, byWord }: Prepared): Known[] {
  const words = new Set(messages.flatMap(({ plain }) => plain.match(/\w+/g) ?? []));
  const places = ['', ...words].flatMap((word) => byWord.get(word) ?? []);
  return places.sort((one, other) => one - other).flatMap((place) => known[place] ?? []);
}

/** Whether a message holds the words of a pattern, and where that would take long to try, also what its places need. */
function mayBe(known: Known, message: Message): boolean {
  return (
    message.isValue === known.isValue &&
    message.plain.includes(known.words()) &&
    (known.isQuick() || known.forms().every((form) => form.test(message.text)))
  );
}

/** Whether an engine may need long for one of the patterns that some of these messages may be. */
function mayTakeLong(candidates: readonly Known[], messages: readonly Message[]): boolean {
  return candidates.some((known) =>
    messages.some(
      (message) =>
        mayBe(known, message) && !(known.isQuick() && message.text.length <= LONGEST_QUICK_MESSAGE),
    ),
  );
}

function isOfSuccess(status: number | string): boolean {
  return String(status).startsWith('2');
}

/** A text pattern as it is kept of an answer that says it: with what varies in it masked. */
export function shownText(text: string): string {
  return text.replace(PLACE, '<$1>');
}

interface Message {
  text: string;
  plain: string;
  isValue: boolean;
}

/** A text in the one form in which the literal words of patterns can be looked for in it. */
function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').replace(/[“”]/g, '"').replace(/’/g, "'");
}

/** The longest literal piece of a pattern: a message that does not hold it is not that text. */
function longestWordsOf(literal: string): string {
  return longest(
    plain(literal.replace(/[.!]+$/, ''))
      .split(/[\uFFFC…]/)
      .map((piece) => piece.trim()),
  );
}

/** The longest word that surely is alone in a text: what a place that varies touches may be a part of a word only. */
function longestWordOf(literal: string): string {
  const alone = literal.includes(PLACE_MARK) ? literal.replace(/\w*\uFFFC\w*/g, () => ' ') : literal;
  return longest(alone.toLowerCase().split(/\W+/));
}

function longest(texts: readonly string[]): string {
  return texts.reduce((found, text) => (text.length > found.length ? text : found), '');
}

/** A message that is no longer, and a text pattern that can be tried on it in so few ways, are held against each other at once. */
const LONGEST_QUICK_MESSAGE = 200;
const MOST_QUICK_WAYS = LONGEST_QUICK_MESSAGE ** 3;

/** Whether the places of a text pattern that vary can be tried on a short message in few ways. */
function isQuick(text: string): boolean {
  const gaps = text.split('…').length - 1;
  const ways = [...text.matchAll(PLACE)].map(([, , form]) =>
    form === undefined ? LONGEST_QUICK_MESSAGE : waysIn(form, LONGEST_QUICK_MESSAGE),
  );
  return ways.reduce((all, one) => all * one, LONGEST_QUICK_MESSAGE ** gaps) <= MOST_QUICK_WAYS;
}

/** The forms that can be tried in fewer ways than a text has characters. */
function shortFormsOf(text: string): RegExp[] {
  return [...text.matchAll(PLACE)].flatMap(([, , form]) =>
    form !== undefined && waysIn(form, LONGEST_QUICK_MESSAGE) < LONGEST_QUICK_MESSAGE
      ? [new RegExp(form, 'i')]
      : [],
  );
}

/** More than ten times what a search of the longest text takes. */
const SOON_MS = 250;
const LATER_MS = 10_000;

/** What stands for a place that varies where only literal words count. */
const PLACE_MARK = '\uFFFC';

const PLACE = /\{([a-z]\w*)(?::((?:[^{}]|\{[^{}]*\})+))?\}/gi;

/** How much a pattern says; of two that say the same, the one without other words says more. */
function literalLength(literal: string): number {
  const words = literal.replace(/[\uFFFC…]/g, '');
  return words.length - (literal.includes('…') ? 0.5 : 0);
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

/** Quotes and blanks around a message, and the stop at its end, are no part of what it says. */
const BEFORE = '^[\\s"\'“”‘’`]*';
const AFTER = '[\\s"\'“”‘’`.!]*$';
/** Where other words may be, those that are known begin and end as words. */
const WORDS_BEFORE = '^(?:[\\s\\S]*[^\\w])?';
const WORDS_BETWEEN = '(?:[^\\w][\\s\\S]*)?[^\\w]';
const WORDS_AFTER = '(?:[^\\w][\\s\\S]*)?$';

function sourceOf(text: string): string {
  const pieces = text.replace(/[.!]+$/, '').split(/\s*…\s*/);
  const words = pieces.filter((piece) => piece !== '').map(wordsOf);
  return (
    (pieces[0] === '' ? WORDS_BEFORE : BEFORE) +
    words.join(WORDS_BETWEEN) +
    (pieces.at(-1) === '' ? WORDS_AFTER : AFTER)
  );
}

function wordsOf(text: string): string {
  let source = '';
  let last = 0;
  for (const match of text.matchAll(PLACE)) {
    const [whole, name = '', form = '[^\\n]{0,200}?'] = match;
    source += literal(text.slice(last, match.index)) + `(?<${name}>${form})`;
    last = match.index + whole.length;
  }
  return source + literal(text.slice(last));
}

function literal(text: string): string {
  return text
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
    .replace(/["“”]/g, '["“”]')
    .replace(/['’]/g, "['’]");
}
