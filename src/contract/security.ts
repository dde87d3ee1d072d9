import { at, isArray, isObject, pointer, type JsonObject } from '../json.js';
import { resolve } from './follow.js';
import { writtenOperations } from './paths.js';

const SCHEME_TYPES = ['apiKey', 'http', 'oauth2', 'openIdConnect', 'mutualTLS', 'unknown'] as const;

/** One way to say who is asking (OpenAPI 3.0.3, section 4.7.27; `mutualTLS` since 3.1.0, section 4.8.27). */
export interface SecurityScheme {
  /** Its name in the contract's `securitySchemes`. */
  name: string;
  /** `unknown` where the contract names a scheme that it does not describe. */
  type: (typeof SCHEME_TYPES)[number];
  /** Where an API key is, and how the header, query parameter or cookie is called. */
  in?: 'header' | 'query' | 'cookie';
  parameter?: string;
  /** The scheme of the Authorization header (RFC 9110, section 11.1), in lower case. */
  scheme?: string;
}

/** Schemes that have to be satisfied together (OpenAPI 3.0.3, section 4.7.30). None: nothing has to be sent. */
export type SecurityAlternative = readonly SecurityScheme[];

/**
 * The alternatives of an operation; what it says itself takes the place of what the document says for all, also when
 * it says that there are none.
 */
export function securityOf(document: JsonObject, operation: JsonObject): SecurityAlternative[] {
  const security = operation['security'] ?? document['security'];
  if (!isArray(security)) return [];
  return security.map((requirement) =>
    isObject(requirement) ? Object.keys(requirement).map((name) => schemeOf(document, name)) : [],
  );
}

/** Whether nobody gets in without a credential: there are alternatives, and none of them is empty. */
export function isGuarded(alternatives: readonly SecurityAlternative[]): boolean {
  return alternatives.length > 0 && alternatives.every((schemes) => schemes.length > 0);
}

/** The scopes that an operation asks for, in whatever alternative (OpenAPI 3.0.3, section 4.8.30). */
export function scopesOf(document: JsonObject, operation: { pointer: string }): string[] {
  const own = at(document, operation.pointer);
  const security = (isObject(own) ? own['security'] : undefined) ?? document['security'];
  const alternatives = isArray(security) ? security.filter(isObject) : [];
  const scopes = alternatives.flatMap((requirement) => Object.values(requirement).flatMap((one) => one));
  return [...new Set(scopes.filter((one) => typeof one === 'string'))];
}

function schemeOf(document: JsonObject, name: string): SecurityScheme {
  const described = resolve(document, at(document, pointer('components', 'securitySchemes', name)));
  if (!isObject(described)) return { name, type: 'unknown' };
  const type = SCHEME_TYPES.find((known) => known === described['type']) ?? 'unknown';
  const place = (['header', 'query', 'cookie'] as const).find((known) => known === described['in']);
  const { name: parameter, scheme } = described;
  if (type === 'apiKey' && place !== undefined && typeof parameter === 'string') {
    return { name, type, in: place, parameter };
  }
  if (type === 'http' && typeof scheme === 'string') return { name, type, scheme: scheme.toLowerCase() };
  return { name, type };
}

/** Whether neither the document nor any of its operations says a word of who may ask; `[]` is such a word. */
export function isSilentAboutSecurity(document: JsonObject): boolean {
  return (
    !isArray(document['security']) &&
    writtenOperations(document).every(({ operation }) => !isArray(operation['security']))
  );
}
