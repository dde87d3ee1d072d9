import { NotApplicable } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import { isSuccess } from '../targets/reply.js';
import { compare } from './compare.js';
import { byMethod, type Control } from './control.js';
import type { OperationSubject } from './subject.js';
import { ALL_ROUTED, askPair, pairBeside } from './unknown-pair.js';
import { nonsenseOf } from './unknown-path.js';

/** Another safe method on the very same URL that is answered otherwise than an unknown path is by that method. */
export interface OtherMethod {
  seen: Seen;
  /** Whether it shows that there is something at this URL. */
  isRouted: boolean;
  /** Whether its `Allow` names the method in question (RFC 9110, section 10.2.1); undefined where it says nothing. */
  allowsIt: boolean | undefined;
}

/** The same URL, with the same ids, by another safe method. */
export const otherMethod: Control<OperationSubject, OtherMethod> = {
  id: 'other-method',
  varies: 'the method; the URL is the same, with the same ids',
  proves: 'whether the path is routed, and only the method on it is not',
  asks: { atMost: 3, effect: 'none' },
  *run({ operation, probe, token, host }) {
    const method = operation.method === 'GET' ? 'OPTIONS' : 'GET';
    const asked = byMethod(probe, method, 'other-method');
    const pair = pairBeside(asked, host, nonsenseOf(operation.id, method, host));
    if (!pair) return new NotApplicable(ALL_ROUTED);
    const seen = yield { probe: asked, token };
    const reference = yield* askPair(pair, token);
    const isRouted = isConclusive(seen) && compare(seen, reference) === 'other';
    const allow = isRouted ? seen.exchange.responseHeaders['allow'] : undefined;
    const namesIt = allow?.split(/, ?/).includes(operation.method);
    // Routers that know several routes of one path refuse in the name of one of them: what that one does not name may be
    // another's. Who answers OPTIONS itself names them all.
    const isWhole = isSuccess(seen.exchange.status);
    return { seen, isRouted, allowsIt: namesIt === true || isWhole ? namesIt : undefined };
  },
};

/** An answer of the route itself: not one of overload or of something that has failed. */
export function isConclusive({ exchange: { status } }: Seen): boolean {
  return status !== null && status < 500 && status !== 429;
}
