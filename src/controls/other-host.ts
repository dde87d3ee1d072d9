import { NotApplicable } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import { unknownPathBeside, unknownPathProbe } from '../probe/unknown-path.js';
import { compare, referenceOf } from './compare.js';
import type { Control } from './control.js';
import { isTelling } from './other-method.js';
import type { OperationSubject } from './subject.js';

/** What another host of the same vendor says of the same operation. */
export interface OtherHost {
  name: string;
  seen: Seen;
  unknown: Seen;
  /** Undefined where its answer tells nothing. */
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
    const own = { sent: operation.path, shown: operation.path };
    const templates = host.operations.map(({ path }) => path);
    // Some gateways route a path by a method only; by its own method, which the contract calls safe there.
    const [first, second] = host.unknown.map((unknown) => {
      const path = unknownPathBeside(own, templates, unknown);
      const given = { operation: operation.id, method: 'GET', baseUrl, purpose: 'nonsense-on-other-host' };
      return path && unknownPathProbe(path, unknown, given);
    });
    if (!first || !second) return new NotApplicable('every path may be one of an operation');
    const url = baseUrl + operation.path;
    const there = {
      ...first,
      purpose: 'other-host',
      request: { ...first.request, method: operation.method, url },
      shown: url,
    };
    const unknown = yield { probe: first, token: 'none', of: conversation };
    const again = yield { probe: second, token: 'none', of: conversation };
    const seen = yield { probe: there, token: 'none', of: conversation };
    const compared = compare(seen, referenceOf(unknown, again));
    const isRouted = !isTelling(seen) || compared === 'unsteady' ? undefined : compared === 'other';
    return { name, seen, unknown, isRouted };
  },
};
