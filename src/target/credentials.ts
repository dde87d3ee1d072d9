import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { variablesOf } from './credential-entry.js';
import { Secrets } from './secrets.js';
import type { Target } from './targets.js';

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

/** Every secret of these targets that the environment holds: nothing that is written may contain one. */
export function secretsOf(
  targets: readonly Target[],
  environment: Record<string, string | undefined>,
): Secrets {
  const secrets = new Secrets();
  for (const { credentials, identities } of targets) {
    const { reader = [], other = [], expired = [] } = identities;
    const names = [...credentials, ...reader, ...other, ...expired].flatMap(variablesOf);
    for (const name of names) secrets.add(environment[name] ?? '');
  }
  return secrets;
}
