import { NotApplicable } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import type { Control } from './control.js';
import type { HostSubject } from './subject.js';
import { ALL_ROUTED, pairBeside } from './unknown-pair.js';

/** A harmless token of our own on a path of nothing: what the host makes of it tells what it hashes. */
export const calibration: Control<HostSubject, Seen> = {
  id: 'calibration',
  varies: 'the Authorization header, which is one of our own making',
  proves: 'that the hash which a gateway echoes is that of the header as it was sent',
  asks: { atMost: 1, effect: 'none' },
  *run(host) {
    const { baseUrl, operations } = host;
    const url =
      baseUrl + (operations.find(({ secured, path }) => secured && !path.includes('{'))?.path ?? '/x');
    const place = { operation: 'calibration', method: 'GET', baseUrl, purpose: 'calibration' };
    const pair = pairBeside({ request: { method: 'GET', url, headers: {} }, shown: url }, host, place);
    if (!pair) return new NotApplicable(ALL_ROUTED);
    const [probe] = pair.probes;
    return yield { probe, token: 'none', authorization: `Bearer probe-${host.unknown[0]}` };
  },
};
