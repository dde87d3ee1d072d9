import { Problem, type Place } from '../problem.js';

/**
 * An address that requests can be sent below, without slashes at its end.
 * @throws Problem when it is none, or holds what would then be in every file and log: a user name, a password, a
 *   query. It is not repeated then.
 */
export function checkedBaseUrl(address: string, place?: Place): string {
  const at = place === undefined ? {} : { place };
  if (!URL.canParse(address)) {
    const shown = address.includes('@') || address.includes('?') ? 'the address' : `“${address}”`;
    throw new Problem('CONFORM_E_TARGET_ADDRESS_INVALID', `${shown} is not a URL`, {
      ...at,
      remedy: 'Write it like https://host or http://127.0.0.1:4010.',
    });
  }
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Problem('CONFORM_E_TARGET_ADDRESS_INVALID', 'the address is neither http nor https', {
      ...at,
      remedy: 'Write it like https://host.',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new Problem('CONFORM_E_TARGET_ADDRESS_INVALID', 'the address holds a user name or a password', {
      ...at,
      remedy: 'Remove them, put them into the environment, and name the variables under credentials: basic.',
    });
  }
  if (url.search !== '' || url.hash !== '') {
    throw new Problem('CONFORM_E_TARGET_ADDRESS_INVALID', 'the address has a query or a fragment', {
      ...at,
      remedy: 'Write only scheme, host, port and path. A key in the query is an apiKey under credentials.',
    });
  }
  return address.replace(/\/+$/, '');
}
