import { ok } from '../line.js';
import type { HostCheck } from './check.js';

/** How much was asked of the host for all of this. */
export const requests: HostCheck = {
  name: 'requests',
  needs: [],
  run: ({ survey }) => {
    const { sent, atMost } = survey.counts();
    return [ok(`${sent} of at most ${atMost} requests were sent; none of them could change anything`)];
  },
};
