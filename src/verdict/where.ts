import type { Redirect } from '../drive/redirect.js';

/** Where a redirect leads, in words. */
export const WHERE: Readonly<Record<Redirect, string>> = {
  spelling: 'to another spelling of itself',
  scheme: 'to the other scheme',
  same: 'to itself',
  host: 'to another path of this host',
  elsewhere: 'to another host',
  nowhere: 'without a target',
};
