import { readBody, type Body } from '../exchange/body.js';
import { messagesOf } from '../exchange/messages.js';
import { recordAnswer, type AnswerAsItCame, type Redaction } from '../exchange/record.js';
import { isReasonPhrase, statusOfReason } from '../exchange/status.js';
import { valuesOf, valuesOfSuccess } from '../exchange/values.js';
import type { Json } from '../json.js';
import { isSuccess } from '../targets/reply.js';
import {
  kindOf,
  matchReceived,
  matchPlainWords,
  type RequestFacts,
  type Received,
  type Match,
} from '../verdict/match.js';
import { readAlone, type Reading } from '../verdict/reading.js';
import { say, type Said } from '../verdict/sentences.js';
import type { Signature } from '../verdict/signatures.js';
import { namedStatus } from './named-status.js';
import type { Pasted, PastedAnswer, PastedFailure, PastedRequest } from './paste.js';
import { isCodeAndMessage, isThing, looksRefused, saysFailed, saysFine } from './refused.js';
import { speaksOfError } from './incomplete.js';

/** What was kept of a refusal, judged by itself. */
export interface Judged {
  kind: 'refusal';
  reading: Reading;
  confidence: 'possible' | 'likely';
  /** What came, in a few words. */
  came: string;
  /** From where the status is known, and what else is odd about it. */
  notes: readonly Said[];
  /** Why it is as sure as it is. */
  why: Said;
}

/** An answer by which nothing is refused. */
export interface Fine {
  kind: 'success';
  /** Undefined where only the body says it. */
  status: number | undefined;
  came: string;
}

/** Judges what was kept; undefined where nothing can be said of it. */
export function judge(
  { request, reply }: Pasted,
  signatures: readonly Signature[],
  redaction: Redaction,
): Judged | Fine | undefined {
  if (reply.kind === 'failure') return judgeFailure(reply, signatures);
  // What answers a CONNECT is a proxy, and the host was not reached (RFC 9110, section 9.3.6).
  if (request.method === 'CONNECT' && reply.status !== undefined && !isSuccess(reply.status))
    return judgeFailure({ kind: 'failure', code: codeOfProxy(reply.status), client: undefined }, signatures);
  const bench: Bench = { asked: askedIn(request), request, reply, signatures, redaction };
  const { status } = reply;
  if (status === undefined) return judgeBody(bench);
  const notes = notesOn(status, reply);
  const judged = isFine(status) ? judgeSuccess(bench, status) : judgeRefusal(bench, status);
  return judged?.kind !== 'refusal' ? judged : { ...judged, notes: [...notes, ...judged.notes] };
}

/** All that an answer is judged with. */
interface Bench {
  asked: RequestFacts;
  request: PastedRequest;
  reply: PastedAnswer;
  signatures: readonly Signature[];
  redaction: Redaction;
}

function askedIn({ method, url, credentials }: PastedRequest): RequestFacts {
  const isTokenPath = url === undefined ? undefined : /oauth|token/i.test(url.replace(/\?.*$/s, ''));
  return {
    isToken:
      isTokenPath === false || (method !== undefined && method !== 'POST') ? false : method && isTokenPath,
    isAuthorised: credentials === 'unknown' ? undefined : credentials === 'sent',
  };
}

/** Whether the status is that of an answer to which nothing is wrong (RFC 9110, sections 15.3 and 15.4.5). */
function isFine(status: number): boolean {
  return isSuccess(status) || status === 304;
}

function notesOn(status: number, { statusFrom }: PastedAnswer): Said[] {
  if (statusFrom === 'body') return [say('status-in-body', { status })];
  return statusFrom === 'flag' ? [say('status-beside', { status })] : [];
}

