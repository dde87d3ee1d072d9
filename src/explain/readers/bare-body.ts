import { isArray, isObject, parseJson, type Json, type JsonObject } from '../../json.js';
import { createTextKeeper, type TextKeeper, type TextPattern } from '../../exchange/texts.js';
import { elementsOfInterchange } from '../../exchange/interchange.js';
import { isReasonPhrase } from '../../exchange/status.js';
import { once } from '../../once.js';
import { balancedEnd, documentAt } from '../document.js';
import { isBlank, linesOf } from '../lines.js';
import { saysFine } from '../refused.js';
import { isList, isOfLanguage } from '../named-errors.js';
import { UNKNOWN_REQUEST, type Found, type Reader } from '../paste.js';
import type { Sentences } from '../sentences.js';

/**
 * The body of a refusal alone, without its status: JSON that speaks of an error, a page, XML, or a line that is a known
 * refusal. Any other text is none.
 * @param texts the error texts that signatures know
 */
export function bareBody(
  texts: readonly TextPattern[],
  { isElsewhere }: Pick<Sentences, 'isElsewhere'>,
): Reader {
  const keeper = once(() => createTextKeeper(texts));
  const own = once(() => createTextKeeper(texts.filter(({ common }) => common !== true)));
  return {
    id: 'bare-body',
    about: 'the body of a refusal alone (JSON, a page, XML, or a known sentence)',
    read: (text) => {
      const documents = documentsIn(text, isElsewhere);
      return documents.length > 0 ? documents : sentencesIn(text, { keeper, own, isElsewhere });
    },
  };
}

const MOST = 20;

function documentsIn(text: string, isElsewhere: (line: string) => boolean): Found[] {
  const interchange = text.search(/^(?:(?:ISA|ST)[*|^]|MS[HA]\||UN[ABH][+:])/m);
  if (interchange >= 0 && elementsOfInterchange(text.slice(interchange)).length > 0)
    return [foundOf(text.slice(interchange), interchange, text.length)];
  const found: Found[] = [];
  let to = 0;
  let left = LONGEST_SEARCHED;
  for (const { index } of text.matchAll(OPENING)) {
    if (index < to || found.length >= MOST || left <= 0) continue;
    // What a database says of itself, no host has answered.
    if (isElsewhere(text.slice(text.lastIndexOf('\n', index) + 1, index).slice(-1_000))) continue;
    const document = text[index] === '<' ? documentAt(text, index) : errorAt(text, index);
    left -= (document?.to ?? balancedEnd(text, index) ?? text.length) - index;
    if (!document) continue;
    to = document.to;
    found.push(foundOf(document.text, index, document.to));
  }
  return found;
}

