import { once } from '../once.js';
import { compilePattern, type Pattern } from '../pattern/pattern.js';
import { textsOf, type ClientText, type Signature } from '../verdict/signatures.js';
import { lowerCased } from './document.js';
import { isList, namedErrorsIn } from './named-errors.js';
import type { Sentences } from './sentences.js';
import { statusOfName } from './status-names.js';

/** Something that a client says, where it is in a text. */
export interface Hit {
  /** Offsets of the line. */
  from: number;
  to: number;
  /** The offset of the known words in it. */
  at: number;
  says: Pick<ClientText, 'client' | 'code' | 'phase' | 'vague'>;
  /** Of two that are in one trace, the one with the smaller number counts. */
  order: number;
  /** What is in the places that vary, by name. */
  parts: Readonly<Record<string, string>>;
  /** The status that a name in it stands for, where no number does. */
  named?: number | undefined;
}

/** All that clients are known to say. */
export interface Words {
  /** What of it is in a text, in the order of the text. */
  in: (text: string) => Hit[];
  /** Whether a signature knows this error code. */
  isCode: (code: string) => boolean;
}

interface Known extends Pick<Hit, 'says' | 'order'> {
  /** The longest literal words of it, in small letters: where these are not, it is not. */
  words: string;
  pattern: () => Pattern;
}

/** Compiles what clients say. */
export function createWords(
  clients: readonly ClientText[],
  signatures: readonly Signature[],
  { isElsewhere }: Pick<Sentences, 'isElsewhere'>,
): Words {
  const codes = signatures.flatMap(({ failure = [] }) => failure);
  const exact = new Set(codes.filter((code) => !code.endsWith('*')));
  // That of a signature for all failures names none.
  const beginnings = codes.filter((code) => /.\*$/.test(code)).map((code) => code.slice(0, -1));
  const isCode = (code: string) =>
    exact.has(code) || beginnings.some((beginning) => code.startsWith(beginning));
  const known: Known[] = clients
    .flatMap((says) => textsOf(says.says).map((text) => ({ says, text })))
    .map(({ says, text }, order) => ({
      says,
      order,
      words: longestWords(text),
      pattern: once(() => compilePattern(sourceOf(text), { ignoreCase: true })),
    }));
  return {
    isCode,
    in: (text) => {
      const lower = lowerCased(text);
      return [
        ...known.flatMap((one) => hitsOf(one, text, lower, isElsewhere)),
        ...namedIn(text, known.length, isElsewhere),
      ]
        .filter(
          ({ parts, named }) => parts['code'] === undefined || named !== undefined || isCode(parts['code']),
        )
        .sort((one, other) => one.from - other.from || one.order - other.order);
    },
  };
}

/** Errors that are named after a status: they count where nothing more exact is said. */
function namedIn(text: string, order: number, isElsewhere: Sentences['isElsewhere']): Hit[] {
  return namedErrorsIn(text, tellsOfOne, isElsewhere).map(({ from, to, at, status, isNumbered }) => ({
    ...{ from, to, at, order, says: { client: 'a program' } },
    ...(isNumbered ? { parts: { status: String(status) } } : { parts: {}, named: status }),
  }));
}

/** How far around the known words a line is looked at, and how often words are looked for. */
const REACH = 2_000;
const MOST_HITS = 2_000;

function hitsOf(
  { says, order, words, pattern }: Known,
  text: string,
  lower: string,
  isElsewhere: Sentences['isElsewhere'],
): Hit[] {
  const hits: Hit[] = [];
  let at = lower.indexOf(words);
  for (let tried = 0; at >= 0 && tried < MOST_HITS; tried++) {
    const from = Math.max(text.lastIndexOf('\n', at - 1) + 1, at - REACH);
    const end = text.indexOf('\n', at);
    const to = Math.min(end < 0 ? text.length : end, at + words.length + REACH);
    const parts = pattern().groups(text.slice(from, to));
    const line = text.slice(from, to);
    const isFailure = says.code !== undefined || parts?.['code'] !== undefined;
    const isOfOthers = isFailure && (isElsewhere(line) || isList(line) || isCondition(line, at - from));
    const counts = !isOfOthers && (says.vague !== true || tellsOfOne(line, at - from));
    const name = parts?.['name'];
    const named = name === undefined ? undefined : statusOfName(name);
    const isKnown = name === undefined || named !== undefined;
    if (parts && counts && isKnown) hits.push({ from, to, at, says, order, parts, named });
    at = lower.indexOf(words, Math.max(to, at + words.length));
  }
  return hits;
}

