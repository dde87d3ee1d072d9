import type { Promised } from './check.js';
import { CHECKS, PROMISES } from './index.js';

const BY_ID = new Map(PROMISES.map((one) => [one.id as string, one]));

/** The promise that a check holds hosts to; undefined for a check that this version does not know. */
export function promiseOf(check: string): Promised | undefined {
  return BY_ID.get(check);
}

const OF_HOST = new Set<string>(CHECKS.filter(({ scope }) => scope === 'host').map(({ id }) => id));

/** Whether a check looks at what is the same for a whole host, so that any operation may show it. */
export function isOfHost(check: string): boolean {
  return OF_HOST.has(check);
}

/** Who says so: `contract: the schema of the response`. */
export function sourceText({ source }: Pick<Promised, 'source'>): string {
  return `${source.kind}: ${source.ref}`;
}
