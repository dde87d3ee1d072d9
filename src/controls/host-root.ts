import { NotApplicable } from '../drive/drive.js';
import { unknownPathBeside, unknownPathProbe } from '../probe/unknown-path.js';
import { isSuccess } from '../target/reply.js';
import { compare, referenceOf } from './compare.js';
import type { Control } from './control.js';
import type { HostSubject } from './subject.js';

/** Whether the address of the host alone is answered as any other path is, and with no success. */
export const hostRoot: Control<HostSubject, boolean> = {
  id: 'host-root',
  varies: 'the path: there is none, not even that of the base URL',
  proves: 'whether anything of the host is left',
  asks: { atMost: 3, effect: 'none' },
  *run({ baseUrl, otherBases, unknown }) {
    const { origin } = new URL(baseUrl);
    const place =
      baseUrl === origin ? {} : { of: otherBases.find((one) => one.baseUrl === origin)?.conversation };
    if ('of' in place && !place.of) return new NotApplicable('the host alone cannot be asked');
    const given = { operation: 'host-root', method: 'GET', baseUrl: origin, purpose: 'host-root' };
    const at = (path: string, segment: string) =>
      unknownPathProbe({ sent: path, shown: path, isSameDepth: true }, segment, given);
    const of = place.of === undefined ? {} : { of: place.of };
    const [one, other] = unknown.map((segment) => {
      const path = unknownPathBeside({ sent: '/x', shown: '/x' }, [], segment);
      return at(path?.sent ?? `/${segment}`, segment);
    });
    if (!one || !other) return new NotApplicable('no unknown path can be made');
    const root = yield { probe: at('/', ''), token: 'valid', ...of };
    if (isSuccess(root.exchange.status)) return false;
    const first = yield { probe: one, token: 'valid', ...of };
    const second = yield { probe: other, token: 'valid', ...of };
    return root.redirect === 'elsewhere' || compare(root, referenceOf(first, second)) === 'same';
  },
};
