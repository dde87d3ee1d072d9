import type { ParameterForm } from './parameter.js';

/** Parameters of these names are to be ignored (OpenAPI 3.0.4, section 4.7.12.1): the request has them anyway. */
const OF_THE_REQUEST: ReadonlySet<string> = new Set(
  'accept content-type authorization host content-length cookie'.split(' '),
);

/** What is about one connection (RFC 9110, section 7.6.1), or about who is between. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set(
  `connection keep-alive proxy-connection proxy-authorization proxy-authenticate te trailer transfer-encoding upgrade
   expect http2-settings`.split(/\s+/),
);

/** Some frameworks take a request for one of another method by these, whatever method it is written with. */
const OVERRIDES: ReadonlySet<string> = new Set(
  '_method x-http-method-override x-http-method x-method-override x-original-method'.split(' '),
);

/**
 * What becomes of a parameter because of its name: it is written; it is ignored, because something else sets that header;
 * or it is never sent, so that a request that needs it cannot be.
 */
export function handlingOf({
  in: place,
  name,
}: Pick<ParameterForm, 'in' | 'name'>): 'written' | 'ignored' | 'never' {
  const plain = name.toLowerCase();
  if ((place === 'header' || place === 'query') && OVERRIDES.has(plain)) return 'never';
  if (place !== 'header') return 'written';
  if (OF_THE_REQUEST.has(plain)) return 'ignored';
  return OF_THE_CONNECTION.has(plain) || !/^[\w!#$%&'*+.^`|~-]+$/.test(name) ? 'never' : 'written';
}
