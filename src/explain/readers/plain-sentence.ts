import { isArray, isObject, parseJson } from '../../json.js';
import { valuesOf } from '../../exchange/values.js';
import { balancedEnd, documentAt } from '../document.js';
import { errorTextsIn, NAMES_ERRORS } from '../error-texts.js';
import { isBlank, linesOf, type Line } from '../lines.js';
import { isList, isOfLanguage } from '../named-errors.js';
import { UNKNOWN_REQUEST, type Found, type Pasted, type Reader } from '../paste.js';
import type { Sentences } from '../sentences.js';

/**
 * A sentence or a code that refuses something, in words that nobody is known by: in a line that is called an error, in a member
 * of one, or where little else was pasted. Read only where no other reader has found anything.
 */
export function plainSentence(sentences: Sentences): Reader {
  return {
    id: 'plain-sentence',
    about: 'a sentence that says what was refused',
    isOfWhole: true,
    read: (text) => {
      const documents = documentsOf(text);
      const inDocuments = documents.flatMap((document) => documentFound(document, sentences) ?? []);
      if (inDocuments.length > 0) return inDocuments.slice(0, 1);
      // Of an answer only its members for errors count.
      const isWithin = ({ from, to }: Line) => documents.some((one) => one.from < to && from < one.to);
      const lines = linesOf(text).filter((line) => !isBlank(line) && !isWithin(line));
      if (lines.length > MOST_LINES) return [];
      const isShort = lines.length <= FEW_LINES && !OF_PEOPLE.test(text);
      for (const line of lines) {
        const reply = saidBy(line, isShort, sentences);
        if (reply) return [foundOf(reply, line.from, line.to)];
      }
      return lines.flatMap((line) => noticeOf(line, sentences) ?? []).slice(0, 1);
    },
  };
}

/** What a team has thought of, and no vendor writes. */
const OF_PROPOSALS =
  /\b(?:we|i|they|team) (?:have )?(?:considered|decided|chose|evaluated|discussed|agreed|proposed?)\b/i;

/** A line of a mail or of a page on outages by which something was refused. */
function noticeOf(line: Line, { noticeIn, isElsewhere }: Sentences): Found | undefined {
  const text = line.text.slice(0, LONGEST_LINE);
  if (OF_PROPOSALS.test(text) || OF_SOURCE.test(text) || OF_HARMLESS_LEVEL.test(text) || isElsewhere(text))
    return undefined;
  const stated = noticeIn(text);
  if (stated === undefined) return undefined;
  const unknown = { status: undefined, statusFrom: undefined, headers: undefined };
  return foundOf({ kind: 'answer', ...unknown, body: Buffer.from(stated) }, line.from, line.to);
}

const MOST_LINES = 400;
/** So few lines are an error, and nothing in which one is quoted. */
const FEW_LINES = 3;
/** What people write to each other, and no program prints. */
const OF_PEOPLE =
  /\?(?=\s|$)|\b(?:hi|hello|dear|thanks|anyone|anybody|somebody|colleagues?|guys|folks|hallo|bonjour|hola)\b/im;

/** What a line says by which something is refused, or by which no answer came about. */
function saidBy(line: Line, isShort: boolean, sentences: Sentences): Pasted['reply'] | undefined {
  const text = line.text.slice(0, LONGEST_LINE).replace(/[\s,]+$/, '');
  if (isOfLanguage(text) || isList(text) || OF_PROPOSALS.test(text) || sentences.isElsewhere(text))
    return undefined;
  if (OF_HARMLESS_LEVEL.test(text) && !/\w(?:Error|Exception)\b/.test(text)) return undefined;
  const isMember = /^\s{0,80}"[\w-]{1,60}"\s{0,4}:\s/.test(text);
  if (OF_SOURCE.test(text) && !isMember) return undefined;
  const printed = /^\[1\] "([^"]{2,600})"$/.exec(text)?.[1];
  const isOther = sentences.isOther(text);
  const members = [...(isOther ? [] : text.matchAll(MEMBER))]
    .map(([, value = '']) => value)
    .concat(printed ?? []);
  const named = members.map((value) => sentences.replyIn(value)).find((one) => one !== undefined);
  if (named) return named;
  if (!isShort && !MARK.test(text)) return undefined;
  const bare = withoutBeginning(text);
  const whole = sentences.replyIn(bare);
  return whole || isOther ? whole : sentences.replyIn(bare.replace(/^[^:]{0,120}: /, ''));
}

const LONGEST_LINE = 2_000;

/** A member that holds what went wrong, as programs print it: `message: "…"`, `[error] => …`, `code = …`. */
const MEMBER =
  /(?<![\w-])["'[(:]{0,2}(?:\w{0,30}_?message|msg|\w{0,30}error\w{0,20}|code|err|error type|reason\w{0,10}|details?|description|title|fault\w{0,10}|exception|category|status_?text|motivo|xmotivo|mensagem|mensaje|meldung|fehler|erreur)["'\])]{0,2}\s{0,30}(?:=>|[:=])\s{0,4}(?:Some\(|\[|<|string\(\d{1,6}\) )?["'`]?([^\n"`]{2,600})/gi;

