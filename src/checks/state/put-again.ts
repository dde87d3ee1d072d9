import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../target/reply.js';
import { failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { lifeCheck } from '../life.js';

export const putAgain = lifeCheck({
  id: 'state/put-again',
  promise: 'The same PUT twice does what it does once.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 9.2.2',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 1 },
  messages: {
    'server-error': ({ first, second }) => `a PUT was answered ${first}, and the same once more ${second}`,
    'created-again': ({ second }) =>
      `the same PUT once more was answered ${second}, as if it had created something`,
  },
  of: 'change',
  judge: ({ operation, came: { heard }, again }) => {
    if (operation.method !== 'PUT') return new NotApplicable('it is no PUT');
    if (!isSuccess(heard.exchange.status) || !again) return inconclusive('the first PUT was no success');
    const second = again.exchange.status;
    if (second !== null && second >= 500) {
      const facts = { first: status(heard.exchange.status), second: status(second) };
      return { ...failed('server-error', facts), at: [heard, again] };
    }
    if (second === 201) return { ...failed('created-again', { second: status(second) }), at: [heard, again] };
    return isSuccess(second) ? passed : inconclusive(`the second PUT was answered ${second ?? 'not at all'}`);
  },
});
