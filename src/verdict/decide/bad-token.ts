import { compare } from '../../controls/compare.js';
import { pathOf } from '../brief.js';
import type { Facts } from '../facts.js';
import type { Question } from '../question.js';
import type { Reading } from '../reading.js';
import { say } from '../sentences.js';
import { byWords, type Decide, type Decision } from './decision.js';
import { decideMethodMissing } from './like-unknown-path.js';
import { decideRouted } from './routed.js';
import { spelledIn } from './spelled.js';

/** Asked with a token that is invalid on purpose, so that nothing could change. */
export const decideBadToken: Decide = (question, facts, alone) => {
  switch (facts.answer) {
    case 'unauthorised':
    case 'forbidden':
      if (facts.unknownPath === 'same') {
        if (facts.badTokenElsewhere !== 'otherwise') return hiddenByGuard;
        return likeUnknownPath(question, facts, alone);
      }
      if (facts.unknownPath === 'not-comparable') return hiddenByGuard;
      return facts.guardOrder === 'method-first' ? guarded : guardedPath;
    case 'not-found':
      if (isAnsweredToBadTokens(question)) return hiddenByGuard;
      if (facts.unknownPath === 'same') {
        return facts.ids === 'none' ? routeMissing(question, 'likely') : routeMissingOrAbsent(question);
      }
      return { ...decideRouted(question, facts, alone), most: 'possible' };
    case 'wrong-method':
      return decideRouted(question, facts, alone);
    default:
      return byWords(question, facts, alone);
  }
};

/**
 * By another method a routed operation refuses the token in another way. But a host may refuse everything that would
 * change something before it looks at the path, for want of a CSRF token, say: without words that tell, it stays open.
 */
function likeUnknownPath(question: Question, facts: Facts, alone: Reading): Decision {
  const most = facts.words === 'telling' && facts.wordsSay === 'route-missing' ? 'likely' : 'possible';
  return facts.otherMethod === 'nothing-shown'
    ? routeMissing(question, most)
    : { ...decideMethodMissing(question, facts, alone), most };
}

/** Some hosts say 404 to everybody whom they do not let in. */
function isAnsweredToBadTokens({
  answer,
  controls: { knownGoodWithBadToken: elsewhere },
}: Question): boolean {
  return elsewhere !== undefined && compare(answer, { seen: elsewhere, steady: 'loose' }) === 'same';
}

function routeMissing(question: Question, most: Decision['most']): Decision {
  const { answer, controls } = question;
  const { nearest, fix } = spelledIn(controls);
  return {
    layer: 'gateway',
    cause: 'route-missing',
    most,
    explanation: say('not-routed', {
      method: answer.exchange.method,
      path: pathOf(answer.exchange),
      nearest,
    }),
    fix: fix ?? say('look-up-path', {}),
    isOurs: fix !== undefined,
    ruledOut: [{ cause: 'token-invalid', because: say('routed-answers-bad-token-otherwise', {}) }],
  };
}

function routeMissingOrAbsent(question: Question): Decision {
  const { method } = question.answer.exchange;
  return {
    ...routeMissing(question, 'possible'),
    explanation: say('not-routed-or-absent', { method, path: pathOf(question.answer.exchange) }),
    fix: say('ask-with-an-id-of-something', {}),
  };
}

const common = { layer: 'token', cause: 'token-invalid', fix: say('ask-further', {}) } as const;
const noRoute = { cause: 'route-missing', because: say('unknown-path-in-other-words', {}) } as const;

const hiddenByGuard: Decision = { ...common, most: 'possible', explanation: say('guard-hides-route', {}) };
const guarded: Decision = { ...common, most: 'likely', explanation: say('guarded', {}), ruledOut: [noRoute] };
const guardedPath: Decision = { ...common, most: 'possible', explanation: say('guarded-path', {}) };
