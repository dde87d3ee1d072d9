import type { Cause } from '../causes.js';
import { brief, pathOf } from '../brief.js';
import type { Facts } from '../facts.js';
import { OUTCOME_OF } from '../outcome.js';
import type { Question } from '../question.js';
import { TOKEN_CAUSES, type Reading } from '../reading.js';
import { say, type Said } from '../sentences.js';
import { WHERE } from '../../drive/redirect.js';
import { byWords, type Decide, type Decision } from './decision.js';
import { methodMissing } from './method-missing.js';

/** The answer is not that of an unknown path, as far as that is known: so this path is routed. */
export const decideRouted: Decide = (question, facts, alone) => {
  const decision = decide(question, facts, alone);
  return { ...decision, ruledOut: [...(decision.ruledOut ?? []), ...ruledOut(question, facts)] };
};

function decide(question: Question, facts: Facts, alone: Reading): Decision {
  const saysNoRoute = facts.words === 'telling' && alone.cause === 'route-missing';
  if (facts.unknownPath === 'not-comparable' && saysNoRoute) return byWords(question, facts, alone);
  // Of what cannot be read nobody knows what it means.
  if (alone.cause === 'response-malformed') return byWords(question, facts, alone);
  switch (facts.answer) {
    case 'unauthorised':
      return unauthorised(question, facts, alone);
    case 'forbidden':
      return forbidden(question, facts, alone);
    case 'not-found':
      if (facts.otherMethod === 'allows-others') return methodMissing(question, 'gateway');
      return saysNoRoute ? byWords(question, facts, alone) : notFound(facts, alone);
    case 'wrong-method':
      return methodMissing(question, 'gateway');
    case 'redirect':
      // To a page to sign in only those are sent whose credentials are not taken.
      if (facts.words === 'telling' && alone.cause === 'token-missing')
        return byWords(question, facts, alone);
      return redirect(question);
    case 'refused-input':
      return refusedInput(question, facts, alone);
    case 'failed':
      return failed(question, facts, alone);
    default:
      return byWords(question, facts, alone);
  }
}

/** Where nothing could be compared, an answer that a route and a gateway can give alike says little. */
function surely({ unknownPath }: Facts): 'possible' | 'likely' {
  return unknownPath === 'other' ? 'likely' : 'possible';
}

/** The contract asks for no credentials, and the host does. */
export const credentialsWanted: Decision = {
  layer: 'token',
  cause: 'token-missing',
  most: 'likely',
  explanation: say('credentials-wanted', {}),
  fix: say('correct-security', {}),
};

function unauthorised(question: Question, facts: Facts, alone: Reading): Decision {
  if (facts.asked === 'without-token') return credentialsWanted;
  if (facts.words === 'telling' && !isAboutToken(alone.cause)) return byWords(question, facts, alone);
  return {
    layer: 'gateway',
    cause: 'access-denied',
    most: surely(facts),
    explanation: say('token-refused-here', {}),
    fix: say('ask-for-access', {}),
  };
}

function forbidden(question: Question, facts: Facts, alone: Reading): Decision {
  if (facts.words === 'telling' && alone.cause === 'route-missing') {
    // The words say “no route”, the control says there is one: a route that takes another kind of credentials.
    return {
      layer: alone.layer,
      cause: 'signature-refused',
      most: surely(facts),
      explanation: say('other-credentials', {}),
      fix: say('ask-how-authorised', {}),
    };
  }
  if (facts.words === 'telling' && OUTCOME_OF[alone.cause] === 'denied' && !isAboutToken(alone.cause))
    return byWords(question, facts, alone);
  return {
    layer: 'application',
    cause: 'permission-denied',
    most: surely(facts),
    explanation: permissionRefused(facts),
    fix: say('ask-for-access', {}),
  };
}

function permissionRefused({ asked, withoutToken }: Facts): Said {
  if (asked !== 'with-token') return say('permission-refused-to-all', {});
  switch (withoutToken) {
    case 'refused-otherwise':
      return say('permission-refused', {});
    case 'no-difference':
      return say('permission-refused-alike', {});
    case 'not-asked':
      return say('permission-refused-unasked', {});
  }
}

function notFound(facts: Facts, alone: Reading): Decision {
  return {
    layer: 'resource',
    cause: alone.cause === 'resource-gone' ? 'resource-gone' : 'resource-missing',
    most: surely(facts),
    explanation: facts.ids === 'none' ? say('absent-or-hidden', {}) : say('absent', {}),
    fix: say('ask-with-a-listed-id', {}),
    isOurs: facts.ids !== 'listed' && facts.ids !== 'none',
  };
}

function redirect({ answer }: Question): Decision {
  const { method } = answer.exchange;
  const to = answer.redirect ?? 'nowhere';
  return {
    layer: 'gateway',
    cause: 'redirected',
    most: 'likely',
    explanation:
      to === 'spelling'
        ? say('redirected-spelling', { method, path: pathOf(answer.exchange) })
        : say('redirected', { to: WHERE[to] }),
    fix: say('follow-redirect', {}),
  };
}

function refusedInput(question: Question, facts: Facts, alone: Reading): Decision {
  const status = question.answer.exchange.status ?? 0;
  const isKnown = facts.words === 'telling' || (alone.known && status !== 400 && status !== 422);
  if (isKnown && OUTCOME_OF[alone.cause] === 'rejects' && alone.cause !== 'validation-failed') {
    return { ...byWords(question, facts, alone), most: 'likely' };
  }
  if (isKnown && OUTCOME_OF[alone.cause] === 'denied') return byWords(question, facts, alone);
  if (status !== 400 && status !== 422 && !alone.known) return byWords(question, facts, alone);
  return {
    layer: 'application',
    cause: 'validation-failed',
    most: 'likely',
    explanation: say('refused-input', { status }),
    fix: say('correct-input', {}),
  };
}

function failed(question: Question, facts: Facts, alone: Reading): Decision {
  const status = question.answer.exchange.status ?? 0;
  if (facts.words === 'telling' && OUTCOME_OF[alone.cause] === 'broken' && alone.cause !== 'crashed')
    return byWords(question, facts, alone);
  return {
    layer: 'application',
    cause: 'crashed',
    most: 'likely',
    explanation: facts.credentials === 'accepted' ? say('crashed', { status }) : alone.explanation,
    fix: alone.known ? alone.fix : say('report-time', {}),
  };
}

function isAboutToken(cause: Cause): boolean {
  return TOKEN_CAUSES.has(cause);
}

/** What else it could be, and what rules it out. */
function ruledOut({ controls }: Question, facts: Facts): NonNullable<Decision['ruledOut']> {
  const { knownGood, withoutToken } = controls;
  return [
    ...(facts.unknownPath === 'other'
      ? [{ cause: 'route-missing' as const, because: say('unknown-path-in-other-words', {}) }]
      : []),
    ...(knownGood && facts.asked === 'with-token'
      ? [
          {
            cause: 'token-invalid' as const,
            because: say('same-token-works', { operation: knownGood.operation }),
          },
        ]
      : []),
    ...(withoutToken && facts.withoutToken === 'refused-otherwise'
      ? [
          {
            cause: 'token-missing' as const,
            because: say('refused-otherwise-without-token', { came: brief(withoutToken) }),
          },
        ]
      : []),
  ];
}
