import { Problem, throwAll } from '../../problem.js';
import {
  variablesOf,
  withValues,
  type CredentialEntry,
  type ValuedEntry,
} from '../../targets/credential-entry.js';
import { Secrets } from '../../targets/secrets.js';
import type { Target } from '../../targets/targets.js';
import { apiKeyCredential } from './api-key.js';
import { basicCredential } from './basic.js';
import { bearerCredential } from './bearer.js';
import type { Credential, Means } from './credential.js';
import { fixedHeaderCredential } from './fixed-header.js';
import { loginCredential } from './login.js';
import { oauthCredential } from './oauth.js';

/**
 * The credentials of a target, with their values from the environment. All that is secret is so from now on. A server
 * that is started by ourselves is given invented ones.
 * @param options.entries those of another identity; default: the target's own
 * @throws Problem with the names, never the values, of the variables that are missing (exit code 3) or hold what
 * cannot be sent (exit code 2)
 */
export function createCredentials(
  options: Omit<Means, 'baseUrl'> & {
    target: Pick<Target, 'name' | 'baseUrl' | 'serve' | 'credentials'>;
    environment: Readonly<Record<string, string | undefined>>;
    entries?: readonly CredentialEntry[];
  },
): Credential[] {
  const { target, environment, ...rest } = options;
  const entries = options.entries ?? target.credentials;
  const means = { ...rest, baseUrl: target.baseUrl };
  return valuedEntries(target, entries, environment, rest.secrets).map((entry) =>
    // What is invented or is in the file of a server of our own is no secret; what that server gives is one.
    credentialOf(entry, means, target.serve === undefined ? rest.secrets : new Secrets()),
  );
}

/**
 * Entries with the values of the environment, which are secrets from now on.
 * @throws as `createCredentials`
 */
export function valuedEntries(
  target: Pick<Target, 'name' | 'serve'>,
  entries: readonly CredentialEntry[],
  environment: Readonly<Record<string, string | undefined>>,
  secrets: Secrets,
): ValuedEntry[] {
  if (target.serve !== undefined) return entries.map(withInventedValues);
  const names = [...new Set(entries.flatMap(variablesOf))];
  const missing = names.filter((name) => !environment[name]);
  if (missing.length > 0) {
    throw new Problem(
      'CONFORM_E_CREDENTIALS_MISSING',
      `no credentials for the target “${target.name}”: ${listed(missing)} not set`,
      {
        remedy: `Set ${listed(missing)} in the environment or in a .env file.`,
      },
    );
  }
  for (const name of names) secrets.add(environment[name] ?? '');
  throwAll(
    names
      .filter((name) => CONTROL.test(environment[name] ?? ''))
      .map(
        (name) =>
          new Problem(
            'CONFORM_E_CREDENTIALS_INVALID',
            `the variable ${name} holds a line break or another control character`,
            {
              remedy: `Set ${name} to the value alone. A value that was read from a file often ends with a line break.`,
            },
          ),
      ),
  );
  throwAll(
    entries
      .flatMap((entry) => (standsInHeader(entry) ? variablesOf(entry) : []))
      .filter((name) => /[^\x20-\xff]/.test(environment[name] ?? ''))
      .map(
        (name) =>
          new Problem(
            'CONFORM_E_CREDENTIALS_INVALID',
            `the variable ${name} holds a character that no header can hold`,
            {
              remedy:
                'Copy the value again. Quotes or dashes of it may have been replaced by typographic ones.',
            },
          ),
      ),
  );
  return entries.map((entry) => withValues(entry, (name) => environment[name] ?? ''));
}

/** A credential of an entry with its values. `own` learns what else of it is secret. */
export function credentialOf(entry: ValuedEntry, means: Means, own = means.secrets): Credential {
  switch (entry.kind) {
    case 'oauth':
      return oauthCredential(entry, means, own);
    case 'bearer':
      return bearerCredential(entry);
    case 'api-key':
      return apiKeyCredential(entry);
    case 'basic':
      return basicCredential(entry, own);
    case 'login':
      return loginCredential(entry, means);
    case 'fixed-header':
      return fixedHeaderCredential(entry, own);
  }
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\x00-\x1f\x7f]/;

/** Whether the value goes into a header as it is. */
function standsInHeader(entry: CredentialEntry): boolean {
  return entry.kind === 'bearer' || (entry.kind === 'api-key' && entry.in === 'header');
}

function withInventedValues(entry: CredentialEntry): ValuedEntry {
  const invented = withValues(entry, () => `${entry.kind}-for-tests`);
  if (invented.kind === 'oauth') {
    return { ...invented, clientId: 'client-id-for-tests', clientSecret: 'client-secret-for-tests' };
  }
  if (invented.kind === 'basic') {
    return { ...invented, user: 'user-for-tests', password: 'password-for-tests' };
  }
  return invented;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
