import { within } from '../bounded/within.js';
import type { Exchange } from '../exchange/exchange.js';
import { compileWords, plainWordsOf } from '../exchange/plain-words.js';
import { isReasonPhrase, isStatus } from '../exchange/status.js';
import { shownText } from '../exchange/texts.js';
import { isObject, type Json } from '../json.js';
import { onceFor } from '../once.js';
import { compilePattern, type Pattern } from '../pattern/pattern.js';
import { textsOf, type Signature } from './signatures.js';

/** A signature that fits an exchange, and how well. */
export interface Match {
  signature: Signature;
  /** The sum of the weights of the features that fit. */
  score: number;
  /**
   * Whether something fitted that only this kind of refusal has: its own text, its own header, its error code, or two
   * features together that others have as well. One of these alone names nobody.
   */
  specific: boolean;
  /** Whether the answer says a text that nobody else says. */
  byText: boolean;
  /** Whether it says a text that others say as well. */
  byCommonWords: boolean;
  /** Whether it has a header that nobody else sends. */
  byHeader: boolean;
}

/**
 * Several features are weighed, and never the text alone: owners of gateways can rewrite bodies. What a
 * signature says of status, kind of body, members and request has to be so; of text and headers it is enough
 * that one is so, as the other may have been rewritten. What others say or send as well (`common`, `passes`) has to be
 * there together, where a signature names both.
 */
const WEIGHTS = {
  headers: 5,
  /** A header that is on all that passes through. */
  passes: 2,
  /** Both of these at once. */
  together: 4,
  failure: 8,
  members: 2,
  status: 1,
  /** `4xx` says less than 404. */
  statusClass: 0.5,
  body: 1,
  request: 1,
  /** The answer has the header that the signature names, but with another value: somebody else's. */
  otherHeader: -4,
};

const WEIGHTS_OF_TEXT = {
  own: 8,
  /** A text that everybody says. */
  common: 2,
  /** The answer holds a known error text, but not that of the signature. */
  other: -2,
};

/** What came, as far as it says something of a refusal. */
export type Received =
  | {
      kind: 'answer';
      /** Undefined where it is not known. */
      status: number | undefined;
      responseHeaders: Readonly<Record<string, string>>;
      /** Undefined where the body is not known. */
      bodyShape: Json | undefined;
      message: string | undefined;
    }
  | { kind: 'failure'; code: string };

/** What is known of the request; undefined where it is not known. */
export interface RequestFacts {
  /** Whether it went to the token endpoint. */
  isToken: boolean | undefined;
  /** Whether credentials were sent. */
  isAuthorised: boolean | undefined;
}

/** What came in an exchange. */
export function receivedIn(exchange: Exchange): Received {
  const { status, failure = '', responseHeaders, bodyShape, message } = exchange;
  if (status === null) return { kind: 'failure', code: failure.split(' ')[0] ?? '' };
  return {
    kind: 'answer',
    status,
    responseHeaders,
    bodyShape: bodyShape as Json,
    message,
  };
}

/** The signatures that fit an exchange, best first. */
export function matchSignatures(
  exchange: Exchange,
  signatures: readonly Signature[],
  { isToken }: { isToken: boolean },
): Match[] {
  const isAuthorised = exchange.requestHeaders.includes('authorization');
  return matchReceived(receivedIn(exchange), signatures, { isToken, isAuthorised });
}

/** The signatures that fit what came, best first. */
export function matchReceived(
  came: Received,
  signatures: readonly Signature[],
  asked: RequestFacts,
): Match[] {
  return signatures
    .flatMap((signature) => matchOne(came, signature, asked) ?? [])
    .sort((one, other) => other.score - one.score);
}

