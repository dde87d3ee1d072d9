import type { Promised } from './check.js';
import { allPromises, readChecks } from './own.js';

/** The promise that a check holds hosts to; undefined for a check that this version does not know. */
export function promiseOf(check: string): Promised | undefined {
  return allPromises().find(({ id }) => id === check);
}

/** Whether a check looks at what is the same for a whole host, so that any operation may show it. */
export function isOfHost(check: string): boolean {
  return readChecks().some(({ id, scope }) => id === check && scope === 'host');
}

/** Who says so: `contract: the schema of the response`. */
export function sourceText({ source }: Pick<Promised, 'source'>): string {
  return `${source.kind}: ${source.ref}`;
}