function judgeFailure(
  { code, client, isInPlainWords = false }: PastedFailure,
  signatures: readonly Signature[],
): Judged {
  const known = matchReceived({ kind: 'failure', code }, signatures, NOTHING_KNOWN);
  const matches =
    known.length > 0 ? known : matchReceived({ kind: 'failure', code: NO_ANSWER }, signatures, NOTHING_KNOWN);
  const judged = judgedBy(matches, null, {
    came: matches[0]?.signature.layer === 'network' ? `no answer (${code})` : `an answer (${code})`,
    notes: [],
    why: isInPlainWords ? say('plain-words', {}) : say('client-says', { client: client ?? 'the client' }),
  });
  return isInPlainWords ? { ...judged, confidence: 'possible' } : judged;
}

function codeOfProxy(status: number): string {
  return status === 407 ? 'PROXY_AUTH_REQUIRED' : 'PROXY_REFUSED';
}

/** The code for a failure of which nothing else is known. */
const NO_ANSWER = 'NO_ANSWER';

const NOTHING_KNOWN: RequestFacts = { isToken: undefined, isAuthorised: undefined };

/** What came of an answer, with another status than it has, or none. */
function cameOf({ reply, redaction }: Bench, status: number | undefined): Received & { kind: 'answer' } {
  const { responseHeaders, bodyShape, message } = recordAnswer(answerOf(reply, status), redaction);
  return {
    kind: 'answer',
    status,
    responseHeaders,
    bodyShape: reply.body === undefined ? undefined : bodyShape,
    message,
  };
}

/** What people paste is neither compressed nor always whole: what cannot be read as what it is said to be is a text. */
function answerOf(
  { headers = [], body = Buffer.alloc(0) }: PastedAnswer,
  status: number | undefined,
): AnswerAsItCame {
  const kept = headers
    .filter(([name]) => name !== 'content-encoding')
    .map(([name, value]): [string, string] => [name, value]);
  const answer: AnswerAsItCame = { status: status ?? null, headers: kept, body, incomplete: undefined };
  if (readBody(answer).kind !== 'unreadable') return answer;
  return { ...answer, headers: kept.filter(([name]) => name !== 'content-type') };
}

/** A refusal by its status. */
function judgeRefusal(bench: Bench, status: number): Judged {
  const came = cameOf(bench, status);
  const matches = matchReceived(came, bench.signatures, bench.asked);
  const shown = { came: briefly(status, came.message), notes: [] };
  const [first] = matches;
  const rival = rivalInWords(bench, came, first);
  if (rival) return rival;
  if (first?.specific === true || (saysWhatItKnows(first) && !isVague(came, first))) {
    return judgedBy(matches, status, { ...shown, why: undefined });
  }
  // Words that only one kind of refusal has say what they say with another status as well, if less surely.
  const anyStatus = cameOf(bench, undefined);
  const telling = matchReceived(anyStatus, bench.signatures, bench.asked).filter(
    ({ byText, specific }) => byText && specific,
  );
  const [best] = telling;
  if (!best || isRefusalWithTrace(best, status)) {
    const plain = judgePlainWords(bench, came);
    return (
      (first?.byText === true && !isRival(plain, first) ? undefined : plain) ??
      judgedBy(matches, status, { ...shown, why: undefined })
    );
  }
  return {
    ...judgedBy(telling, status, {
      came: briefly(status, anyStatus.message),
      notes: [],
      why: say('words-with-other-status', { stack: best.signature.stack }),
    }),
    confidence: 'possible',
  };
}

/** Whether words are those of a crash, and the status is that of a refusal, which may hold a trace as well. */
function isRefusalWithTrace({ signature }: Match, status: number): boolean {
  return signature.cause === 'crashed' && status < 500;
}

/**
 * Whether of what it says only a part is known that names nobody, or the name of a status: then all its words are looked at
 * first.
 */
function isVague({ message = '' }: Received & { kind: 'answer' }, best: Match | undefined): boolean {
  const namesNobody = /^(?:any|an? .*)$/.test(best?.signature.stack ?? 'any');
  return namesNobody && (message.includes('…') || isReasonPhrase(message));
}

