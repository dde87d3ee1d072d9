import { NotApplicable } from '../drive/drive.js';
import { isSuccess } from '../targets/reply.js';
import { compare } from './compare.js';
import type { Control } from './control.js';
import type { HostSubject } from './subject.js';
import { ALL_ROUTED, askPair, pairAtRoot } from './unknown-pair.js';

/** Whether the address of the host alone is answered as any other path is, and with no success. */
export const hostRoot: Control<HostSubject, boolean> = {
  id: 'host-root',
  varies: 'the path: there is none, not even that of the base URL',
  proves: 'whether anything of the host is left',
  asks: { atMost: 3, effect: 'none' },
  *run(host) {
    const { origin } = new URL(host.baseUrl);
    const other = host.otherBases.find(({ baseUrl }) => baseUrl === origin);
    if (host.baseUrl !== origin && !other) return new NotApplicable('the host alone cannot be asked');
    const place = { operation: 'host-root', method: 'GET', baseUrl: origin, purpose: 'host-root' };
    // Nothing that the contract has is at the root of a host that it does not name.
    const pair = pairAtRoot({ operations: [], unknown: host.unknown }, place);
    if (!pair) return new NotApplicable(ALL_ROUTED);
    const [unknown] = pair.probes;
    const url = `${origin}/`;
    const to = other ? { of: other.conversation } : {};
    const root = yield {
      probe: { ...unknown, request: { ...unknown.request, url }, shown: url },
      token: 'valid',
      ...to,
    };
    if (isSuccess(root.exchange.status)) return false;
    const reference = yield* askPair(pair, 'valid', other?.conversation);
    return root.redirect === 'elsewhere' || compare(root, reference) === 'same';
  },
};
