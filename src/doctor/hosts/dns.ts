import { error, notTried, ok, type Found } from '../line.js';
import { isAddress, type Failure } from '../network.js';
import type { HostCheck } from './check.js';

/** Whether the name of the host is known. The addresses are counted and not shown: they may be those of a private network. */
export const dns: HostCheck = {
  name: 'dns',
  needs: [],
  run: async ({ target: { baseUrl }, network, signal }) => {
    const { hostname } = new URL(baseUrl);
    if (isAddress(hostname)) return [ok(`${hostname} is an address; no name has to be resolved`)];
    return [ofResolved(hostname, await network.resolve(hostname, signal))];
  },
};

export function ofResolved(hostname: string, came: { addresses: number } | Failure): Found {
  if (!('failure' in came)) {
    return ok(`${hostname} resolves to ${came.addresses} ${came.addresses === 1 ? 'address' : 'addresses'}`);
  }
  if (came.failure === 'ABORTED') return notTried('the command was stopped');
  return came.failure === 'ENOTFOUND'
    ? error(
        `${hostname} does not resolve (ENOTFOUND)`,
        'Check the host in targets.yaml for a misspelling; a name of a private network needs its VPN.',
        3,
      )
    : error(
        `${hostname} could not be looked up (${came.failure})`,
        'Check that this machine has a network and a name server.',
        3,
      );
}
