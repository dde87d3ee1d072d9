import type { Contract } from '../contract/contract.js';
import { at, isObject, type JsonObject } from '../json.js';
import { commentText, stringLiteral } from './typescript-text.js';

/** The typed client of a contract, as TypeScript: the client of this package with the contract's types. */
export function generateClientModule(contract: Contract, clientModule: string): string {
  const [server] = contract.servers;
  const tokenUrl = findTokenUrl(contract.document);
  return `import { createApiClient, type ApiClient, type ApiClientOptions } from ${stringLiteral(clientModule)};
import type { paths } from './api.js';
import { forms } from './operations.js';

export type { components, operations, paths } from './api.js';

/** The server that the contract names. */
export const SERVER = ${stringLiteral(server.url)};

/** The token endpoint that the contract names. */
export const TOKEN_URL = ${stringLiteral(tokenUrl ?? '')};

/** A client of ${commentText(`"${contract.title}" ${contract.version}`)}: typed paths, parameters, bodies and answers. */
export function createClient(options: ApiClientOptions): ApiClient<paths> {
  return createApiClient<paths>(options, forms);
}
`;
}

/** The token URL of the first client-credentials flow (OpenAPI 3.0.3, section 4.7.27). */
function findTokenUrl(document: JsonObject): string | undefined {
  const schemes = at(document, '/components/securitySchemes');
  if (!isObject(schemes)) return undefined;
  for (const scheme of Object.values(schemes)) {
    const url = at(scheme, '/flows/clientCredentials/tokenUrl');
    if (typeof url === 'string') return url;
  }
  return undefined;
}
