import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { Problem } from '../problem.js';
import { variablesOf } from './credential-entry.js';
import { Secrets } from './secrets.js';
import type { Target } from './targets.js';

export interface Credentials {
  clientId: string;
  clientSecret: string;
}

/** The environment of the process, and behind it what a `.env` file in the current folder says. */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  file = '.env',
): Record<string, string | undefined> {
  let fromFile: Record<string, string | undefined> = {};
  try {
    fromFile = parseEnv(readFileSync(file, 'utf8'));
  } catch {
    // No such file is the usual case.
  }
  return { ...fromFile, ...env };
}

/**
 * The credentials of a target, from the environment. A server that is started by ourselves has some of its own.
 * @throws Problem (exit code 3) with the names, never the values, of the variables that are missing.
 */
export function readCredentials(
  target: Target,
  environment: Record<string, string | undefined>,
  secrets: Secrets,
): Credentials {
  const oauth = target.oauth;
  if (!oauth || target.serve !== undefined) {
    return { clientId: 'client-id-for-tests', clientSecret: 'client-secret-for-tests' };
  }
  const missing = [oauth.clientId, oauth.clientSecret].filter((name) => !environment[name]);
  const clientId = environment[oauth.clientId];
  const clientSecret = environment[oauth.clientSecret];
  if (!clientId || !clientSecret) {
    throw new Problem(`no credentials for the target “${target.name}”: ${missing.join(' and ')} not set`, {
      exitCode: 3,
      remedy: `Set ${missing.join(' and ')} in the environment or in a .env file.`,
    });
  }
  secrets.add(clientId);
  secrets.add(clientSecret);
  return { clientId, clientSecret };
}

/** Every secret of these targets that the environment holds: nothing that is written may contain one. */
export function secretsOf(
  targets: readonly Target[],
  environment: Record<string, string | undefined>,
): Secrets {
  const secrets = new Secrets();
  for (const { credentials, oauth, identities } of targets) {
    const { reader = [], other = [], expired = [] } = identities;
    const names = [...credentials, ...reader, ...other, ...expired].flatMap(variablesOf);
    if (oauth) names.push(oauth.clientId, oauth.clientSecret);
    for (const name of names) secrets.add(environment[name] ?? '');
  }
  return secrets;
}
