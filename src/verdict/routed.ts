import type { Question } from './question.js';
import { brief, TOKEN_CAUSES, verdictOf, type Reading } from './reading.js';
import type { Verdict } from './verdict.js';

/** The answer differs from that of a path which nobody can have routed: so this path is routed. */
export function decideRouted(question: Question, alone: Reading): Verdict {
  const { exchange, controls } = question;
  const evidence = [
    `A path beside it that nobody can have routed is answered otherwise (${brief(controls.nonsense)}), so this one is routed.`,
  ];
  const ruledOut = [{ cause: 'route-missing', because: 'an unknown path is refused in other words' }];
  if (controls.working) {
    ruledOut.push({
      cause: 'token-invalid',
      because: `the same token works on ${controls.working.operation} in the same run`,
    });
  }
  if (alone.cause === 'route-missing') {
    if (exchange.status === 404 || exchange.status === 410)
      return resourceMissing(question, alone, evidence, ruledOut);
    // The words say “no route”, the control says there is one: a route that takes another kind of credentials.
    return verdictOf(
      question,
      {
        ...alone,
        cause: 'signature-refused',
        confidence: 'likely',
        explanation: 'The route exists, but seems to take another kind of credentials than a bearer token.',
        fix: 'Ask the vendor how this operation is authorised.',
      },
      evidence,
      ruledOut,
    );
  }
  if (alone.cause === 'resource-missing' || alone.cause === 'resource-gone') {
    return resourceMissing(question, alone, evidence, ruledOut);
  }
  const tokenBlamed = TOKEN_CAUSES.has(alone.cause);
  if (tokenBlamed && controls.working) {
    return verdictOf(
      question,
      {
        ...alone,
        layer: 'gateway',
        cause: 'access-denied',
        confidence: 'likely',
        explanation:
          'The token is refused here, although it works elsewhere: this operation is not open to it.',
        fix: 'Ask the vendor to allow this operation for the client id, and name the operation that works.',
      },
      evidence,
      ruledOut,
    );
  }
  const decided = alone.specific && (controls.working !== undefined || tokenBlamed);
  return verdictOf(
    question,
    { ...alone, confidence: decided ? 'certain' : alone.confidence },
    evidence,
    ruledOut,
  );
}

function resourceMissing(
  question: Question,
  alone: Reading,
  evidence: string[],
  ruledOut: { cause: string; because: string }[],
): Verdict {
  const { listing } = question.controls;
  if (listing) evidence.push(`${listing.operation} works, and lists such resources.`);
  return verdictOf(
    question,
    {
      ...alone,
      layer: 'resource',
      cause: alone.cause === 'resource-gone' ? 'resource-gone' : 'resource-missing',
      confidence: listing ? 'certain' : 'likely',
      explanation: 'The route works; there is no resource with this id.',
      fix: 'Ask for an id that a listing of the same run has shown.',
    },
    evidence,
    ruledOut,
  );
}