/** Whether plain words say which it is of those that a mere code leaves open. */
function isRival(judged: Judged | undefined, { signature: { text, rivals = [] } }: Match): boolean {
  return text === undefined && rivals.some(({ cause }) => cause === judged?.reading.cause);
}

/** What plain words say where a code is telling beside other answers only, and they name one of its rivals. */
function rivalInWords(
  bench: Bench,
  came: Received & { kind: 'answer' },
  best: Match | undefined,
): Judged | undefined {
  if (best?.signature.ambiguous !== 'alone') return undefined;
  const plain = judgePlainWords(bench, came);
  return isRival(plain, best) ? plain : undefined;
}

/** What the plain words of an answer say; undefined where they say nothing that its status allows. */
function judgePlainWords(
  bench: Bench,
  came: Received & { kind: 'answer' },
  status = came.status,
): Judged | undefined {
  const messages = messagesOf(readBody(answerOf(bench.reply, came.status)));
  // The name of a status says no more than the status.
  const inBody = messages.filter((message) => !isReasonPhrase(message));
  const stated = inBody.length > 0 ? inBody : messagesInHeaders(bench.reply);
  const match = matchPlainWords(came, stated, bench.signatures, bench.asked);
  if (!match) return undefined;
  return judgedBy([match], status ?? null, {
    came: briefly(status, undefined),
    notes: [],
    why: say('plain-words', {}),
  });
}

/** What the headers of an answer say of the error, where its body says nothing: `x-error-message: Employee not found`. */
function messagesInHeaders({ headers = [] }: PastedAnswer): string[] {
  return headers.flatMap(([name, value]) => (OF_ERROR.test(name) && /[a-z]{3}/i.test(value) ? [value] : []));
}

const OF_ERROR =
  /^(?:x-)?[\w-]{0,40}(?:error|fault|reason|errormessage)(?:-?(?:message|msg|text|description|detail))?$|^grpc-message$/;

/** Whether words were recognised, though they are not those of one kind of refusal only. */
function saysWhatItKnows(match: Match | undefined): boolean {
  return match?.byCommonWords === true;
}

/** A body without its status: what its words say, where they are known. */
function judgeBody(bench: Bench): Judged | Fine | undefined {
  if (saysFine(readBody(answerOf(bench.reply, undefined))))
    return { kind: 'success', status: undefined, came: briefly(undefined, undefined) };
  const named = statusInWords(bench.reply);
  // With its number the status is named, and not only its name used.
  if (named?.isNumbered === true) return judgeByName(bench, named.status);
  const came = cameOf(bench, undefined);
  const matches = matchReceived(came, bench.signatures, bench.asked);
  const notes = [say('status-not-shown', {})];
  const shown = { came: briefly(undefined, came.message), notes, why: undefined };
  const rival = rivalInWords(bench, came, matches[0]);
  if (rival) return { ...rival, notes };
  if (matches.some(({ specific }) => specific)) {
    return isTraceOnly(came, matches) ? undefined : judgedBy(matches, null, shown);
  }
  // Words that many use are also data.
  if (!looksRefused(readBody(answerOf(bench.reply, undefined)))) return undefined;
  const plain = judgePlainWords(bench, came);
  const [first] = matches;
  const isSettled = first !== undefined && !isVague(came, first) && !isRival(plain, first);
  if (isSettled) return judgedBy(matches, null, shown);
  if (plain) return { ...plain, notes };
  if (matches.length > 0) return judgedBy(matches, null, shown);
  return named === undefined ? undefined : { ...judgeByName(bench, named.status), confidence: 'possible' };
}

/**
 * Whether it is the trace of a program that may never have asked or answered anything. An entry that names texts among its bodies
 * is one of what is only said to whoever asked.
 */
function isTraceOnly({ bodyShape }: Received & { kind: 'answer' }, matches: readonly Match[]): boolean {
  const isPage = matches.some(({ signature: { body = [] } }) => body.includes('text'));
  return matches[0]?.signature.cause === 'crashed' && !isPage && kindOf(bodyShape) === 'text';
}