/**
 * Whether a line speaks of a request or an error that there was, and not of what there is as a rule: in the sentence that is
 * meant, as advice may follow.
 * @param at an offset in that sentence
 */
function tellsOfOne(line: string, at: number): boolean {
  return SPEAKS_OF_REQUESTS.test(line) && !SPEAKS_OF_RULES.test(sentenceAt(line, at)) && !isList(line);
}

/** Whether a sentence says what happens if something is so. */
function isCondition(line: string, at: number): boolean {
  return CONDITION.test(sentenceAt(line, at));
}

const CONDITION =
  /^[\s"'(*•\d.)-]{0,8}(?:(?:check|see|verify|find out|ensure|make sure|look) (?:whether|if|that)|(?:if|when|whenever|unless|once|should) (?:the|a|an|your|you|its|it|this|that|any|no)) /i;

function sentenceAt(line: string, at: number): string {
  const ends = [...line.matchAll(/[.!?]["')]?\s+(?=[A-Z"'(])/g)].map(
    ({ index, 0: end }) => index + end.length,
  );
  const from = ends.findLast((end) => end <= at) ?? 0;
  return line.slice(
    from,
    ends.find((end) => end > at),
  );
}

const SPEAKS_OF_RULES =
  /\b(?:returns?|may|should|must|will|would|can|could|means|whenever)\b(?! ?[({=]| not\b)/i;
const SPEAKS_OF_REQUESTS =
  /\b(?:GET|POST|PUT|PATCH|DELETE)\b|\b(?:https?|errors?|err|failed|failure|fail|exception|refused|denied|rejected|unauthorized|forbidden|requests?|responses?|upstream|url|uri|call|api|server|status code|endpoint|token|fehler|anfrage|erreur|requête|solicitud|erro|errore|richiesta)\b/i;

const PLACE = /\{([a-z]\w*)(?::((?:[^{}]|\{\d{1,4}(?:,\d{1,4})?\})+))?\}/gi;

/** What is in a place whose form is not given. */
const FORMS: Record<string, string> = {
  status: '[1-5][0-9][0-9]',
  method: '[A-Za-z]{3,7}',
  url: '(?:https?|wss?)://[^\\s\'"`<>()\\[\\]{}]+',
  host: '[A-Za-z0-9._-]+',
  port: '[0-9]{1,5}',
  path: '/[^\\s\'"`<>()]*',
  code: '[A-Z][A-Z0-9_]{3,60}',
  name: '[A-Za-z][A-Za-z_-]{3,60}',
  error: '[a-z][a-z_]{3,60}',
  said: '[^\\n]{1,1000}',
};

/** Between quotes, an address may have brackets. */
const QUOTED_URL = '(?:https?|wss?)://[^\\s"]+';

/**
 * The pattern for a text: its words as they are, any number of blanks where it has one, and places as groups.
 * @throws SyntaxError when the form of a place is none
 */
export function sourceOf(text: string): string {
  let source = /^(?:\w|\{status\b)/.test(text) ? '(?:^|[^A-Za-z0-9_])' : '';
  let last = 0;
  for (const match of text.matchAll(PLACE)) {
    const [whole, name = '', form = FORMS[name] ?? '[^\\n]*?'] = match;
    const isQuotedUrl = whole === '{url}' && text[match.index - 1] === '"' && text[match.index + 5] === '"';
    source += literal(text.slice(last, match.index)) + `(?<${name}>${isQuotedUrl ? QUOTED_URL : form})`;
    last = match.index + whole.length;
  }
  const isWord = /\w$/.test(text) || /\{(?:status|code|host|port)\}$/.test(text);
  return source + literal(text.slice(last)) + (isWord ? '(?:[^A-Za-z0-9_]|$)' : '');
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s+');
}

function longestWords(text: string): string {
  // Of a place that is the whole text, the words that its form begins with.
  const begun = text.replace(
    PLACE,
    (_whole, _name: string, form: string | undefined) =>
      `\n${/^[\w :]{0,200}/.exec(form ?? '')?.[0] ?? ''}\n`,
  );
  const isPlace = text.replace(PLACE, '').trim() === '';
  const pieces = (isPlace ? begun : text.replace(PLACE, '\n')).split(/\s*\n\s*|\s{2,}/);
  const longest = pieces.reduce((best, piece) => (piece.length > best.length ? piece : best), '');
  return longest.toLowerCase();
}
