import { createClient } from '../../../generated/client.js';
import type { CredentialKind } from './credentials.js';

/** Reads and creates with the published client, as a consumer does; what fails is of no interest here. */
export async function askAsClient(
  baseUrl: string,
  credential: CredentialKind,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const api = createClient({
    baseUrl,
    oauth: {
      url: '/oauth/token',
      clientId: env['EGRESS_CLIENT_ID'] ?? '',
      clientSecret: env['EGRESS_CLIENT_SECRET'] ?? '',
      body: credential === 'oauth-form' ? 'form' : 'json',
    },
  });
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