/** A body whose words are the name of a status. */
function judgeByName(bench: Bench, status: number): Judged {
  const judged = judgeRefusal(bench, status);
  return { ...judged, notes: [say('status-in-words', { status }), ...judged.notes] };
}

/** The status whose name, as HTTP has it, is a message of the body. */
function statusInWords(reply: PastedAnswer): { status: number; isNumbered: boolean } | undefined {
  const messages = messagesOf(readBody(answerOf(reply, undefined)));
  const named = messages.flatMap((message) => {
    const status = statusOfReason(message);
    return status === undefined ? [] : [{ status, isNumbered: /\d/.test(message) }];
  });
  return named.find(({ isNumbered }) => isNumbered) ?? named[0];
}

/** An answer with the status of a success: it may be a refusal all the same. */
function judgeSuccess(bench: Bench, status: number): Judged | Fine | undefined {
  const came = cameOf(bench, status);
  const fine: Fine = { kind: 'success', status, came: briefly(status, undefined) };
  if (saysFine(readBody(answerOf(bench.reply, status)))) return fine;
  const kind = kindOfBody(bench.reply, came.bodyShape);
  if (kind === 'json') return judgeData(bench, status, came) ?? fine;
  if (kind === 'xml') return judgeXml(bench, status, came) ?? fine;
  const isWanted = kind === 'html' && isPageWanted(bench.request);
  const matches = matchReceived(came, bench.signatures, bench.asked).filter((match) => {
    if (isWanted) return match.byText && match.specific && isInFront(match.signature);
    return match.byText || match.byHeader || (kind === 'html' && match.byCommonWords);
  });
  if (matches.length > 0) {
    const notes = [
      kind === 'html' ? say('page-in-success', { status }) : say('refusal-in-success', { status }),
    ];
    return judgedBy(matches, status, { came: briefly(status, came.message), notes, why: undefined });
  }
  if (kind === 'html') return isWanted ? fine : judgePage(bench, status);
  if (kind !== 'text') return fine;
  return judgeText(bench, status) ?? (saysError(bench.reply) ? undefined : fine);
}

/** Whether a text is no data, but an error in words that nobody is known by. */
function saysError({ body = Buffer.alloc(0) }: PastedAnswer): boolean {
  return body.length <= LONGEST_ERROR && speaksOfError(body.toString());
}

const LONGEST_ERROR = 600;

/** Whether it is something in front of every page that answers so. */
function isInFront({ layer }: Signature): boolean {
  return layer === 'edge' || layer === 'network';
}

function kindOfBody({ headers, body }: PastedAnswer, shape: Json | undefined): string {
  if (body !== undefined && body.length > 0) return kindOf(shape);
  const type = headers?.find(([name]) => name === 'content-type')?.[1] ?? '';
  return /\bhtml\b/i.test(type) ? 'html' : 'none';
}

/** JSON with the status of a success: a refusal where the body says so itself. */
function judgeData(bench: Bench, status: number, came: Received & { kind: 'answer' }): Judged | undefined {
  const { reply, signatures, asked } = bench;
  const notes = [say('refusal-in-success', { status })];
  if (came.message !== undefined && !isThing(readBody(answerOf(reply, status)))) {
    const matches = matchReceived(came, signatures, asked);
    const plain = matches[0]?.specific === true ? undefined : judgePlainWords(bench, came);
    if (plain) return { ...plain, notes };
    return judgedBy(matches, status, { came: briefly(status, came.message), notes, why: undefined });
  }
  const body = readBody(answerOf(reply, status));
  const named = body.kind === 'json' ? namedStatus(body.value) : undefined;
  if (named !== undefined) {
    const judged = judgeRefusal(bench, named);
    const against = say('status-against-body', { status, named });
    return {
      ...judged,
      confidence: 'possible',
      came: briefly(status, undefined),
      notes: [against, ...judged.notes],
    };
  }
  // A JSON string is a text.
  if (body.kind === 'json' && typeof body.value === 'string') return judgeText(bench, status);
  return judgeWhatFailed(bench, status, body);
}

