import { tokenUrl } from '../../session/token.js';
import { addressesOf } from '../../targets/addresses.js';
import type { Target } from '../../targets/targets.js';
import type { Found } from '../line.js';
import { isAddress } from '../network.js';
import type { Host, HostCheck } from './check.js';
import { connectionTo } from './connection.js';
import { ofResolved } from './dns.js';

/** The hosts of token endpoints and other servers, where they are not that of the base URL. */
export const otherAddresses: HostCheck = {
  name: 'other-addresses',
  needs: [],
  run: async (host) => (await Promise.all(othersOf(host.target).map((origin) => wayTo(origin, host)))).flat(),
};

async function wayTo(origin: string, host: Host): Promise<Found[]> {
  const { hostname } = new URL(origin);
  if (!isAddress(hostname)) {
    const found = ofResolved(hostname, await host.network.resolve(hostname, host.signal));
    if (found.state !== 'ok') return [withoutExit(found)];
  }
  return [withoutExit(await connectionTo(origin, host))];
}

/** The rest of the target can be tried without it. */
function withoutExit({ state, found, remedy }: Found): Found {
  return { state, found, ...(remedy === undefined ? {} : { remedy }) };
}

function othersOf(target: Target & { baseUrl: string }): string[] {
  const tokens = target.credentials.flatMap((entry) =>
    entry.kind === 'oauth' ? [tokenUrl(target.baseUrl, entry.url)] : [],
  );
  const own = new URL(target.baseUrl).origin;
  const all = [...addressesOf(target), ...tokens].map((url) => new URL(url).origin);
  return [...new Set(all)].filter((origin) => origin !== own);
}
