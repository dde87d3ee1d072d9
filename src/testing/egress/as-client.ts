import { createClient } from '../../../generated/client.js';
import type { ApiClientOptions } from '../../client/client.js';
import type { CredentialKind } from './credentials.js';

/** The kinds with which the published client is driven: the short form of OAuth, and some of the list. */
export const CLIENT_KINDS = ['oauth-json', 'oauth-form', 'bearer', 'apiKey query', 'login json'] as const;

/** Reads and creates with the published client, as a consumer does; what fails is of no interest here. */
export async function askAsClient(
  baseUrl: string,
  kind: CredentialKind,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const api = createClient({ baseUrl, ...callerOf(kind, (name) => env[name] ?? '') });
  try {
    await api.GET('/v1/practitioners/', {}).catch(() => undefined);
    await api
      .POST('/v1/profileTags/', { body: { name: 'Sample', description: 'For tests.', type: 'skill' } })
      .catch(() => undefined);
    await api.DELETE('/v1/profileTags/{id}/', { params: { path: { id: '901' } } }).catch(() => undefined);
  } finally {
    await api.close();
  }
}

function callerOf(
  kind: CredentialKind,
  valueOf: (name: string) => string,
): Omit<ApiClientOptions, 'baseUrl'> {
  switch (kind) {
    case 'bearer':
      return { credentials: [{ bearer: { token: valueOf('EGRESS_TOKEN') } }] };
    case 'apiKey query':
      return { credentials: [{ apiKey: { in: 'query', name: 'api_key', value: valueOf('EGRESS_KEY') } }] };
    case 'login json': {
      const fields = { username: valueOf('EGRESS_USERNAME'), password: valueOf('EGRESS_PASSWORD') };
      return { credentials: [{ login: { path: '/login', fields, tokenAt: '/data/token' } }] };
    }
    default:
      return {
        oauth: {
          url: '/oauth/token',
          clientId: valueOf('EGRESS_CLIENT_ID'),
          clientSecret: valueOf('EGRESS_CLIENT_SECRET'),
          body: kind === 'oauth-form' ? 'form' : 'json',
        },
      };
  }
}
