import { CAUSES, type Cause } from '../causes.js';
import type { Facts } from '../facts.js';
import { TOKEN_CAUSES } from '../reading.js';
import { say } from '../sentences.js';
import { byWords, type Decide } from './decision.js';
import { decideRouted } from './routed.js';

/** No operation was seen that works with this token and is refused without one: so no operation is blamed for it. */
export const decideUnprovenToken: Decide = (question, facts, alone) => {
  const { asked, answer } = facts;
  // Of what cannot be read nobody knows what it means.
  if (alone.cause === 'response-malformed') return byWords(question, facts, alone);
  const cause = tokenCause(facts);
  switch (answer) {
    case 'unauthorised':
      return {
        layer: 'token',
        cause,
        most: 'likely',
        explanation: say('token-refused', { meaning: CAUSES[cause] }),
        fix: asked === 'without-token' ? say('set-credentials', {}) : say('check-token', {}),
      };
    case 'forbidden':
    case 'not-found':
    case 'redirect':
      return {
        layer: 'token',
        cause,
        most: 'possible',
        explanation: say('token-unproven', {}),
        fix: say('get-one-to-work', {}),
      };
    case 'wrong-method':
    case 'failed':
      return decideRouted(question, facts, alone);
    default:
      return byWords(question, facts, alone);
  }
};

/**
 * The words may name the cause; that no token was sent is known without them. A token that was sent is missing only by
 * words that mean nothing else.
 */
function tokenCause({ asked, words, wordsSay }: Facts): Cause {
  if (asked === 'without-token') return 'token-missing';
  if (wordsSay === 'token-missing' && words !== 'telling') return 'token-invalid';
  return TOKEN_CAUSES.has(wordsSay) ? wordsSay : 'token-invalid';
}
