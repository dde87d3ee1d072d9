import { within } from '../bounded/within.js';
import type { Exchange } from '../exchange/exchange.js';
import { isStatus } from '../exchange/status.js';
import { isObject, type Json } from '../json.js';
import { compilePattern, type Pattern } from '../pattern/pattern.js';
import type { Signature } from './signatures.js';

/** A signature that fits an exchange, and how well. */
export interface Match {
  signature: Signature;
  /** The sum of the weights of the features that fit. */
  score: number;
  /** Whether something fitted that only this kind of refusal has: its text, its header, its error code. */
  specific: boolean;
  /** Whether its text stands in the answer. */
  byText: boolean;
}

/**
 * Several features are weighed, and never the text alone: owners of gateways can rewrite bodies. What a
 * signature says of status, kind of body, members and request has to be so; of text and headers it is enough
 * that one is so, as the other may have been rewritten.
 */
const WEIGHTS = {
  text: 8,
  headers: 5,
  /** A header that has to be there, whatever its value. */
  presence: 2,
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
  const { status, body, members, request, headers, failure, text } = signature;
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
  const byText = text !== undefined && exchange.text?.split('/')[0] === signature.id;
  const wanted = Object.entries(headers ?? {});
  const byHeader =
    wanted.length > 0 &&
    wanted.every(([name, pattern]) => {
      const value = exchange.responseHeaders[name];
      return value !== undefined && matches(pattern, value);
    });
  if ((text !== undefined || headers !== undefined) && !byText && !byHeader) return undefined;
  if (byText) score += WEIGHTS.text;
  else if (text !== undefined && exchange.text !== undefined) score += WEIGHTS.otherText;
  if (byHeader) {
    for (const [, pattern] of wanted) score += pattern === '.' ? WEIGHTS.presence : WEIGHTS.headers;
  } else if (wanted.some(([name]) => exchange.responseHeaders[name] !== undefined)) {
    score += WEIGHTS.otherHeader;
  }
  return { signature, score, specific: byText || byHeader, byText };
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
