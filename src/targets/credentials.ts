import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { variablesOf } from './credential-entry.js';
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

/** The names of the variables that hold secrets of these targets, of whichever caller. */
export function variablesOfTargets(targets: readonly Target[]): string[] {
  return targets.flatMap(({ credentials, identities }) => {
    const { reader = [], other = [], expired = [] } = identities;
    return [...credentials, ...reader, ...other, ...expired].flatMap(variablesOf);
  });
}
