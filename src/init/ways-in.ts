import type { Contract } from '../contract/contract.js';
import { resolve } from '../contract/follow.js';
import type { SecurityAlternative, SecurityScheme } from '../contract/security.js';
import { at, isObject, pointer } from '../json.js';
import type { CredentialForm } from '../target/credential-entry.js';
import { variableNames } from './variables.js';

/** One way in which a caller can say who it is: schemes that are needed together. */
export interface Way {
  /** The names of its schemes, joined by `+`: what it is called on the command line. */
  name: string;
  /** How many operations it lets in. */
  operations: number;
  /** A credential for each scheme, with names of variables for what is secret. */
  credentials: readonly CredentialForm[];
}

/** The ways in of a contract. */
export interface Ways {
  /** Those that targets.yaml can describe: what lets in most first. */
  usable: readonly Way[];
  /** The names of others, such as certificates. */
  unusable: readonly string[];
}

/** The ways in that the operations of a contract name, with credentials made of what their schemes say. */
export function waysIn({ document, operations, title }: Contract): Ways {
  const found = new Map<string, { schemes: SecurityAlternative; operations: number }>();
  for (const { security } of operations) {
    for (const schemes of security.filter((one) => one.length > 0)) {
      const name = nameOf(schemes);
      const known = found.get(name);
      found.set(name, { schemes, operations: (known?.operations ?? 0) + 1 });
    }
  }
  const usable: Way[] = [];
  const unusable: string[] = [];
  for (const [name, { schemes, operations: count }] of found) {
    const credentials = schemes.flatMap((scheme) => credentialOf(scheme, document, title) ?? []);
    if (credentials.length === schemes.length) usable.push({ name, operations: count, credentials });
    else unusable.push(name);
  }
  return { usable: usable.sort((one, other) => other.operations - one.operations), unusable };
}

/** Every scheme that an operation names, once. */
export function schemesIn({ operations }: Pick<Contract, 'operations'>): SecurityScheme[] {
  const all = operations.flatMap(({ security }) => security.flat());
  return [...new Map(all.map((scheme) => [scheme.name, scheme])).values()];
}

function nameOf(schemes: SecurityAlternative): string {
  return schemes.map(({ name }) => name).join('+');
}

/** What a header or a cookie can be called (RFC 9110, section 5.6.2). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The credential for a scheme; undefined where targets.yaml has no form for it. */
export function credentialOf(
  { name: scheme, type, in: place, parameter = '', scheme: word }: SecurityScheme,
  document: Contract['document'],
  title: string,
): CredentialForm | undefined {
  if (scheme === '') return undefined;
  const names = (...values: string[]) => variableNames(title, scheme, values);
  if (
    type === 'apiKey' &&
    place !== undefined &&
    (place === 'query' ? parameter !== '' : TOKEN.test(parameter))
  ) {
    const [value = ''] = names('KEY');
    return { scheme, apiKey: { in: place, name: parameter, value } };
  }
  if (type === 'http' && word === 'basic') {
    const [user = '', password = ''] = names('USER', 'PASSWORD');
    return { scheme, basic: { user, password } };
  }
  const url = type === 'oauth2' ? tokenUrlOf(scheme, document) : undefined;
  if (url !== undefined) {
    const [clientId = '', clientSecret = ''] = names('CLIENT_ID', 'CLIENT_SECRET');
    return { scheme, oauth: { url, clientId, clientSecret } };
  }
  if (type === 'oauth2' || type === 'openIdConnect' || (type === 'http' && word === 'bearer')) {
    const [token = ''] = names('TOKEN');
    return { scheme, bearer: { token } };
  }
  return undefined;
}

/** The token endpoint of client credentials (OpenAPI 3.0.3, section 4.7.29); undefined for other flows. */
function tokenUrlOf(scheme: string, document: Contract['document']): string | undefined {
  const described = resolve(document, at(document, pointer('components', 'securitySchemes', scheme)));
  const flows = isObject(described) && isObject(described['flows']) ? described['flows'] : {};
  const flow = flows['clientCredentials'];
  const url = isObject(flow) ? flow['tokenUrl'] : undefined;
  if (typeof url !== 'string') return undefined;
  return /^https?:\/\/[^\s{}]+$/.test(url) && URL.canParse(url)
    ? url
    : /^\/(?!\/)[^\s{}]*$/.test(url)
      ? url
      : undefined;
}
