import type { Exchange } from '../exchange/exchange.js';
import type { Json } from '../json.js';
import { isSuccess } from '../target/reply.js';
import type { Cause } from './causes.js';
import { decideGuarded } from './guarded.js';
import { kindOf, matchSignatures, type Match } from './match.js';
import type { Question } from './question.js';
import { pathOf, readAlone, says, verdictOf, type Reading } from './reading.js';
import { decideRouted } from './routed.js';
import type { Signature } from './signatures.js';
import { decideUnrouted } from './unrouted.js';
import type { Finding, Verdict } from './verdict.js';

/** What an exchange means, as far as it and its controls tell. */
export function diagnose(question: Question, signatures: readonly Signature[]): Verdict {
  const { exchange, findings } = question;
  const matches = matchSignatures(exchange, signatures, { isToken: question.isToken });
  if (isSuccess(exchange.status)) {
    const page = matches.filter((match) => isPageOfEdge(exchange, match));
    return page.length > 0 ? verdictOf(question, readAlone(exchange, page), []) : success(exchange, findings);
  }
  return leftOpen(question, decide(question, readAlone(exchange, matches)));
}

/** Many hosts say the same of a path that they do not route and of a thing that is not there. */
function leftOpen({ exchange, ofNothing }: Question, verdict: Verdict): Verdict {
  const isNotThere = exchange.status === 404 || exchange.status === 410;
  if (!ofNothing || !isNotThere || verdict.cause !== 'route-missing') return verdict;
  return {
    ...verdict,
    confidence: 'possible',
    explanation: `${exchange.method} ${pathOf(exchange)} gets the answer of an unknown path. But it was asked with an id of nothing, and many hosts say the same of what is not there: it may be routed all the same.`,
    fix: 'To tell the two apart, ask it with an id of something: with --writes full, where the target allows it.',
  };
}

/** Some firewalls block with status 200, and parked hosts greet everybody: a page for people, in known words. */
function isPageOfEdge(exchange: Exchange, { signature, byText }: Match): boolean {
  return byText && signature.layer === 'edge' && kindOf(exchange.bodyShape as Json) === 'html';
}

function success(exchange: Exchange, findings: readonly Finding[]): Verdict {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const evidence = [says(exchange)];
  if (exchange.failure !== undefined) {
    return {
      outcome: 'broken',
      layer: 'network',
      cause: 'response-malformed',
      confidence: 'certain',
      explanation: `A success was announced, but ${exchange.failure}.`,
      fix: 'Report it to the vendor with the time of the request.',
      evidence,
      ruledOut: [],
    };
  }
  if (errors.length > 0) {
    return {
      outcome: 'deviates',
      layer: 'application',
      confidence: 'certain',
      explanation: `It succeeds, but breaks the contract in ${errors.length === 1 ? 'one way' : `${errors.length} ways`}: ${errors[0]?.message ?? ''}.`,
      evidence,
      ruledOut: [],
    };
  }
  return { outcome: 'works', explanation: 'It does what the contract says.', evidence, ruledOut: [] };
}

/** Holds what the answer says by itself against the control probes. */
function decide(question: Question, alone: Reading): Verdict {
  const { exchange, controls, token } = question;
  if (exchange.status === null || question.isToken) return verdictOf(question, alone, []);
  if (!ROUTE_QUESTIONS.has(alone.cause) || controls.nonsense === undefined)
    return verdictOf(question, alone, []);
  const sameAsNonsense = controls.nonsense.fingerprint === exchange.fingerprint;
  if (token === 'invalid') return decideGuarded(question, alone, sameAsNonsense);
  if (sameAsNonsense) return decideUnrouted(question, alone);
  return decideRouted(question, alone);
}

/** Causes whose answers look alike, so that it has to be asked whether there is a route at all. */
const ROUTE_QUESTIONS: ReadonlySet<Cause> = new Set<Cause>([
  ...([
    'route-missing',
    'method-missing',
    'redirected',
    'resource-missing',
    'resource-gone',
    'undetermined',
  ] as const),
  ...(['token-missing', 'token-malformed', 'token-invalid', 'token-expired', 'permission-denied'] as const),
  ...(['access-denied', 'api-key-refused', 'signature-refused', 'product-missing', 'scope-missing'] as const),
  ...([
    'gateway-refused',
    'edge-blocked',
    'host-gone',
    'validation-failed',
    'request-refused',
    'crashed',
  ] as const),
]);
