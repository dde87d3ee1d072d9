import { statusOfReason } from '../exchange/status.js';
import { linesOf } from './lines.js';
import { isNamedError, statusOfClass } from './status-names.js';

/** A status that a line of a program names, and where. */
export interface NamedError {
  /** Offsets of the line. */
  from: number;
  to: number;
  /** The offset of the name in the text. */
  at: number;
  status: number;
  /** Whether the number itself is there, and not a name of it only. */
  isNumbered: boolean;
}

/**
 * The statuses that errors are named after, in the lines of a text: the class of an exception (`ForbiddenError: …`), a number
 * right behind such a class (`ApiException: (403)`), a number and its own name beside each other (`Forbidden (403)`).
 * @param tellsOfOne whether a line speaks, at an offset, of a request that there was
 * @param isElsewhere whether it is about something else than HTTP
 */
export function namedErrorsIn(
  text: string,
  tellsOfOne: (line: string, at: number) => boolean,
  isElsewhere: (line: string) => boolean,
): NamedError[] {
  return linesOf(text).flatMap(({ from, to, text: whole }) => {
    const line = whole.slice(0, LONGEST);
    if (!MAY_NAME.test(line) || isElsewhere(line)) return [];
    const found = numberedIn(line) ?? classIn(line) ?? pairIn(line, tellsOfOne);
    return found
      ? [{ from, to, at: from + found.index, status: found.status, isNumbered: found.isNumbered }]
      : [];
  });
}

const LONGEST = 2_000;
/** A number of a status, or a name of which one can be meant. */
const MAY_NAME = /\b[45]\d\d\b|[A-Z][a-z]|HTTP/;

interface Named {
  index: number;
  status: number;
  isNumbered: boolean;
}

/** Whether a line is the error of a program, a compiler or a database itself, and is not about a host. */
export function isOfLanguage(line: string): boolean {
  return (
    /^\s{0,8}(?:[\w.]{0,120}\.)?(?:Key|Value|Type|Index|Attribute|Name|Assertion|Lookup|Syntax|Import|ModuleNotFound|FileNotFound|IsADirectory|Reference|Range|Recursion|ZeroDivision|Unicode\w{0,10}|Integrity|Operational|Programming)Error\b/.test(
      line,
    ) ||
    /\b(?:NullPointer|IllegalArgument|IllegalState|ClassCast|IndexOutOfBounds|ArrayIndex\w{1,20}|NumberFormat|ClassNotFound|NoSuchMethod|NoSuchField|FileNotFound|DateTimeParse|Concurrent\w{1,20})Exception\b/.test(
      line,
    ) ||
    /^(?:DETAIL|HINT|STATEMENT|CONTEXT|SQLSTATE)\b/.test(line)
  );
}

/** Whether a line names several statuses in a row, or says what a commit is about: it describes no answer. */
export function isList(line: string): boolean {
  return LISTS.test(line);
}

const LISTS =
  /\b[45]\d\d [A-Z][\w ]{2,40}(?:,| and| or|\/) [45]\d\d\b|^\W{0,4}(?:feat|fix|docs|chore|refactor|test|perf)(?:\([\w/-]{1,40}\))?!?: /;