/** A success of which the body says in some way that it is none. */
function judgeWhatFailed(bench: Bench, status: number, body: Body): Judged | undefined {
  const { signatures, asked, redaction } = bench;
  const notes = [say('refusal-in-success', { status })];
  const values = valuesOfSuccess(body).filter((value) => !NOTHING_WRONG.test(value));
  // What a thing says of itself is data.
  const general = isThing(body) ? undefined : redaction.texts.recogniseInSuccess(values, status);
  const isFailure = saysFailed(body);
  const words = cameOf(bench, undefined);
  if (!general && !isFailure) {
    const plain = isCodeAndMessage(body) ? judgePlainWords(bench, words, status) : undefined;
    return plain && { ...plain, notes };
  }
  const matches = matchReceived(words, signatures, asked).filter(
    ({ byText, byCommonWords }) => byText || byCommonWords,
  );
  const shown = { came: briefly(status, words.message), notes, why: undefined };
  const bySign =
    [general?.shown, isFailure ? FAILED : undefined]
      .map((message) =>
        message === undefined ? [] : matchReceived({ ...words, message }, signatures, asked),
      )
      .find((found) => found.length > 0) ?? [];
  if (matches.length === 0 && bySign.length === 0 && !looksRefused(body)) return undefined;
  const plain = matches[0]?.specific === true ? undefined : judgePlainWords(bench, words, status);
  if (plain) return { ...plain, notes };
  if (matches.length > 0) return { ...judgedBy(matches, null, shown), confidence: 'possible' };
  if (bySign.length === 0) return undefined;
  return judgedBy(bySign, null, { ...shown, came: briefly(status, general?.shown) });
}

/** What stands for all forms in which a body says that it failed. */
const FAILED = 'success: false';

/** That a member for errors says that there is none. */
const NOTHING_WRONG =
  /^(?:err|fault|exception)[\w.]*: (?:none|null|nil|false|ok|okay|success(?:ful)?|no[ _-]?errors?|n\/a|-|0+)\.?$/i;

/** XML with the status of a success: a refusal where its outermost element is an error. */
function judgeXml(bench: Bench, status: number, came: Received & { kind: 'answer' }): Judged | undefined {
  const matches = matchReceived(came, bench.signatures, bench.asked).filter(({ byText }) => byText);
  const notes = [say('refusal-in-success', { status })];
  const rival = rivalInWords(bench, came, matches[0]);
  if (rival) return { ...rival, notes };
  if (matches.length > 0) {
    return judgedBy(matches, status, { came: briefly(status, came.message), notes, why: undefined });
  }
  const body = readBody(answerOf(bench.reply, status));
  if (body.kind !== 'xml') return undefined;
  const [, outermost = ''] = OUTERMOST.exec(body.text.slice(0, 2_000)) ?? [];
  if (!NAME_OF_ERROR.test(outermost)) return judgeWhatFailed(bench, status, body);
  const named = valuesOf(body).map(
    (value) => /^(?:status|statusCode|code|http\w*): ([45]\d\d)$/i.exec(value)?.[1],
  );
  const number = named.find((one) => one !== undefined);
  const judged = judgeText(bench, status);
  if (judged) return judged;
  const by = judgeRefusal(bench, number === undefined ? 400 : Number(number));
  const against =
    number === undefined ? notes : [say('status-against-body', { status, named: Number(number) })];
  return {
    ...by,
    confidence: 'possible',
    came: briefly(status, undefined),
    notes: [...against, ...by.notes],
  };
}

/** The outermost element of XML is the first that is no declaration and no comment. */
const OUTERMOST = /<(?![?!])(?:[\w-]+:)?([\w.-]+)[\s/>]/;
const NAME_OF_ERROR = /error|exception|fault$|^problem$/i;

