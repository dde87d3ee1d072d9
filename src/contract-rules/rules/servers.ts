import { isArray, isObject, pointer } from '../../json.js';
import type { ContractRule } from '../rule.js';
import { SECTIONS } from '../sections.js';

export const serverWithoutHost: ContractRule = {
  id: 'contract/server-without-host',
  promise: 'The contract names a host, so that it can be asked by whoever has only the file.',
  severity: 'warning',
  source: SECTIONS.server,
  judge: ({ document, version }) => {
    if (version === '2.0') {
      if (document['host'] !== undefined) return [];
      return [{ code: 'no-host', message: 'the contract names no host', facts: {}, pointer: '' }];
    }
    const { servers } = document;
    if (!isArray(servers) || servers.length === 0)
      return [{ code: 'no-server', message: 'the contract names no server', facts: {}, pointer: '' }];
    return servers.flatMap((server, index) => {
      const url = isObject(server) ? server['url'] : undefined;
      if (typeof url !== 'string' || !isRelative(url)) return [];
      return [
        {
          code: 'relative',
          message: `the server “${url}” is relative to wherever the contract was fetched from`,
          facts: { url },
          pointer: pointer('servers', index, 'url'),
        },
      ];
    });
  },
};

/** A URL that begins with a variable may have its scheme and host from there. */
function isRelative(url: string): boolean {
  return !/^([a-z][a-z0-9+.-]*:|\/\/|\{)/i.test(url.trim());
}