function matchOne(came: Received, signature: Signature, asked: RequestFacts): Match | undefined {
  // Plain words alone are no feature of an answer.
  if (signature.words !== undefined) return undefined;
  const { failure, ambiguous = false } = signature;
  if (came.kind === 'failure') {
    if (failure?.some((known) => fits(known, came.code)) !== true) return undefined;
    return { signature, score: WEIGHTS.failure, specific: ambiguous !== true, ...OF_NO_ANSWER };
  }
  if (failure) return undefined;
  const said = textOf(came, signature);
  // Most signatures have words only, and are ruled out by them, which takes no time.
  if ((said === 'nothing' || said === 'other') && !signature.headers && !signature.passes) return undefined;
  const kind = kindOf(came.bodyShape);
  const required = weighRequired(came, kind, signature, asked);
  if (required === undefined) return undefined;
  const own = headersIn(came, signature.headers);
  const passing = headersIn(came, signature.passes);
  if (!isNamed({ said, own, passing, isJson: kind === 'json' })) return undefined;
  // A status that is not known fits every one, so something else has to fit.
  if (came.status === undefined && signature.status && !isSpecific(said, own) && said !== 'common')
    return undefined;
  const together = said === 'common' && passing === 'fits';
  return {
    signature,
    score:
      required +
      (said === undefined || said === 'nothing' ? 0 : WEIGHTS_OF_TEXT[said]) +
      (own === 'fits' ? WEIGHTS.headers * Object.keys(signature.headers ?? {}).length : 0) +
      (own === 'other' ? WEIGHTS.otherHeader : 0) +
      (passing === 'fits' ? WEIGHTS.passes : 0) +
      (together ? WEIGHTS.together : 0),
    specific: (isSpecific(said, own) || together) && ambiguous !== true,
    byText: said === 'own',
    byCommonWords: said === 'common',
    byHeader: own === 'fits',
  };
}

const OF_NO_ANSWER = { byText: false, byCommonWords: false, byHeader: false } as const;

/**
 * The last resort for what is known in no other way: the first signature of which plain words are in one of the messages.
 * It never says more than `possible`.
 */
export function matchPlainWords(
  came: Received & { kind: 'answer' },
  messages: readonly string[],
  signatures: readonly Signature[],
  asked: RequestFacts,
): Match | undefined {
  const plain = messages.slice(0, MOST_MESSAGES).map(plainWordsOf);
  const kind = kindOf(came.bodyShape);
  for (const signature of signatures) {
    if (signature.words === undefined) continue;
    if (weighRequired(came, kind, signature, asked) === undefined) continue;
    if (!plainPatternsOf(signature).some((pattern) => plain.some((one) => pattern.test(one)))) continue;
    return { signature, score: 0, specific: false, byText: false, byCommonWords: true, byHeader: false };
  }
  return undefined;
}

/** A refusal says in its first messages what it is. */
const MOST_MESSAGES = 60;

const plainPatternsOf = onceFor(({ words }: Signature): RegExp[] => textsOf(words).map(compileWords));

/** How much of what has to fit a signature names; undefined where something of it does not fit. */
function weighRequired(
  came: Received & { kind: 'answer' },
  kind: string,
  { status, body, members, request }: Signature,
  asked: RequestFacts,
): number | undefined {
  let score = 0;
  const sent = came.status;
  if (status && sent !== undefined) {
    if (!status.some((wanted) => isStatus(sent, wanted))) return undefined;
    score += status.includes(sent) ? WEIGHTS.status : WEIGHTS.statusClass;
  }
  if (body) {
    if (!body.some((wanted) => wanted === kind)) return undefined;
    score += WEIGHTS.body;
  }
  if (members) {
    if (!members.every((path) => hasMember(came.bodyShape, path.split('.')))) return undefined;
    score += WEIGHTS.members * members.length;
  }
  if (request) {
    const { authorization, token } = request;
    if (authorization !== undefined && authorization !== asked.isAuthorised) return undefined;
    if (token !== undefined && token !== asked.isToken) return undefined;
    score += WEIGHTS.request;
  }
  return score;
}

/** What the answer says, held against the texts of a signature; undefined when it has none. */
type Said = 'own' | 'common' | 'other' | 'nothing' | undefined;
/** What headers of the answer are, held against those that a signature names; undefined when it names none. */
type Sent = 'fits' | 'other' | 'missing' | undefined;

