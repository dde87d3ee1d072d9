import { NotApplicable } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import { unknownPathBeside, unknownPathProbe } from '../probe/unknown-path.js';
import type { Control } from './control.js';
import type { HostSubject } from './subject.js';

/** A harmless token of our own on a path of nothing: what the host makes of it tells what it hashes. */
export const calibration: Control<HostSubject, Seen> = {
  id: 'calibration',
  varies: 'the Authorization header, which is one of our own making',
  proves: 'that the hash which a gateway echoes is that of the header as it was sent',
  asks: { atMost: 1, effect: 'none' },
  *run({ baseUrl, operations, unknown: [unknown] }) {
    const templates = operations.map(({ path }) => path);
    const near = operations.find(({ secured, path }) => secured && !path.includes('{'))?.path ?? '/x';
    const path = unknownPathBeside({ sent: near, shown: near }, templates, unknown);
    if (!path) return new NotApplicable('every path may be one of an operation');
    const given = { operation: 'calibration', method: 'GET', baseUrl, purpose: 'calibration' };
    return yield {
      probe: unknownPathProbe(path, unknown, given),
      token: 'none',
      authorization: `Bearer probe-${unknown}`,
    };
  },
};
