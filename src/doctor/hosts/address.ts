import { hostKey } from '../../session/same-host.js';
import { error, ok, warning } from '../line.js';
import type { HostCheck } from './check.js';

/** How the address is written. Credentials never go unencrypted to another machine. */
export const address: HostCheck = {
  name: 'address',
  needs: [],
  run: ({ target: { baseUrl }, written }) => {
    if (isInClear(baseUrl)) {
      return [
        error(
          `the base URL ${baseUrl} is http, and the host is not this machine: credentials would go unencrypted`,
          `Write it as https in targets.yaml. Until then doctor sends this host no credentials; other commands would.`,
        ),
      ];
    }
    if (written?.endsWith('/') === true) {
      return [
        warning(
          'the base URL ends with a slash, which is removed: the paths of the contract begin with one',
          'Remove it in targets.yaml.',
        ),
      ];
    }
    return [ok(`the base URL is ${baseUrl}`)];
  },
};

/** Whether what is sent to an address can be read on the way. */
export function isInClear(baseUrl: string): boolean {
  return new URL(baseUrl).protocol === 'http:' && !hostKey(baseUrl).startsWith('localhost:');
}