/** A text with the status of a success, in the words of a refusal. */
function judgeText(bench: Bench, status: number): Judged | undefined {
  const came = cameOf(bench, undefined);
  const matches = matchReceived(came, bench.signatures, bench.asked).filter(
    ({ byText, byCommonWords }) => byText || byCommonWords,
  );
  const notes = [say('refusal-in-success', { status })];
  const shown = { came: briefly(status, came.message), notes, why: undefined };
  if (matches.length > 0) return { ...judgedBy(matches, null, shown), confidence: 'possible' };
  const named = statusInWords(bench.reply);
  if (named === undefined) {
    const failed = judgeWhatFailed(bench, status, readBody(answerOf(bench.reply, status)));
    return failed && { ...failed, confidence: 'possible' };
  }
  const judged = judgeRefusal(bench, named.status);
  return { ...judged, confidence: 'possible', notes: [...notes, ...judged.notes] };
}

/** A page where data was asked for, as far as is known: all that is known is that it came. */
function judgePage({ signatures, reply }: Bench, status: number): Judged {
  const matches = matchReceived({ kind: 'failure', code: PAGE }, signatures, NOTHING_KNOWN);
  const isShown = reply.body !== undefined && reply.body.length > 0;
  return judgedBy(matches, status, {
    came: briefly(status, undefined),
    notes: [say('page-in-success', { status })],
    why: isShown ? say('form-alone', {}) : say('status-alone', {}),
  });
}

/** The code by which clients say that a page came where data was asked for. */
const PAGE = 'NOT_JSON';

/** Whether it was a page that was asked for: by a browser, and not at the address of an API. */
function isPageWanted({ url, headers }: PastedRequest): boolean {
  const accepts = headers['accept'] ?? '';
  if (/\bjson\b|\bxml\b(?!.*\bhtml\b)/i.test(accepts))
    return /\btext\/html\b/i.test(accepts) && !isOfApi(url);
  return /\btext\/html\b/i.test(accepts) && !isOfApi(url);
}

function isOfApi(url = ''): boolean {
  return /^(?:[a-z]+:)?\/\/api[.-]|[/.-](?:api|v\d+|rest|graphql|fhir|odata|oauth2?|rpc)(?:[/?.-]|$)/i.test(
    url,
  );
}

/** What signatures say, the best first. */
function judgedBy(
  matches: readonly Match[],
  status: number | null,
  { came, notes, why }: { came: string; notes: readonly Said[]; why: Said | undefined },
): Judged {
  const reading = readAlone(status, matches);
  const [best] = matches;
  const isOne = status !== null || isOneKind(matches);
  const isClear = reading.specific && isOne && best?.signature.ambiguous !== 'alone';
  const confidence = isClear ? 'likely' : 'possible';
  return { kind: 'refusal', reading, confidence, came, notes, why: why ?? reasonOf(best) };
}

/** Whether words that came without a status are those of one kind of refusal only. */
function isOneKind(matches: readonly Match[]): boolean {
  const causes = new Set(matches.filter(({ byText }) => byText).map(({ signature }) => signature.cause));
  return causes.size <= 1;
}

/** Why a reading is as sure as it is. */
function reasonOf(best: Match | undefined): Said {
  if (!best) return say('status-alone', {});
  const { stack } = best.signature;
  if (best.specific) {
    return best.byText || best.byCommonWords ? say('words-of', { stack }) : say('header-of', { stack });
  }
  if (best.byText) return say('words-of-several-causes', { stack });
  if (best.byCommonWords) return say('words-of-many', {});
  return best.signature.body || best.signature.members ? say('form-alone', {}) : say('status-alone', {});
}

function briefly(status: number | undefined, message: string | undefined): string {
  if (message === undefined) return status === undefined ? 'a body' : String(status);
  return `${status === undefined ? 'a body' : String(status)}, “${message}”`;
}
