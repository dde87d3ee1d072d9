import { isInstalled, pinnedVersion } from '../package.js';
import { Problem } from '../problem.js';

/** What is installed apart, because most commands do without it and it is large: by what it serves, its packages. */
const PARTS = {
  cache: ['wellsky-conform-caller-id'],
  types: ['openapi-typescript', 'typescript'],
  suites: ['vitest'],
  code: ['typescript'],
  store: ['pg'],
  fleet: ['pg', 'pg-boss'],
} as const;
export type Part = keyof typeof PARTS;

/**
 * Demands that a part is installed.
 * @param who what needs it, as users call it
 * @param isThere whether a package is installed where this program looks for it
 * @throws Problem with the command that adds what is missing
 */
export function demandPart(part: Part, who: string, isThere = isInstalled): void {
  const missing = PARTS[part].filter((name) => !isThere(name));
  if (missing.length === 0) return;
  const wanted = missing.map((name) => `${name}@${pinnedVersion(name)}`);
  throw new Problem(
    'CONFORM_E_PART_MISSING',
    `${who} needs ${missing.join(' and ')}, which conform does not install by itself`,
    {
      remedy: `Add it where conform is installed: npm install ${wanted.join(' ')}`,
    },
  );
}