/** Whether words and headers of an answer are enough for a signature. */
function isNamed({
  said,
  own,
  passing,
  isJson,
}: {
  said: Said;
  own: Sent;
  passing: Sent;
  isJson: boolean;
}): boolean {
  if (said === undefined && own === undefined && passing === undefined) return true;
  if (said === 'own' || own === 'fits') return true;
  // What everybody says, or what is on every answer, needs the other beside it, where both are named.
  if (said === 'common') return passing === 'fits' || (own === undefined && passing === undefined);
  // A page with such a header may well be that of the server which sets it; JSON is that of an application.
  return passing === 'fits' && (said === undefined || !isJson);
}

/** Whether words or headers are such as only one kind of refusal has. */
function isSpecific(said: Said, own: Sent): boolean {
  return said === 'own' || own === 'fits';
}

function textOf({ message }: Received & { kind: 'answer' }, signature: Signature): Said {
  const { own, common } = wordsOf(signature);
  if (own.size + common.size === 0) return undefined;
  if (message === undefined) return 'nothing';
  const words = plainForm(message);
  if (own.has(words)) return isReasonPhrase(message) ? 'common' : 'own';
  if (common.has(words)) return 'common';
  return isReasonPhrase(message) ? 'nothing' : 'other';
}

/** A text in the one form in which those that are the same words are equal. */
function plainForm(shown: string): string {
  return shown.toLowerCase().replace(/[.!]+$/, '');
}

/** The texts of a signature as answers that say them are kept. */
const wordsOf = onceFor(({ text, values, common }: Signature): Words => {
  const formsOf = (texts: readonly string[]) => new Set(texts.map((one) => plainForm(shownText(one))));
  return { own: formsOf([...textsOf(text), ...textsOf(values)]), common: formsOf(textsOf(common)) };
});

interface Words {
  own: ReadonlySet<string>;
  common: ReadonlySet<string>;
}

function headersIn(
  { responseHeaders }: Received & { kind: 'answer' },
  wanted: Record<string, string> | undefined,
): Sent {
  if (wanted === undefined) return undefined;
  const entries = Object.entries(wanted);
  const fit = entries.every(([name, pattern]) => {
    const value = responseHeaders[name];
    return value !== undefined && matches(pattern, value);
  });
  if (fit) return 'fits';
  return entries.some(([name]) => responseHeaders[name] !== undefined) ? 'other' : 'missing';
}

const compiled = new Map<string, Pattern>();

/** Whether a header has the form that a signature gives it. Where that cannot be known in time, it has not. */
function matches(source: string, value: string): boolean {
  const pattern = compiled.get(source) ?? compilePattern(source, { ignoreCase: true });
  compiled.set(source, pattern);
  if (pattern.linear) return pattern.test(value);
  const came = within(LONGEST_MS, () => pattern.test(value));
  return came.done && came.value;
}

const LONGEST_MS = 100;

function fits(known: string, code: string): boolean {
  return known.endsWith('*') ? code.startsWith(known.slice(0, -1)) : code === known;
}

/** What kind of body a shape was made of. */
export function kindOf(shape: Json | undefined): string {
  if (shape === undefined) return 'not known';
  if (typeof shape !== 'string') return 'json';
  const word = shape.split(' ')[0] ?? '';
  return ['html', 'xml', 'text', 'empty', 'unreadable'].includes(word) ? word : 'json';
}

function hasMember(shape: Json | undefined, [name, ...rest]: string[]): boolean {
  if (name === undefined) return true;
  // The members of the items of a list count as its own: `[{ "msg": … }]` has `msg`.
  if (Array.isArray(shape)) return shape.some((item) => hasMember(item, [name, ...rest]));
  if (!isObject(shape)) return false;
  const inner = shape[name] ?? shape[`${name}?`];
  return inner !== undefined && hasMember(inner, rest);
}