const LONGEST_SEARCHED = 20_000_000;
/** JSON, a page, or XML that is called an error. */
const OPENING =
  /\{\s{0,80}"|(?<![\w)] ?)\{\s{0,80}'[\w-]{1,60}'\s{0,4}:|\[\s{0,80}\{|<!doctype html|<html[\s>]|(?<![^\n])<(?:h[12]|title|body|center)[\s>]|<\?xml |<(?:[\w-]{1,20}:)?(?:error|errors|fault|envelope|errorresponse|exception|operationoutcome|(?:samlp|saml2p):(?:status|response))(?:\s{0,4}\/?>|\s{1,8}[\w:.-]{1,60}=)/gi;

function errorAt(text: string, from: number): { text: string; to: number } | undefined {
  const to = balancedEnd(text, from);
  if (to === undefined) return undefined;
  const body = text.slice(from, to);
  // A program prints it as a value of its own: `{'error': 'invalid_token'}`, `{"error"=>"invalid_token"}`.
  const shown = parseJson(body) === undefined ? documentAt(text, from)?.text : body;
  const value = shown === undefined ? undefined : parseJson(shown);
  return shown !== undefined &&
    value !== undefined &&
    (speaksOfError(value) || isFineAlone(text, from, to, value))
    ? { text: shown, to }
    : undefined;
}

/** Whether a text is little else than an answer that says that nothing was refused. */
function isFineAlone(text: string, from: number, to: number, value: Json): boolean {
  return to - from >= text.trim().length * MOST_OF_TEXT && saysFine({ kind: 'json', value, text: '' });
}

const MOST_OF_TEXT = 0.6;

/** Members that errors have, and what is no error seldom. */
const TELLING =
  /^(?:errors?|error_?(?:description|code|message|type|details|summary|id|uri)|err|errmsg|fault(?:string|code)?|exception(?:type|message)?|message|(?:tpp|error|validation|fault|status)?_?messages|msg|message_?(?:summary|detail)|__type|resultcode|violations|non_field_errors|problem|reason_?phrase)$/i;
/** Members that are beside others in errors. */
const BESIDE =
  /^(?:status|statuscode|status_code|code|reason|details?|title|type|success|ok|timestamp|path|instance|request_?id|trace_?id)$/i;

function speaksOfError(value: Json): boolean {
  if (isArray(value))
    return (
      value.length > 0 && value.length <= MOST && value.every((item) => isObject(item) && speaksOfError(item))
    );
  if (!isObject(value)) return false;
  if (value['resourceType'] === 'OperationOutcome') return true;
  const names = Object.keys(value);
  if (names.length === 0 || names.length > MOST) return false;
  if (namedStatus(value) !== undefined) return true;
  const telling = names.filter((name) => TELLING.test(name) && value[name] !== null && value[name] !== '');
  const beside = names.filter((name) => BESIDE.test(name));
  // A message of a person has an author; one of an error stands nearly alone.
  return telling.length > 0
    ? telling.length + beside.length >= names.length / 2
    : beside.length >= 2 && beside.length === names.length;
}

function foundOf(text: string, from: number, to: number): Found {
  const status = statusIn(text);
  return {
    from,
    to,
    pasted: [
      {
        request: UNKNOWN_REQUEST,
        reply: {
          kind: 'answer',
          status,
          statusFrom: status === undefined ? undefined : 'body',
          headers: undefined,
          body: Buffer.from(text),
        },
      },
    ],
  };
}

/** The status that a body names itself: as a member (RFC 9457, section 3.1.2), or as the title of a page. */
function statusIn(text: string): number | undefined {
  if (text.startsWith('<')) {
    const [, titled] =
      /<(?:title|h1)[^>]{0,200}>\s{0,80}(?:http (?:status|error) |error )?([45]\d\d)\b/i.exec(
        text.slice(0, 20_000),
      ) ?? [];
    return titled === undefined ? undefined : Number(titled);
  }
  const value = parseJson(text);
  const object = isArray(value) ? value[0] : value;
  return isObject(object) ? namedStatus(object) : undefined;
}

const STATUS_NAMES =
  /^(?:status|statuscode|status_code|httpstatus|http_status|httpstatuscode|httpcode|http_code|code|errorcode|error_code)$/i;
const INNER = /^(?:error|errors|fault|status|meta|response|detail)$/i;

function namedStatus(value: JsonObject, depth = 0): number | undefined {
  for (const [name, member] of Object.entries(value)) {
    const isNumber = typeof member === 'number' || (typeof member === 'string' && /^\d{3}$/.test(member));
    if (STATUS_NAMES.test(name) && isNumber && Number(member) >= 400 && Number(member) <= 599)
      return Number(member);
    const [, named] =
      typeof member === 'string' ? (/^HTTP(?:\/[\d.]{1,3})? ([45]\d\d)\b/.exec(member) ?? []) : [];
    if (named !== undefined) return Number(named);
  }
  if (depth > 1) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const inner = isArray(member) ? member[0] : member;
    const found = INNER.test(name) && isObject(inner) ? namedStatus(inner, depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A text with more lines is no error message. */
const MOST_LINES = 40;
const LONGEST_LINE = 400;

/** Whether a line is one of a program, or of a paper on what answers mean. */
function isOfProgram(line: string): boolean {
  return OF_TRACE.test(line) || OF_PAPERS.test(line) || isList(line);
}

/** What an error of a client of HTTP repeats of the answer: `GaxiosError: Request had insufficient scopes.` */
function withoutClass(line: string): string {
  const [, said] =
    /^(?:uncaught )?(?!(?:Type|Syntax|Reference|Range|Value|Key|Runtime|Import|Name)Error)[A-Z]\w{2,60}Error: (.*)$/i.exec(
      line,
    ) ?? [];
  return said ?? line;
}

const OF_PAPERS = /\b(?:means that|(?:is|are) returned (?:when|if)|indicates that|status codes\.)\b/i;
/** The class of an exception, or what a program prints around it. */
const OF_TRACE =
  /^(?:caused by\b|traceback \(most|php (?:fatal|warning)\b|suppressed:|nested exception|at \S|file ")|^[\w.]{0,80}(?:Error|Exception)\b(?! (?:\d|de |en |in |interno|del |do |du ))|^(?:[A-Z]\w{0,40}::){1,4}\w{1,60}: |\b(?:[a-z]\w{0,40}\.){2,10}[A-Z]\w{0,60}(?:Error|Exception)\b/i;

/**
 * Lines that are known refusals, and nothing that others say as well, unless it is all that was pasted; or a part of a line that
 * is one: what is in quotes, or behind a colon or an arrow. Lines beside each other are of one page.
 */
function sentencesIn(
  text: string,
  {
    keeper,
    own,
    isElsewhere,
  }: { keeper: () => TextKeeper; own: () => TextKeeper; isElsewhere: (line: string) => boolean },
): Found[] {
  const lines = linesOf(text).filter((line) => !isBlank(line));
  if (lines.length > MOST_LINES) return [];
  const isAlone = lines.length === 1;
  const known = lines.flatMap((line) => {
    const stated = withoutClass(line.text.trim());
    if (stated.length > LONGEST_LINE || isElsewhere(line.text)) return [];
    // The error of a program, and of which one is not said.
    const isOwn = (one: string) => own().recognise([one]) !== undefined;
    // The error of a program, and of which one is not said.
    const isMessage = !isOfProgram(stated) && !(isAlone && ASKS.test(stated));
    const isHeading = line === lines[0] && lines.length <= MOST_LINES_OF_PAGE && NAME_OF_STATUS.test(stated);
    const isCommon = () =>
      (isHeading && isReasonPhrase(stated)) ||
      (isAlone && (keeper().recognise([stated]) !== undefined || isReasonPhrase(stated)));
    const part =
      (isMessage && isOwn(stated) ? stated : partsOf(stated).find(isOwn)) ??
      (isMessage && isCommon() ? stated : undefined);
    return part === undefined ? [] : [{ line, said: part }];
  });
  const [first] = known;
  if (!first) return [];
  const page = lines.length <= MOST_LINES_OF_PAGE ? known : [first];
  return [
    foundOf(page.map(({ said }) => said).join('\n'), first.line.from, page.at(-1)?.line.to ?? first.line.to),
  ];
}

/** The text of a page of an error has no more. */
const MOST_LINES_OF_PAGE = 10;
/** The name of a status in several words: one alone can be anything. */
const NAME_OF_STATUS = /^[A-Z][A-Za-z-]{1,30}(?: [A-Z][A-Za-z-]{1,30}){1,5}$/;
const ASKS = /\?(?:\s|$)/;

/** Parts of a line that may be what a host has said, the longest first. */
function partsOf(line: string): string[] {
  if (OF_PAPERS.test(line) || isList(line) || isOfLanguage(line)) return [];
  // A question may be on what was said.
  const isRule = OF_RULES.test(line);
  if (isRule && !ASKS.test(line)) return [];
  const quoted = [...line.matchAll(/(?<!\w)b?(?:"([^"]{8,300})"|'([^']{8,300})'|`([^`]{8,300})`)/g)].map(
    ([, double, single, back]) => double ?? single ?? back ?? '',
  );
  if (isRule) return quoted.filter((part) => part.length >= SHORTEST_PART);
  const behind = [...line.matchAll(/(?::|->|=>|=|→)\s+(?=[\w"'[(])/g)]
    .slice(0, MOST_PARTS)
    .map(({ index, 0: sign }) => line.slice(index + sign.length));
  return [withoutPrompt(line), ...behind.map(withoutPrompt), ...quoted].filter(
    (part) => part !== line && part.length >= SHORTEST_PART,
  );
}

const MOST_PARTS = 8;
const SHORTEST_PART = 8;
/** What a rule on answers has. */
const OF_RULES = /\b(?:if|when(?! \w+ing\b)|whenever|means?|returns?|raised|thrown)\b/i;

/** A line without the prompt that is behind a body which ends without a line feed. */
function withoutPrompt(line: string): string {
  return line.replace(
    /\s?(?:[\w.-]{1,40}@[\w.-]{1,60}[:~][^\s$#]{0,80}|[~/][^\s$#]{0,80}|(?:ba)?sh-[\d.]{1,8})?\s?[$#%❯>]\s*$/,
    '',
  );
}