/** The name of a class, and the modules or packages that it is in. */
const CLASS = /(?<![\w.$:\\@/-])((?:[A-Za-z_]\w{0,60}(?:\.|::|\\|\$)){0,10})([A-Z]\w{2,60})/g;
/** What is before the class of an exception that a program reports. */
const BEFORE =
  /(?:^|[:\]>|–—-][ \t]{0,4}|["'`(=][ \t]?|\b(?:error|err|warn|warning|info|fatal|uncaught|exception|rejection|failed|with|due to|by|unexpected|caused by)[: \t]{1,3}|\d[ \t])$/i;
const CODE = /\b(?:new|class|throws?|raises?|except|catch|import|extends|rescue|return|case|instanceof)\b/;

/** `ForbiddenError: …`, `Octokit::NotFound: …`, alone on its line or before what it says. */
function classIn(line: string): Named | undefined {
  if (CODE.test(line) && !/\bexcept(?:ion)?:/i.test(line)) return undefined;
  for (const { index, 0: whole, 1: modules = '', 2: name = '' } of line.matchAll(CLASS)) {
    if (modules === '' && !isNamedError(name)) continue;
    const behind = line.slice(index + whole.length);
    if (!/^(?:: ?\S|:?\s{0,8}$| \[|["'] ?[,)]|: ?$)/.test(behind)) continue;
    const status = BEFORE.test(line.slice(0, index))
      ? (statusOfClass(name) ?? statusSaid(name, behind))
      : undefined;
    if (status !== undefined) return { index, status, isNumbered: false };
  }
  return undefined;
}

/** `ApiError: Forbidden - check your credentials`, `Error: Unauthorized`: the name of the status as the message. */
function statusSaid(name: string, behind: string): number | undefined {
  const [, said = ''] = /^: ([A-Z].{0,200})/.exec(behind) ?? [];
  const words = said.split(/[^A-Za-z-]+/, 5);
  const status = words
    .map((_, count) => statusOfReason(words.slice(0, count + 1).join(' ')))
    .find((one) => one !== undefined);
  const isAll = statusOfReason(said) !== undefined;
  if (name === 'Error') return isAll && WORDS_OF_HTTP.has(status ?? 0) ? status : undefined;
  return /http|api|request|response|client|rest|fetch/i.test(name) ? status : undefined;
}

/** Statuses whose names nothing else is called by. */
const WORDS_OF_HTTP: ReadonlySet<number> = new Set([401, 403, 405, 415, 422, 429, 500, 502, 503, 504]);

/** A number right behind the class of an exception: `ApiException: (403)`, `HttpError 403`, `NotFoundError(404, '…')`. */
function numberedIn(line: string): Named | undefined {
  if (CODE.test(line)) return undefined;
  const [whole, name, status] =
    /(?<![\w$@-])((?:[A-Za-z_][\w.:$\\]{0,200})?(?:Error|Exception|Failure)|[A-Z][\w.:$\\]{2,200})(?:: ?\(?|\(| )(?:(?:HTTP|status|code|http error)[ :=]{1,2})?([45]\d\d)(?=[\s,:;)\]'"]|$)(?! ?(?:ms|s|rows?|bytes|items?|times|seconds|records)\b)/.exec(
      line,
    ) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  const last = name.split(/[.:$\\]/).at(-1) ?? '';
  if (OF_LANGUAGES.test(last)) return undefined;
  if (!isNamedError(last) && statusOfClass(last) !== Number(status)) return undefined;
  // `Error 404` alone is any number.
  if (/^error$/i.test(last) && !/[:(]/.test(whole)) return undefined;
  return { index: line.indexOf(whole), status: Number(status), isNumbered: true };
}

const OF_LANGUAGES =
  /^(?:Key|Value|Index|Type|Assertion|Syntax|Lookup|Reference|Range|Integrity|Operational|Programming|Database|Parse\w*|Zero\w*|NumberFormat|IndexOutOfBounds|IllegalArgument)(?:Error|Exception)$/;

/** A number beside what HTTP calls it: `(403): Forbidden`, `Forbidden (HTTP 403)`, `Unauthorized; error code: 401`. */
function pairIn(line: string, tellsOfOne: (line: string, at: number) => boolean): Named | undefined {
  const found = pairsIn(line, tellsOfOne);
  // Several in one line are a list of what there is.
  return new Set(found.map(({ status }) => status)).size === 1 ? found[0] : undefined;
}

function pairsIn(line: string, tellsOfOne: (line: string, at: number) => boolean): Named[] {
  const found: Named[] = [];
  for (const match of line.matchAll(/(?<![\w./:-]|[$€£]\s?)([45]\d\d)(?![\w.%])/g)) {
    const [, number = ''] = match;
    const status = Number(number);
    const behind = /^[\s)\]:,;"'(|–—-]{1,6}([A-Za-z][A-Za-z-]*(?: [A-Za-z-]{1,20}){0,4})/.exec(
      line.slice(match.index + 3, match.index + 90),
    )?.[1];
    const before =
      /([A-Za-z][A-Za-z-]{0,30}(?: [A-Za-z-]{1,20}){0,4})["')\]]?[\s:,;(["'-]{1,4}(?:(?:HTTP|status|code|error code|status code|http status|statuscode)[ :=]{1,3})?$/i.exec(
        line.slice(Math.max(0, match.index - 120), match.index),
      )?.[1];
    const phrase =
      (behind === undefined ? undefined : phraseOf(behind.split(' '), status, true)) ??
      (before === undefined ? undefined : phraseOf(before.split(' '), status, false));
    // The name of the status may itself be called a request, or speak of a refusal.
    const blank = ' '.repeat(phrase?.length ?? 0);
    if (
      phrase !== undefined &&
      tellsOfOne(
        line.replaceAll(phrase, () => blank),
        match.index,
      )
    ) {
      found.push({ index: match.index, status, isNumbered: true });
    }
  }
  return found;
}

/** The words at the beginning of others, or at their end, that are the name of a status. */
function phraseOf(words: readonly string[], status: number, isFirst: boolean): string | undefined {
  return words
    .map((_, index) => (isFirst ? words.slice(0, index + 1) : words.slice(index)).join(' '))
    .find((phrase) => statusOfReason(phrase) === status);
}
