import type { Operation } from '../../contract/operation.js';
import { NotApplicable } from '../../drive/drive.js';
import { header, type Answer } from '../../targets/reply.js';
import { cacheDirectives, namesListed } from '../cache-control.js';
import { check, failed, passed } from '../check.js';
import { nameOf } from '../fact.js';
import { withoutAsking } from '../without-asking.js';

export const sharedCache = check({
  id: 'answer/shared-cache',
  promise: 'What is read with credentials is not left to caches for others to be given.',
  source: {
    kind: 'standard',
    ref: 'RFC 9111, section 3.5',
    url: 'https://www.rfc-editor.org/rfc/rfc9111#section-3.5',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 0 },
  messages: {
    shared: ({ directive }) =>
      `its answer to a request with credentials allows every shared cache to keep it and to give it to others: Cache-Control says ${directive}, and Vary does not name what the credentials are in`,
    stored: () =>
      'its answer to a request with credentials is a record of health that Cache-Control allows to be stored: it says max-age, and neither private nor no-store',
  },
  run: withoutAsking(({ operation, own: { reply }, token, host }) => {
    if (!operation.guarded) return new NotApplicable('everybody may read it');
    if (token !== 'valid' || !host.takesCredentials(operation))
      return new NotApplicable('it is asked without credentials');
    const stated = cacheDirectives(reply);
    if (['no-store', 'private'].some((one) => stated.has(one))) return passed;
    const shared = sharing(stated);
    if (shared !== undefined && !differsByCaller(reply, operation))
      return failed('shared', { directive: nameOf(shared) });
    const isHealth = /^application\/fhir\+/i.test(header(reply, 'content-type') ?? '');
    return isHealth && shared === undefined && isLasting(stated.get('max-age')) && !stated.has('no-cache')
      ? failed('stored')
      : passed;
  }),
});

/** What allows caches that several callers share to give an answer without asking the host; undefined where nothing does. */
function sharing(said: ReadonlyMap<string, string>): string | undefined {
  // A cache that has to ask again each time learns each time whether this caller may have it.
  if (said.has('no-cache')) return undefined;
  const isShared = said.get('s-maxage');
  if (isShared !== undefined) return isLasting(isShared) ? 's-maxage' : undefined;
  const lifetime = said.get('max-age');
  return said.has('public') && (lifetime === undefined || isLasting(lifetime)) ? 'public' : undefined;
}

function isLasting(seconds: string | undefined): boolean {
  return seconds !== undefined && /^\d+$/.test(seconds) && Number(seconds) > 0;
}

/** Whether a cache gives an answer only to whoever sends the same credentials. */
function differsByCaller(reply: Answer, { security }: Operation): boolean {
  const varies = namesListed(reply, 'vary');
  const schemes = security.flat();
  // What is in the address is part of what a cache knows an answer by.
  if (schemes.some((scheme) => scheme.in === 'query')) return true;
  const places = schemes.flatMap(({ parameter }) => parameter ?? []);
  return ['*', 'authorization', 'cookie', ...places].some((name) => varies.has(name.toLowerCase()));
}
