import type { Repair } from '../contract.js';
import type { SchemaRepair } from '../schema/workshop.js';
import type { Draft } from './repair.js';

/**
 * What in the schemas was read otherwise than it is written, or set aside: each kind of it once, at its first place, with
 * how often it came.
 */
export function schemaRepairs(found: readonly SchemaRepair[], locate: Draft['locate']): Repair[] {
  const first = new Map<string, { repair: SchemaRepair; count: number }>();
  for (const repair of found) {
    const key = `${repair.what} ${repair.assumed}`;
    const known = first.get(key);
    if (known) known.count += 1;
    else first.set(key, { repair, count: 1 });
  }
  return [...first.values()].map(({ repair: { pointer, what, assumed }, count }) => ({
    kind: 'schema',
    what: `${what}${count > 1 ? ` (${count} times)` : ''}`,
    place: locate(pointer),
    assumed,
  }));
}
