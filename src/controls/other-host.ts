import { NotApplicable } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import { compare } from './compare.js';
import type { Control } from './control.js';
import { isConclusive } from './other-method.js';
import type { OperationSubject } from './subject.js';
import { ALL_ROUTED, askPair, pairBeside } from './unknown-pair.js';

/** What another host of the same vendor says of the same operation. */
export interface OtherHost {
  name: string;
  seen: Seen;
  unknown: Seen;
  /** Undefined where its answer shows nothing. */
  isRouted: boolean | undefined;
}

/** The same operation on the other host: without a token, an id, or any value of ours, none of which is its business. */
export const otherHost: Control<OperationSubject, OtherHost> = {
  id: 'other-host',
  varies: 'the host, and the credentials: there are none',
  proves: 'whether another host of the vendor has what this one has not',
  asks: { atMost: 3, effect: 'none' },
  *run({ operation, host }) {
    const other = host.otherHost;
    if (!other) return new NotApplicable('targets.yaml names no other host');
    if (!operation.safe || operation.path.includes('{'))
      return new NotApplicable('it cannot be asked without values of ours');
    const { name, baseUrl, conversation } = other;
    const url = baseUrl + operation.path;
    const request = { method: 'GET', url, headers: { accept: 'application/json' } };
    const place = { operation: operation.id, method: 'GET', baseUrl, purpose: 'nonsense-on-other-host' };
    const pair = pairBeside({ request, shown: url }, host, place);
    if (!pair) return new NotApplicable(ALL_ROUTED);
    const reference = yield* askPair(pair, 'none', conversation);
    // Some gateways route a path by a method only; by its own method, which the contract calls safe there.
    const there = {
      ...pair.probes[0],
      purpose: 'other-host',
      request: { ...request, method: operation.method },
      shown: url,
    };
    const seen = yield { probe: there, token: 'none', of: conversation };
    const compared = compare(seen, reference);
    const isRouted = !isConclusive(seen) || compared === 'unsteady' ? undefined : compared === 'other';
    return { name, seen, unknown: reference.seen, isRouted };
  },
};
