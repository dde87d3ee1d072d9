import { NotApplicable } from '../drive/drive.js';
import { asControlOf, type Seen } from '../drive/seen.js';
import { isSuccess } from '../targets/reply.js';
import { asControl, type Control } from './control.js';
import type { AskedOperation, HostSubject } from './subject.js';

/** An operation that works with the good token and refuses without one: the token is good, and makes the difference. */
export interface KnownGood {
  operation: string;
  works: Seen;
  refused: Seen;
}

/** So many operations that work are tried until one refuses. */
const TRIES = 4;

/**
 * An operation that works, asked again without credentials. One that works without them as well shows nothing of them,
 * as a public status page does.
 */
export const knownGood: Control<HostSubject, KnownGood | undefined> = {
  id: 'known-good',
  varies: 'the credentials, on an operation that works with them',
  proves: 'that the credentials are good: here they are let in, and nobody is without them',
  asks: { atMost: TRIES, effect: 'none' },
  *run({ asked, takesCredentials }) {
    const working = asked.filter((one) => isWorkingRead(one) && takesCredentials(one.operation));
    if (working.length === 0) return new NotApplicable('no operation that takes credentials works');
    // Those that the contract calls guarded, first.
    const guardedFirst = working.toSorted(
      (one, other) => Number(other.operation.guarded) - Number(one.operation.guarded),
    );
    for (const { operation, probe, answer } of guardedFirst.slice(0, TRIES)) {
      const without = yield { probe: asControl(probe, 'known-good-without-token'), token: 'none' };
      if (isRefusal(without.exchange.status)) {
        return { operation: operation.id, works: asControlOf(answer, 'known-good'), refused: without };
      }
    }
    return undefined;
  },
};

/** One that can be asked again: it changes nothing. */
export function isWorkingRead({ operation, token, answer }: AskedOperation): boolean {
  return operation.safe && token === 'valid' && isSuccess(answer.exchange.status);
}

/** Whoever has no credentials is refused, sent away to sign in, or shown nothing; what failed or was throttled says nothing. */
function isRefusal(status: number | null): boolean {
  return status !== null && status >= 300 && status < 500 && status !== 408 && status !== 429;
}

/** The same operation with credentials that are bad on purpose: how they are refused where there is a route. */
export const knownGoodWithBadToken: Control<HostSubject, Seen> = {
  id: 'known-good-with-bad-token',
  varies: 'the credentials, which are bad on purpose, on an operation that works with good ones',
  proves: 'how bad credentials are refused where there is a route',
  asks: { atMost: 1, effect: 'none' },
  *run({ asked, takesCredentials }) {
    const working = asked.find((one) => isWorkingRead(one) && takesCredentials(one.operation));
    if (!working) return new NotApplicable('no operation that takes credentials works');
    return yield { probe: asControl(working.probe, 'known-good-with-invalid-token'), token: 'invalid' };
  },
};
