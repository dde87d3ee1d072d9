import type { Exchange } from '../exchange/exchange.js';
import type { Json } from '../json.js';
import { isSuccess } from '../targets/reply.js';
import { CAUSES } from './causes.js';
import { confidenceIn } from './certain.js';
import { decideBadToken } from './decide/bad-token.js';
import { byWords, type Decide, type Decision } from './decide/decision.js';
import { decideHost } from './decide/host.js';
import { decideLikeUnknownPath } from './decide/like-unknown-path.js';
import { decideRouted } from './decide/routed.js';
import { decideUnprovenToken } from './decide/unproven-token.js';
import { evidenceOf } from './evidence.js';
import { factsOf, type Facts } from './facts.js';
import { kindOf, matchSignatures, type Match } from './match.js';
import { OUTCOME_OF } from './outcome.js';
import type { Question } from './question.js';
import { readAlone, type Reading } from './reading.js';
import { say } from './sentences.js';
import { sideOf } from './side.js';
import type { Signature } from './signatures.js';
import type { Verdict } from './verdict.js';

/** What an exchange means, as far as it and its controls tell. */
export function diagnose(question: Question, signatures: readonly Signature[]): Verdict {
  const { exchange } = question.answer;
  const matches = matchSignatures(exchange, signatures, { isToken: question.isToken });
  const alone = readAlone(exchange.status, matches);
  const facts = factsOf(question, alone);
  if (facts.answer === 'success' && isRefusalInWords(exchange, matches[0])) {
    return verdictOf(question, facts, alone, byWords(question, facts, alone));
  }
  if (facts.answer === 'success' || (facts.answer === 'redirect' && question.isDescribed)) {
    const page = matches.filter((match) => isPageOfEdge(exchange, match));
    if (page.length > 0) {
      const edge = readAlone(exchange.status, page);
      return verdictOf(question, facts, edge, byWords(question, facts, edge));
    }
    if (facts.unknownPath !== 'same') return success(question, facts, alone);
  }
  return verdictOf(question, facts, alone, decisionOf(question, facts)(question, facts, alone));
}

/** Some firewalls block with status 200, and parked hosts greet everybody: a page for people, in known words. */
function isPageOfEdge(exchange: Exchange, { signature, byText }: Match): boolean {
  return byText && signature.layer === 'edge' && kindOf(exchange.bodyShape as Json) === 'html';
}

/**
 * Whether an answer with the status of a success says that it is a refusal: data in words that are known to come with one,
 * whatever else by a header that is.
 */
function isRefusalInWords({ bodyShape }: Exchange, best: Match | undefined): boolean {
  if (!best?.specific || best.signature.status === undefined) return false;
  const kind = kindOf(bodyShape as Json);
  return best.byHeader || (best.byText && (kind === 'json' || kind === 'xml'));
}

/** Which question an answer has to be asked first. */
function decisionOf({ isToken, controls }: Question, facts: Facts): Decide {
  // Without controls there is nothing to hold it against.
  const isAlone = controls.unknownPath === undefined && controls.knownGood === undefined;
  if (isToken || facts.answer === 'none' || facts.answer === 'throttled') return byWords;
  if (facts.asked === 'with-bad-token') return isAlone ? byWords : decideBadToken;
  if (isAlone) return byWords;
  if (facts.host === 'another-base') return decideHost;
  const isTokenAsked = facts.answer === 'unauthorised' || facts.answer === 'forbidden';
  // Only another address can be that of a page to sign in.
  const isMoved = facts.answer === 'redirect' && facts.redirect !== 'host' && facts.redirect !== 'elsewhere';
  if (controls.alike && !isTokenAsked) return decideHost;
  // What everybody is shown has nothing to do with credentials, nor has a path whose other spelling works.
  const isSpelled =
    facts.unknownPath === 'same' && isSuccess(controls.otherSpelling?.seen.exchange.status ?? null);
  if (facts.credentials === 'not-shown' && facts.answer !== 'success' && !isSpelled && !isMoved)
    return decideUnprovenToken;
  // Nobody said that credentials are asked for, and the answer is one by which they are.
  if (facts.credentials === 'not-declared' && (isTokenAsked || facts.answer === 'redirect') && !isMoved)
    return isSpelled ? decideLikeUnknownPath : decideUnprovenToken;
  return facts.unknownPath === 'same' ? decideLikeUnknownPath : decideRouted;
}

function success(question: Question, facts: Facts, alone: Reading): Verdict {
  const { answer, findings } = question;
  const { exchange } = answer;
  const errors = findings.filter(({ severity }) => severity === 'error');
  const evidence = evidenceOf(question, facts, alone, 'application', 'possible');
  if (exchange.failure !== undefined) {
    return {
      outcome: 'broken',
      layer: 'network',
      cause: 'response-malformed',
      confidence: confidenceIn('response-malformed', facts, 'likely'),
      side: 'vendor-application',
      explanation: say('announced-success', { failure: exchange.failure }),
      fix: say('report-time', {}),
      evidence,
      ruledOut: [],
    };
  }
  const [first] = errors;
  if (first) {
    return {
      outcome: 'deviates',
      layer: 'application',
      confidence: confidenceIn('deviates', facts, 'likely'),
      side: 'vendor-application',
      explanation: say('deviates', { ways: errors.length, first: first.message }),
      evidence,
      ruledOut: [],
    };
  }
  const status = exchange.status ?? 0;
  const explanation = facts.answer === 'redirect' ? say('works-as-redirect', { status }) : say('works', {});
  return { outcome: 'works', explanation, evidence, ruledOut: [] };
}

function verdictOf(question: Question, facts: Facts, alone: Reading, decision: Decision): Verdict {
  const { layer, cause, most, explanation, fix, ruledOut = [], isOurs = false } = decision;
  const confidence = confidenceIn(cause, facts, most);
  const outcome = OUTCOME_OF[cause];
  const side = sideOf({ outcome, layer, cause }, isOurs);
  const known = new Set([cause, ...ruledOut.map((one) => one.cause)]);
  const rivals = cause === alone.cause ? alone.rivals.filter((rival) => !known.has(rival.cause)) : [];
  const open = rivals.map((rival) =>
    say('rival', { meaning: CAUSES[rival.cause], distinguishedBy: rival.distinguishedBy }),
  );
  return {
    outcome,
    layer,
    cause,
    confidence,
    ...(side === undefined ? {} : { side }),
    explanation,
    fix,
    evidence: [
      ...evidenceOf(question, facts, alone, layer, confidence),
      ...(confidence === 'certain' ? [] : open),
    ],
    ruledOut,
  };
}
