import type { Exchange } from '../exchange/exchange.js';
import { CAUSES, LAYERS, type Cause, type Confidence, type Layer } from './causes.js';
import type { Match } from './match.js';
import { OUTCOME_OF } from './outcome.js';
import type { Question } from './question.js';
import type { Verdict } from './verdict.js';

/** What one answer says by itself: `likely` at best, unless no answer came and the error code says why. */
export function readAlone(exchange: Exchange, matches: readonly Match[]): Reading {
  const [best] = matches;
  if (!best) {
    return {
      layer: 'application',
      cause: 'undetermined',
      confidence: 'possible',
      explanation: `Nothing that is known fits this answer${exchange.status === null ? '' : ` (status ${exchange.status})`}.`,
      fix: 'Look at the exchange by hand, and add what it means to spec/signatures.yaml.',
      stack: undefined,
      rivals: [],
      specific: false,
    };
  }
  const { signature, specific } = best;
  const confidence = exchange.status === null ? 'certain' : specific ? 'likely' : 'possible';
  return {
    layer: signature.layer,
    cause: signature.cause,
    confidence,
    explanation: signature.explanation,
    fix: signature.fix,
    stack: signature.stack,
    rivals: signature.rivals ?? [],
    specific,
  };
}

export interface Reading {
  layer: Layer;
  cause: Cause;
  confidence: Confidence;
  explanation: string;
  fix: string;
  stack: string | undefined;
  rivals: readonly { cause: Cause; told: string }[];
  /** Whether a feature fitted that only this kind of refusal has. */
  specific: boolean;
}

/** Causes that blame the token. */
export const TOKEN_CAUSES: ReadonlySet<Cause> = new Set<Cause>([
  'token-missing',
  'token-malformed',
  'token-invalid',
  'token-expired',
]);

/** A reading as a verdict, with the evidence that every verdict has. */
export function verdictOf(
  question: Question,
  reading: Reading,
  evidence: readonly string[],
  ruledOut: readonly { cause: string; because: string }[] = [],
): Verdict {
  const { exchange, controls, token } = question;
  const first = [says(exchange)];
  if (reading.stack !== undefined && reading.specific) first.push(`The words are those of ${reading.stack}.`);
  const ladder = ladderTo(reading.layer);
  if (ladder !== undefined && exchange.status !== null) first.push(ladder);
  const more: string[] = [];
  if (token === 'valid' && controls.working) {
    more.push(
      `${controls.working.operation} works with the same token (${brief(controls.working.exchange)}).`,
    );
  }
  if (controls.withoutToken && exchange.requestHeaders.includes('authorization')) {
    more.push(`Without a token it answers ${brief(controls.withoutToken)}.`);
  }
  if (controls.nearest)
    more.push(
      `${controls.nearest.method} ${controls.nearest.path} is routed (${brief(controls.nearest.exchange)}).`,
    );
  const known = new Set([reading.cause, ...ruledOut.map(({ cause }) => cause)]);
  const rivals = reading.rivals.filter(({ cause }) => !known.has(cause));
  const openRivals = rivals.map(({ cause, told }) => `Not ruled out: ${CAUSES[cause]}; ${told}.`);
  return {
    outcome: OUTCOME_OF[reading.cause],
    layer: reading.layer,
    cause: reading.cause,
    confidence: reading.confidence,
    explanation: reading.explanation,
    fix: reading.fix,
    evidence: [...first, ...evidence, ...more, ...(reading.confidence === 'certain' ? [] : openRivals)],
    ruledOut: [...ruledOut],
  };
}

/** What an exchange was, in one line. */
export function says(exchange: Exchange): string {
  return `${exchange.method} ${exchange.url} at ${exchange.at}: ${brief(exchange)}.`;
}

export function brief(exchange: Exchange | undefined): string {
  if (exchange === undefined) return 'not asked';
  if (exchange.status === null) return `no answer, ${exchange.failure ?? ''}`;
  return exchange.message === undefined
    ? String(exchange.status)
    : `${exchange.status}, “${exchange.message}”`;
}

export function pathOf(exchange: Exchange): string {
  return exchange.url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/\?.*$/, '');
}

/**
 * The layer that answered proves that each before it worked. A gateway looks for the route before it looks at
 * the token, so its own answer proves nothing about the token.
 */
function ladderTo(layer: Layer): string | undefined {
  const before = LAYERS.slice(0, LAYERS.indexOf(layer)).filter(
    (name) => layer !== 'gateway' || name !== 'token',
  );
  if (before.length < 2) return undefined;
  return `It was the ${layer} that answered, so ${before.slice(0, -1).join(', ')} and ${before.at(-1) ?? ''} let the request through.`;
}
