import { notTried, type Found } from '../line.js';
import { address } from './address.js';
import { baseUrl } from './base-url.js';
import type { CheckName, Host, HostCheck } from './check.js';
import { clock } from './clock.js';
import { connection } from './connection.js';
import { dns } from './dns.js';
import { knownGood } from './known-good.js';
import { otherAddresses } from './other-addresses.js';
import { rate } from './rate.js';
import { requests } from './requests.js';
import { token } from './token.js';
import { unknownPath } from './unknown-path.js';

/** What is looked at on the way to a host, in this order. */
export const HOST_CHECKS: readonly HostCheck[] = [
  address,
  dns,
  connection,
  otherAddresses,
  clock,
  token,
  baseUrl,
  knownGood,
  unknownPath,
  rate,
  requests,
];

/** Runs the checks of a host; one whose condition is not met is not tried. */
export async function examineHost(
  host: Host,
  onFound: (name: CheckName, found: Found) => void,
  onBegin: (name: CheckName) => void = () => undefined,
): Promise<void> {
  const states = new Map<CheckName, 'good' | 'bad'>();
  for (const { name, needs, run } of HOST_CHECKS) {
    onBegin(name);
    const missing = needs.find((one) => states.get(one) === 'bad');
    const found =
      missing !== undefined
        ? [notTried(`of “${missing}” above`)]
        : host.signal.aborted
          ? [notTried('the command was stopped')]
          : await run(host);
    const isBad = found.some(({ state }) => state === 'error' || state === 'not tried');
    states.set(name, isBad ? 'bad' : 'good');
    for (const one of found) onFound(name, one);
  }
}
