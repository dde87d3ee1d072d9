import { NotApplicable } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import { compare } from './compare.js';
import { byMethod, type Control } from './control.js';
import type { HostSubject } from './subject.js';
import { ALL_ROUTED, askPair, pairBeside } from './unknown-pair.js';
import { nonsenseOf } from './unknown-path.js';

/** Whether the host looks at the method before it looks at the token. */
export interface GuardOrder {
  seen: Seen;
  isMethodFirst: boolean;
}

/**
 * A path on which the contract has no GET, asked by GET with credentials that are bad on purpose. Where they are refused
 * all the same, the refusal of another method says that the path is guarded, and not that the method is there.
 */
export const guardOrder: Control<HostSubject, GuardOrder> = {
  id: 'guard-order',
  varies: 'the method: one that the contract does not have on a path that refuses bad credentials',
  proves: 'whether a refusal of bad credentials shows that the method is routed',
  asks: { atMost: 3, effect: 'none' },
  *run(host) {
    const { asked, operations } = host;
    const refused = asked.find(
      ({ operation, token, answer }) =>
        token === 'invalid' &&
        isRefused(answer) &&
        !operations.some(({ method, path }) => method === 'GET' && path === operation.path),
    );
    if (!refused) return new NotApplicable('no path without a GET has refused bad credentials');
    const probe = byMethod(refused.probe, 'GET', 'guard-order');
    const { operation } = refused;
    const pair = pairBeside(probe, host, nonsenseOf(operation.id, 'GET', host));
    if (!pair) return new NotApplicable(ALL_ROUTED);
    const seen = yield { probe, token: 'invalid' };
    const { status } = seen.exchange;
    if (status === 404 || status === 405 || status === 501) return { seen, isMethodFirst: true };
    const unknown = yield* askPair(pair, 'invalid');
    // Where the refused operation itself looks like that as well, nothing can be distinguished.
    const isMethodFirst = compare(seen, unknown) === 'same' && compare(refused.answer, unknown) === 'other';
    return { seen, isMethodFirst };
  },
};

function isRefused({ exchange: { status } }: Seen): boolean {
  return status === 401 || status === 403;
}
