import type { Contract } from '../contract/contract.js';
import { resolve } from '../contract/follow.js';
import type { SecurityAlternative, SecurityScheme } from '../contract/security.js';
import { at, isObject, pointer } from '../json.js';
import type { CredentialForm } from '../targets/credential-entry.js';
import { variableNames } from './variables.js';

/** One way in which a caller can say who it is: schemes that are needed together. */
export interface AuthOption {
  /** The names of its schemes, joined by `+`: what it is called on the command line. */
  name: string;
  /** How many operations it lets in. */
  operations: number;
  /** A credential for each scheme, with names of variables for what is secret. */
  credentials: readonly CredentialForm[];
  /** What can stand in the place of a token that was given, where the contract names a token endpoint of another flow. */
  instead: CredentialForm | undefined;
}

/** The ways in of a contract. */
export interface AuthOptions {
  /** Those that targets.yaml can describe: what lets in most first, and a token before a password. */
  usable: readonly AuthOption[];
  /** The names of others, such as certificates. */
  unusable: readonly string[];
}

/** The ways in that the operations of a contract name, with credentials made of what their schemes say. */
export function authOptionsIn({ document, operations, title }: Contract): AuthOptions {
  const found = new Map<string, { schemes: SecurityAlternative; operations: number }>();
  for (const { security } of operations) {
    for (const schemes of security.filter((one) => one.length > 0)) {
      const name = nameOf(schemes);
      const known = found.get(name);
      found.set(name, { schemes, operations: (known?.operations ?? 0) + 1 });
    }
  }
  const usable: AuthOption[] = [];
  const unusable: string[] = [];
  for (const [name, { schemes, operations: count }] of found) {
    const credentials = schemes.flatMap((scheme) => credentialOf(scheme, document, title) ?? []);
    const [scheme] = schemes;
    const instead = schemes.length === 1 && scheme ? insteadOf(scheme, document, title) : undefined;
    if (credentials.length === schemes.length) usable.push({ name, operations: count, credentials, instead });
    else unusable.push(name);
  }
  return {
    usable: usable.sort((one, other) => other.operations - one.operations || easeOf(one) - easeOf(other)),
    unusable,
  };
}

/** Where one lets in as much as the other, what hosts still take comes first: a password is what they give up. */
function easeOf({ credentials }: AuthOption): number {
  return credentials.length + credentials.filter((form) => 'basic' in form).length;
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
  const { own } = type === 'oauth2' ? tokenUrlsOf(scheme, document) : {};
  if (own !== undefined) return oauthOf(scheme, own, title);
  if (type === 'oauth2' || type === 'openIdConnect' || (type === 'http' && word === 'bearer')) {
    const [token = ''] = names('TOKEN');
    return { scheme, bearer: { token } };
  }
  return undefined;
}

/** Client credentials at the endpoint of another flow: that the vendor gives them as well, the contract does not say. */
function insteadOf(
  { name, type }: SecurityScheme,
  document: Contract['document'],
  title: string,
): CredentialForm | undefined {
  if (type !== 'oauth2') return undefined;
  const { own, other } = tokenUrlsOf(name, document);
  return own === undefined && other !== undefined ? oauthOf(name, other, title) : undefined;
}

function oauthOf(scheme: string, url: string, title: string): CredentialForm {
  const [clientId = '', clientSecret = ''] = variableNames(title, scheme, ['CLIENT_ID', 'CLIENT_SECRET']);
  return { scheme, oauth: { url, clientId, clientSecret } };
}

/** The token endpoints of a scheme: that of client credentials, and that of another flow (OpenAPI 3.0.3, section 4.7.29). */
function tokenUrlsOf(
  scheme: string,
  document: Contract['document'],
): { own: string | undefined; other: string | undefined } {
  const described = resolve(document, at(document, pointer('components', 'securitySchemes', scheme)));
  const flows = isObject(described) && isObject(described['flows']) ? described['flows'] : {};
  const urlOf = (name: string): string | undefined => {
    const flow = flows[name];
    const url = isObject(flow) ? flow['tokenUrl'] : undefined;
    return typeof url === 'string' && isTokenUrl(url) ? url : undefined;
  };
  return { own: urlOf('clientCredentials'), other: urlOf('authorizationCode') ?? urlOf('password') };
}

/** A whole URL, or a path on the host. */
function isTokenUrl(url: string): boolean {
  return /^https?:\/\/[^\s{}]+$/.test(url) ? URL.canParse(url) : /^\/(?!\/)[^\s{}]*$/.test(url);
}
