import { NotApplicable } from '../../drive/drive.js';
import { pointer } from '../../json.js';
import { isSuccess } from '../../targets/reply.js';
import { failed, inconclusive, passed } from '../check.js';
import { nameOf, status } from '../fact.js';
import { lifeCheck } from '../life.js';
import { unlikeWhereSent } from './as-sent.js';

/** What says that the same body is none any more, or that nothing is there to be changed. */
const REFUSED: ReadonlySet<number | null> = new Set([400, 404, 410, 422]);

export const repeatedPut = lifeCheck({
  id: 'state/put-again',
  promise: 'The same PUT twice does what it does once.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 9.2.2',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2',
  },
  since: '0.2.0',
  severity: 'error',
  warnings: ['refused'],
  asks: { atMost: 6 },
  messages: {
    'server-error': ({ first, second }) => `a PUT was answered ${first}, and the same once more ${second}`,
    'created-again': ({ second }) =>
      `the same PUT once more was answered ${second}, as if it had created something`,
    refused: ({ first, second }) => `a PUT was answered ${first}, and the same once more ${second}`,
    'other-state': ({ member }) =>
      `the member “${member}” has another value after the same PUT once more than after the first`,
  },
  of: 'change',
  judge: ({ operation, came: { sent, heard }, after, again, repeated }, { declared }) => {
    if (operation.method !== 'PUT') return new NotApplicable('it is no PUT');
    if (!isSuccess(heard.exchange.status) || !again) return inconclusive('the first PUT was no success');
    const second = again.exchange.status;
    const facts = { first: status(heard.exchange.status), second: status(second) };
    const at = [heard, again];
    if (second !== null && second >= 500) return { ...failed('server-error', facts), at };
    if (second === 201) return { ...failed('created-again', facts), at };
    if (REFUSED.has(second)) return { ...failed('refused', facts), at };
    if (!isSuccess(second)) return inconclusive(`the second PUT was answered ${second ?? 'not at all'}`);
    if (!repeated?.record || !after?.record) return passed;
    const asked = Object.entries(sent ?? {}).filter(([name]) => declared.has(name));
    const [member] = unlikeWhereSent(Object.fromEntries(asked), after.record, repeated.record);
    return member === undefined
      ? passed
      : {
          ...failed('other-state', { member: nameOf(member) }, pointer(member)),
          at: [...at, repeated.heard],
        };
  },
});