/** What a line is called an error by: its level, a mark, the class of an exception. */
const MARK =
  /\b(?:errors?|err|fatal|failed|failure|fails|exception|panic(?:ked)?|denied|refused|rejected|unauthori[sz]ed|forbidden|critical|crit|warn(?:ing)?|fault|severe|throttl\w+|time-?outs?|timed out|fehler|erreur|erro|errore|fehlgeschlagen)\b|(?:Error|Exception|Fault)\b|ERR!|[✘✗✖×❌⛔]|^\s{0,8}[!›»]\s/i;

/** What is before the words of a line: a time, a level, a mark, who writes. */
const BEFORE =
  /^\s{0,40}(?:exception in thread "[^"\n]{1,80}" |(?:uncaught |unhandled exception[.:] {0,2})?(?:[\w$]{1,60}[.:\\]{1,2}){0,10}\w{0,60}(?:Error|Exception|Fault): |\[[^\]\n]{1,60}\]|\d[\d:.,TZ+/-]{4,40}|(?:ERROR|WARN(?:ING)?|FATAL|CRITICAL|SEVERE|ERR!)[:\s|-]{0,3}|[✘✖›»❌])\s{0,8}/i;
const MOST_BEFORE = 4;

function withoutBeginning(line: string): string {
  let bare = line;
  for (let count = 0; count < MOST_BEFORE; count++) bare = bare.replace(BEFORE, '');
  return bare;
}

/** A line of a log on which nothing went wrong. */
const OF_HARMLESS_LEVEL = /^[^a-z]{0,80}(?:\[?\b(?:info|debug|trace|notice|verbose)\b\]?)/i;

/** A line of a program, a test or a paper. */
const OF_SOURCE =
  /^\s{0,80}(?:at [\w$.<(]|File "|#\d{1,3} |\S{1,200}\.\w{1,5}[:(]\d+[:,)]|\S{1,200}: (?:error|warning): |error(?:\[E\d+\]| [A-Z]{2}\d{4})|\.{3} \d|from \/|in `|raise |throw |return |import |def |class |if |else\b|except\b|catch\b|const |let |var |func |fn |pub |public |private |assert\b|expect\b|\/\/|\/\*|\*\s|#\s|--\s|<!--|\|)|(?:=>|[{(;,])\s*$|^\s{0,8}(?:[-*+•]|\d{1,2}[.)]) (?!.*\b(?:error|failed|denied)\b)/i;

interface Document {
  from: number;
  to: number;
  /** What its members for errors say. */
  texts: readonly string[];
}

const MOST_DOCUMENTS = 20;

function documentsOf(text: string): Document[] {
  const found: Document[] = [];
  let to = 0;
  let left = LONGEST_SEARCHED;
  for (const { index } of text.matchAll(/[{[](?=\s{0,80}["'{])|<(?=[a-z][\w:.-]{0,60}[\s>])/gi)) {
    if (index < to || found.length >= MOST_DOCUMENTS || left <= 0) continue;
    if (text[index] === '<') {
      const document = documentAt(text, index, index + LONGEST_DOCUMENT);
      if (document?.kind !== 'xml' || !/<\/[\w:.-]{1,60}>$|\/>$/.test(document.text)) continue;
      to = document.to;
      found.push({ from: index, to, texts: textsOfXml(document.text) });
      continue;
    }
    const end = balancedEnd(text, index, index + LONGEST_DOCUMENT);
    left -= end === undefined ? LONGEST_DOCUMENT : end - index;
    const document = end === undefined ? undefined : documentAt(text, index, end);
    const value = document && parseJson(document.text);
    // A name in brackets is a member of what a program prints.
    const isDocument = isObject(value) || (isArray(value) && value.some(isObject));
    if (!document || !isDocument) continue;
    const texts = errorTextsIn(value);
    // What a language prints of its own values may look like a document.
    if (texts.length === 0 && parseJson(text.slice(index, end)) === undefined) continue;
    to = document.to;
    found.push({ from: index, to, texts });
  }
  return found;
}

const LONGEST_DOCUMENT = 20_000;
/** So many characters are searched in all: brackets that are never closed may not cost a search each. */
const LONGEST_SEARCHED = 2_000_000;

/** An answer of which members that speak of errors say that something was refused, or that none came about. */
function documentFound({ from, to, texts }: Document, sentences: Sentences): Found | undefined {
  const replies = texts.flatMap((text) => sentences.replyIn(text) ?? []);
  const bodies = replies.flatMap((reply) => (reply.kind === 'answer' ? (reply.body?.toString() ?? []) : []));
  const [first] = replies;
  if (first?.kind !== 'answer') return first && foundOf(first, from, to);
  const body = Buffer.from([...new Set(bodies)].join('\n').slice(0, LONGEST_SAID));
  return foundOf({ ...first, body }, from, to);
}

const LONGEST_SAID = 500;
function textsOfXml(text: string): string[] {
  return valuesOf({ kind: 'xml', text }).flatMap((value) => {
    const at = value.indexOf(': ');
    return NAMES_ERRORS.test(value.slice(0, at)) ? [value.slice(at + 2)] : [];
  });
}

function foundOf(reply: Pasted['reply'], from: number, to: number): Found {
  return { from, to, pasted: [{ request: UNKNOWN_REQUEST, reply }] };
}
