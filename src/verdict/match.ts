import { within } from '../bounded/within.js';
import type { Exchange } from '../exchange/exchange.js';
import { isReasonPhrase, isStatus } from '../exchange/status.js';
import { shownText } from '../exchange/texts.js';
import { isObject, type Json } from '../json.js';
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
}

/**
 * Several features are weighed, and never the text alone: owners of gateways can rewrite bodies. What a
 * signature says of status, kind of body, members and request has to be so; of text and headers it is enough
 * that one is so, as the other may have been rewritten. What others say or send as well (`common`, `passes`) has to be
 * there together, where a signature names both.
 */
const WEIGHTS = {
  text: 8,
  /** A text that everybody says. */
  common: 2,
  headers: 5,
  /** A header that stands on all that passes through. */
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
  /** The answer holds a known error text, but not that of the signature. */
  otherText: -2,
  /** The answer has the header that the signature names, but with another value: somebody else's. */
  otherHeader: -4,
};

/** The signatures that fit an exchange, best first. */
export function matchSignatures(
  exchange: Exchange,
  signatures: readonly Signature[],
  context: { isToken: boolean },
): Match[] {
  return signatures
    .flatMap((signature) => matchOne(exchange, signature, context) ?? [])
    .sort((one, other) => other.score - one.score);
}

function matchOne(
  exchange: Exchange,
  signature: Signature,
  context: { isToken: boolean },
): Match | undefined {
  const { status, body, members, request, failure } = signature;
  let score = 0;
  if (failure) {
    const code = exchange.failure?.split(' ')[0] ?? '';
    if (exchange.status !== null || !failure.some((known) => fits(known, code))) return undefined;
    return { signature, score: WEIGHTS.failure, specific: true, byText: false };
  }
  if (exchange.status === null) return undefined;
  if (status) {
    if (!status.some((wanted) => isStatus(exchange.status, wanted))) return undefined;
    score += status.includes(exchange.status) ? WEIGHTS.status : WEIGHTS.statusClass;
  }
  if (body) {
    if (!body.some((kind) => kind === kindOf(exchange.bodyShape as Json))) return undefined;
    score += WEIGHTS.body;
  }
  if (members) {
    if (!members.every((path) => hasMember(exchange.bodyShape as Json, path.split('.')))) return undefined;
    score += WEIGHTS.members * members.length;
  }
  if (request) {
    const authorised = exchange.requestHeaders.includes('authorization');
    if (request.authorization !== undefined && request.authorization !== authorised) return undefined;
    if (request.token !== undefined && request.token !== context.isToken) return undefined;
    score += WEIGHTS.request;
  }
  const said = textOf(exchange, signature);
  const own = headersIn(exchange, signature.headers);
  const passing = headersIn(exchange, signature.passes);
  if (!isNamed({ said, own, passing, isJson: kindOf(exchange.bodyShape as Json) === 'json' }))
    return undefined;
  if (said === 'own') score += WEIGHTS.text;
  else if (said === 'common') score += WEIGHTS.common;
  else if (said === 'other') score += WEIGHTS.otherText;
  if (own === 'fits') {
    score += WEIGHTS.headers * Object.keys(signature.headers ?? {}).length;
  } else if (own === 'other') score += WEIGHTS.otherHeader;
  if (passing === 'fits') score += WEIGHTS.passes;
  const together = said === 'common' && passing === 'fits';
  if (together) score += WEIGHTS.together;
  const telling = said === 'own' || own === 'fits' || together;
  return {
    signature,
    score,
    specific: telling && signature.ambiguous !== true,
    byText: said === 'own',
  };
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
  // What everybody says, or what stands on every answer, needs the other beside it, where both are named.
  if (said === 'common') return passing === 'fits' || (own === undefined && passing === undefined);
  // A page with such a header may well be that of the server which sets it; JSON is that of an application.
  return passing === 'fits' && (said === undefined || !isJson);
}

function textOf(exchange: Exchange, { text, common }: Signature): Said {
  if (text === undefined && common === undefined) return undefined;
  const message = exchange.message;
  if (message === undefined) return 'nothing';
  const isSaid = (pattern: string) => shownText(pattern) === message;
  if (textsOf(text).some(isSaid)) return isReasonPhrase(message) ? 'common' : 'own';
  if (textsOf(common).some(isSaid)) return 'common';
  return isReasonPhrase(message) ? 'nothing' : 'other';
}

function headersIn(exchange: Exchange, wanted: Record<string, string> | undefined): Sent {
  if (wanted === undefined) return undefined;
  const entries = Object.entries(wanted);
  const fit = entries.every(([name, pattern]) => {
    const value = exchange.responseHeaders[name];
    return value !== undefined && matches(pattern, value);
  });
  if (fit) return 'fits';
  return entries.some(([name]) => exchange.responseHeaders[name] !== undefined) ? 'other' : 'missing';
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
export function kindOf(shape: Json): string {
  if (typeof shape !== 'string') return 'json';
  const word = shape.split(' ')[0] ?? '';
  return ['html', 'xml', 'text', 'empty', 'unreadable'].includes(word) ? word : 'json';
}

function hasMember(shape: Json, [name, ...rest]: string[]): boolean {
  if (name === undefined) return true;
  // The members of the items of a list count as its own: `[{ "msg": … }]` has `msg`.
  if (Array.isArray(shape)) return shape.some((item) => hasMember(item, [name, ...rest]));
  if (!isObject(shape)) return false;
  const inner = shape[name] ?? shape[`${name}?`];
  return inner !== undefined && hasMember(inner, rest);
}
