import type { Repair } from '../contract.js';
import { isKnownFormat } from '../schema/formats.js';
import { walkSchemas } from '../walk.js';
import type { Draft } from './repair.js';

/** A `format` that nobody can check is left unchecked; it is reported, since it may be a misspelling. */
export function unknownFormats(draft: Draft): Repair[] {
  const first = new Map<string, { pointer: string; count: number }>();
  walkSchemas(draft.document, (schema, { pointer }) => {
    const format = schema['format'];
    if (typeof format !== 'string' || isKnownFormat(format)) return;
    const entry = first.get(format);
    if (entry) entry.count += 1;
    else first.set(format, { pointer, count: 1 });
  });
  return [...first].map(([format, { pointer, count }]) => ({
    kind: 'unknown-format',
    what: `the format “${format}” is not known${count > 1 ? ` (used ${count} times)` : ''}`,
    place: draft.locate(pointer),
    assumed: 'values are not checked against it',
  }));
}
